import {describe, expect, it} from '@jest/globals'

import {markdownTable} from '../../../src/cli/output/markdown.js'
import {invoicePage} from '../../../src/cli/output/twilio/invoice-page.js'
import {usageAs} from '../../../src/cli/output/twilio/usage-forms.js'
import {usagePage} from '../../../src/cli/output/twilio/usage-page.js'
import type {MonthlyInvoice} from '../../../src/lib/invoice/document.js'
import type {AppUsage} from '../../../src/lib/usage/document.js'

const hostile = `"><script>alert('1')</script>&\u202E|*_@here`
const app: AppUsage = {
  appSpace: hostile,
  host: 'https://apps.example.com',
  plan: 'small',
  accountSid: 'AC1',
  accountStatus: 'active',
  month: '2026-03',
  from: '2026-03-01',
  to: '2026-03-31',
  asOf: '2026-03-10T12:00:00.000Z',
  kinds: [{kind: 'sms', used: 3600, included: 3000, percent: 120, forecastPercent: null, passesLimitOn: null}],
  daily: [{day: '2026-03-01', voice: 0, sms: null, m2m: 7}],
}
const error = {code: 'ACCOUNT_CLOSED', message: hostile, suggestions: [], exitCode: 1 as const}
const unread = {
  ...{appSpace: hostile, host: '', plan: 'small' as const, accountSid: null, kinds: [] as const},
  ...{state: 'ready' as const, error},
}
const charges = {planPrice: 50, simCardsPerMonth: 40, cardsOrdered: 1, cardsOrderedPrice: 5, total: 95}
const invoice = {
  ...{appSpace: hostile, host: '', plan: 'small' as const, accountSid: 'AC1', ...charges},
  ...{plans: [], currency: 'usd' as const, labels: {}, destroyedAt: null},
}
const invoices: MonthlyInvoice = {
  ...{month: '2026-03', from: '2026-03-01', to: '2026-03-31', asOf: '2026-03-10T12:00:00.000Z', leftOut: []},
  invoices: [
    {...invoice, twilio: null, registrationFees: null, error: null},
    {...invoice, twilio: {amount: 1, currency: '<b>'}, registrationFees: {amount: 1, currency: '<b>'}, error: null},
  ],
  totals: {...charges, twilio: [], registrationFees: []},
}

describe.each([
  ['the usage of an app-space', usagePage(app)],
  ['the usage of all', usagePage({addons: [unread], leftOut: []})],
  ['all invoices', invoicePage([invoices])],
])('the page about %s', (_title, page) => {
  it('shows a name as a name, whatever is in it', () => {
    expect(page).toContain('&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#38;|*_@here')
    expect(page).not.toMatch(/<script|<b>|\u202E/)
  })

  it('needs nothing from elsewhere, and lets the browser hold it to that', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(page).not.toMatch(/\s(?:src|href|on\w+)=|url\(|@import|https?:/)
  })
})

it('the bars of all add-ons are as wide as each other, whatever is said of one that could not be read', () => {
  const page = usagePage({addons: [unread], leftOut: []})
  expect(page.match(/<th scope="col" class="bars">/g)).toHaveLength(3)
  expect(page).toContain('<td colspan="3"><span class="dim">not read: ')
})

it('a bar ends where the picture does, and a day that is unknown has no column', () => {
  const page = usagePage(app)
  expect(page).toContain('<rect class="over" x="0" width="100" height="8"/>')
  expect(page).toContain('<title>1 Mar: unknown</title>')
})

it('a table for chat calls nobody, and has as many cells in each row', async () => {
  expect(markdownTable(['A'], [['a|b *c* @here <!channel>']])).toBe(
    '| A |\n| --- |\n| a\\|b \\*c\\* @\u2060here \\<!channel\\> |',
  )
  expect(await usageAs(app, {csv: false, markdown: true})).toMatch(
    /^\*\*.*\*\* \(twilio:small\), March 2026, as of 2026-03-10 12:00 UTC\n\n\| Usage \| Used .*\n\| --- \| ---: .*\n\| SMS messages \| 3,600 \| 3,000 \| 120% \| over by 600 \|$/,
  )
})
