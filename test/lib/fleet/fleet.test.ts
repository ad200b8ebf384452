import {beforeEach, describe, expect, it} from '@jest/globals'
import {stringify} from 'yaml'

import {subaccountName} from '../../../src/lib/addon/record.js'
import {setAlerts} from '../../../src/lib/alerts/set.js'
import {carryOutChange} from '../../../src/lib/fleet/compare.js'
import {exportFleet} from '../../../src/lib/fleet/export.js'
import {parseFleet} from '../../../src/lib/fleet/parse.js'
import {planFleet} from '../../../src/lib/fleet/plan.js'
import {setNumber} from '../../../src/lib/number/set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon({areaCode: '801', anyArea: true})
})

const onProgress = () => undefined
const plan = async (text: string, {prune = false} = {}) =>
  planFleet(world.context, await parseFleet(text, 'US'), {prune, standardCountry: 'US', onProgress})
const exported = async (showSecrets = true) => exportFleet(world.context, {showSecrets, onProgress})

/** Everything that differs, and the difference that is left afterwards. */
async function apply(text: string, options: {prune?: boolean} = {}) {
  const {changes} = await plan(text, options)
  for (const change of changes) await carryOutChange(world.context, change)
  return changes
}

const declared = (...lines: readonly string[]) =>
  ['appSpaces:', `  ${APP}:`, ...lines.map((line) => `    ${line}`)].join('\n')

it('what is exported is what is applied: nothing differs, and nothing is written', async () => {
  await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage?token=abcdefghij', percents: [50, 90]})
  await setNumber(world.context, APP, {voiceUrl: 'https://user:password@api.example.com/voice'})
  const {document} = await exported()
  expect(document.appSpaces).toEqual({
    [APP]: {
      plan: 'small',
      number: {country: 'US', areaCode: '801', anyArea: true},
      webhooks: {voiceUrl: 'https://user:password@api.example.com/voice'},
      alerts: {url: 'https://ops.example.com/usage?token=abcdefghij', at: [50, 90]},
    },
  })
  for (const text of [stringify(document), JSON.stringify({...document, sandbox: true})]) {
    const sofar = world.sandbox.requests.length
    expect(await plan(text, {prune: true})).toMatchObject({changes: [], blocked: [], unchanged: 1, undeclared: []})
    expect(world.sandbox.requests.slice(sofar).filter(({method}) => method !== 'GET')).toEqual([])
  }
})

it('URLs with secrets are exported only when they are asked for, and stay as they are without', async () => {
  await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage?token=abcdefghij', percents: [50]})
  const {document, secretUrls} = await exported(false)
  expect(secretUrls).toEqual([APP])
  expect(document.appSpaces[APP]).toEqual({plan: 'small', number: {country: 'US', areaCode: '801', anyArea: true}})
  expect(await plan(stringify(document))).toMatchObject({changes: [], unchanged: 1})
})

