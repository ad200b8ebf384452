import {count} from '../../../lib/text.js'
import type {AppUsage, FleetUsageDocument, MeteredUsage, SimUsage, UsageDocument} from '../../../lib/usage/document.js'
import {meteredKinds, titleOf} from '../../../lib/usage/kinds.js'
import type {DayAmounts} from '../../../lib/usage/read.js'
import {type Markup, markup} from '../html/markup.js'
import {barOf, dayChart, page, tableOf} from '../html/page.js'
import {dayTitle, minute, monthTitle} from '../time.js'
import {sourceNote, usageNote, wholePercent} from '../usage-words.js'
import {emptyFleet, fleetHeading} from './usage-all.js'

const number = true

/** `twilio:usage --html`. @param areOthers whether there are more add-ons than those that are shown */
export function usagePage(document: UsageDocument, areOthers = false): string {
  return 'addons' in document ? fleetPage(document, areOthers) : appPage(document)
}

/** A bar for each kind, and a chart of its days where there are days. */
function appPage(usage: AppUsage): string {
  const {appSpace, plan, accountStatus, asOf, kinds, daily} = usage
  const status = accountStatus === 'active' ? '' : `, ${accountStatus}`
  const rows = kinds.map((each) => [
    titleOf(each.kind),
    usageBar(each),
    `${each.used === null ? '?' : count(each.used)} / ${count(each.included)}`,
    wholePercent(each.percent),
    [usageNote(each), sourceNote(each)].filter((note) => note !== undefined).join(', '),
  ])
  return page(`Twilio usage of ${appSpace}, ${monthTitle(usage)}`, [
    markup`<h1>${appSpace}</h1>
<p>twilio:${plan}${status}. ${monthTitle(usage)}, as of ${minute(asOf)}</p>
`,
    tableOf(
      [
        {title: 'Usage'},
        {title: ''},
        {title: 'Used / included', isNumber: number},
        {title: 'Percent', isNumber: number},
        {title: ''},
      ],
      rows,
    ),
    ...(daily ? meteredKinds.map((kind) => dayByDay(kind, daily)) : []),
  ])
}

function dayByDay(kind: (typeof meteredKinds)[number], days: readonly DayAmounts[]): Markup {
  const amounts = days.map((day) => ({
    label: `${dayTitle(day.day)}: ${day[kind] === null ? 'unknown' : count(day[kind])}`,
    amount: day[kind],
  }))
  const top = days.toSorted((a, b) => (b[kind] ?? 0) - (a[kind] ?? 0))[0]
  const most = top?.[kind] ? `Most on ${dayTitle(top.day)}: ${count(top[kind])}` : 'None so far'
  return markup`<section><h2>${titleOf(kind)}, day by day</h2><p>${most}</p>${dayChart(amounts)}</section>
`
}

/** The same of all add-ons, the worst first. */
function fleetPage(document: FleetUsageDocument, areOthers: boolean): string {
  const {addons} = document
  const areSeveral = addons.some(({profile}) => profile !== undefined)
  const rows = addons.map((addon) => [
    addon.appSpace,
    ...(areSeveral ? [addon.profile ?? ''] : []),
    addon.plan,
    ...('asOf' in addon
      ? meteredKinds.map((kind) => usageCell(addon.kinds.find((each) => each.kind === kind)))
      : [markup`<span class="dim">${addon.error ? `not read: ${addon.error.message}` : 'no subaccount yet'}</span>`]),
  ])
  const titles = ['App-space', ...(areSeveral ? ['Profile'] : []), 'Plan']
  const bars = meteredKinds.map((kind) => ({title: titleOf(kind), isBar: true}))
  const table = tableOf([...titles.map((title) => ({title})), ...bars], rows)
  const title = 'Twilio usage of all add-ons'
  return page([title, fleetHeading(document)].filter(Boolean).join(', '), [
    markup`<h1>${title}</h1>
<p>${fleetHeading(document)}</p>
`,
    addons.length > 0 ? table : markup`<p>${emptyFleet(areOthers)}</p>`,
  ])
}

function usageCell(usage: MeteredUsage | SimUsage | undefined): Markup {
  if (!usage) return markup``
  return markup`${usageBar(usage)}${[wholePercent(usage.percent), usageNote(usage)].filter(Boolean).join(', ')}`
}

/** Green below 80%, red from 100% on, as on a terminal. */
function usageBar({percent}: MeteredUsage | SimUsage): Markup {
  if (percent === null || percent === 0) return barOf([])
  return barOf([{percent, name: percent >= 100 ? 'over' : percent >= 80 ? 'near' : 'ok'}])
}