describe('what differs', () => {
  it('is named and priced, carried out, and then does not differ any more', async () => {
    const text = declared(
      'plan: medium',
      'webhooks: {smsUrl: https://api.example.com/sms}',
      'alerts: {url: https://ops.example.com/usage}',
    )
    expect(await apply(text)).toMatchObject([
      {
        action: 'change',
        appSpace: APP,
        line: 2,
        price: {before: 50, after: 100},
        differences: [
          {what: 'plan', from: 'twilio:small', to: 'twilio:medium'},
          {what: 'smsUrl', from: null, to: 'https://api.example.com/sms'},
          {what: 'alerts', from: null, to: 'at 80% and 100%: https://ops.example.com/usage'},
        ],
      },
    ])
    expect(await world.record()).toMatchObject({plan: 'medium', intent: {smsUrl: 'https://api.example.com/sms'}})
    expect(await plan(text)).toMatchObject({changes: [], unchanged: 1})
    expect(await apply(declared('plan: medium', "webhooks: {smsUrl: ''}", 'alerts: none'))).toMatchObject([
      {
        differences: [
          {what: 'smsUrl', to: null},
          {what: 'alerts', to: null},
        ],
      },
    ])
    expect((await exported()).document.appSpaces[APP]).toEqual({
      plan: 'medium',
      number: {country: 'US', areaCode: '801', anyArea: true},
    })
  })

  it('in labels is set, and what is no longer there removed', async () => {
    const text = declared('plan: small', 'labels: {team: payments, env: dev}')
    expect(await apply(text)).toMatchObject([
      {differences: [{what: 'labels', from: null, to: 'env=dev, team=payments'}]},
    ])
    expect((await exported()).document.appSpaces[APP]).toMatchObject({labels: {team: 'payments', env: 'dev'}})
    expect(await plan(text)).toMatchObject({changes: [], unchanged: 1})
    await apply(declared('plan: small', 'labels: {team: payments}'))
    expect(await world.record()).toMatchObject({labels: {team: 'payments'}})
    expect(await plan(declared('plan: small'))).toMatchObject({changes: []})
  })

  it('in the number is a change of the number', async () => {
    const text = declared('plan: small', 'number: {areaCode: 212}')
    const [change] = await apply(text)
    expect(change?.differences).toEqual([
      {what: 'number', from: expect.stringMatching(/^\+1801/) as unknown, to: 'a local number in US, area code 212'},
    ])
    expect((await world.record())?.phoneNumber?.e164).toMatch(/^\+1212/)
    expect(await plan(text)).toMatchObject({changes: [], unchanged: 1})
  })

  it('in config vars is restored', async () => {
    await world.sandbox.change(({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_SID'))
    expect(await apply(declared('plan: small'))).toMatchObject([{differences: [{what: 'configVars'}]}])
    expect(await world.configVars()).toHaveProperty('TWILIO_SID')
  })
})

it('what is not there is created with all that is declared, and an interrupted creation finished', async () => {
  const text = `${declared('plan: small')}\n  web-prod:\n    plan: large\n    webhooks: {voiceUrl: https://a.example.com/v}\n    alerts: {url: https://a.example.com/u, at: [90]}\n    labels: {team: web}`
  expect(await apply(text)).toMatchObject([
    {appSpace: 'web-prod', action: 'create', price: {before: 0, after: 200}, numberPrice: {currency: 'USD'}},
  ])
  expect(await plan(text)).toMatchObject({changes: [], unchanged: 2})
  await world.write({state: 'provisioning'})
  expect(await apply(text)).toMatchObject([{appSpace: APP, action: 'finish'}])
  expect(await plan(text)).toMatchObject({changes: [], unchanged: 2})
})

it('says how many subaccounts would be needed, and how many are left', async () => {
  const text = `${declared('plan: small')}\n  web-prod: {plan: small}\n  old-prod: {plan: small}`
  const {registry, akkeris, main} = world.context
  // What an interrupted run left is used again.
  await world.newSubaccount(subaccountName({registry: registry.name, host: akkeris.host, appSpace: 'old-prod'}))
  const closed = await world.newSubaccount('closed')
  await ensureAccountStatus(main, closed.sid, 'closed')
  expect((await plan(text)).subaccounts).toEqual([{used: 2, limit: 1000, left: 998, needed: 1}])
  expect((await plan(declared('plan: medium'))).subaccounts).toEqual([])
})

it('what is not declared is left alone, unless it is to be pruned', async () => {
  const text = 'appSpaces: {}'
  expect(await plan(text)).toMatchObject({changes: [], undeclared: [{appSpace: APP}]})
  expect(await apply(text, {prune: true})).toMatchObject([
    {action: 'destroy', appSpace: APP, price: {before: 50, after: 0}},
  ])
  expect(await world.record()).toBeUndefined()
})

it('what is in the way of one is told with it, and the others are planned', async () => {
  const text = `${declared('plan: medium')}\n  no-numbers:\n    plan: small\n    number: {areaCode: 533}`
  expect(await plan(text)).toMatchObject({
    changes: [{appSpace: APP}],
    blocked: [{appSpace: 'no-numbers', line: 4, failure: {code: 'NO_NUMBERS_AVAILABLE'}}],
  })
  await world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`})
  expect((await plan(text)).blocked).toMatchObject([{appSpace: APP}, {appSpace: 'no-numbers'}])
  await world.write({state: 'destroying', intent: {operation: 'destroy', keepNumber: false}})
  expect((await plan(declared('plan: small'))).blocked).toMatchObject([{failure: {code: 'ADDON_UNFINISHED'}}])
})
