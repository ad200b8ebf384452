import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {alertsAmong, settingsFor} from '../../../src/lib/alerts/alert.js'
import {
  carryOutChange,
  changeTo,
  changeToCreate,
  changeToDestroy,
  requireComparable,
} from '../../../src/lib/fleet/compare.js'
import type {DeclaredAddon} from '../../../src/lib/fleet/declared.js'
import type {AddonState} from '../../../src/lib/fleet/state.js'
import {meteredKinds} from '../../../src/lib/usage/kinds.js'
import {
  type AddonInProcess,
  addonRecord,
  APP,
  startAddonInProcess,
  startReadyAddon,
} from '../../support/in-process-addon.js'
import {applyFile, declaring, exportOf, planOf} from '../../support/in-process-fleet.js'

const voiceUrl = 'https://api.example.com/voice'
const url = 'https://ops.example.com/usage'

const declared = (changes: Partial<DeclaredAddon> = {}): DeclaredAddon => ({
  appSpace: APP,
  line: 2,
  plan: 'small',
  number: {},
  webhooks: {},
  alerts: undefined,
  labels: undefined,
  ...changes,
})

/** The alerts of an add-on of the small plan. */
const alertsAt = (...percents: readonly number[]) =>
  alertsAmong(
    settingsFor('small', {url, percents}).map((settings, at) => ({
      ...settings,
      sid: `UT${String(at)}`,
      createdAt: new Date(at),
      firedAt: undefined,
    })),
  )

const existing = ({record, ...changes}: Partial<Omit<AddonState, 'record'>> & {record?: Partial<AddonRecord>} = {}) =>
  ({
    record: addonRecord(record),
    configVars: 'set',
    urls: {voiceUrl: '', smsUrl: '', statusCallback: ''},
    alerts: [],
    kinds: meteredKinds,
    ...changes,
  }) satisfies AddonState

describe('between what is declared and what there is', () => {
  let world: AddonInProcess
  beforeEach(async () => {
    world = await startAddonInProcess()
  })
  const change = (asked: DeclaredAddon, state: AddonState) => changeTo(world.context, asked, state, 'US')

  it.each<[string, Partial<DeclaredAddon>, Parameters<typeof existing>[0]]>([
    [
      'what is not declared',
      {},
      {urls: {voiceUrl, smsUrl: '', statusCallback: ''}, alerts: alertsAt(80), record: {labels: {a: 'b'}}},
    ],
    ['what nobody looked at', {}, {configVars: undefined}],
    [
      'a number that was chosen so',
      {number: {areaCode: '801'}},
      {record: {intent: {operation: 'create', plan: 'small', country: 'US', type: 'local', areaCode: '801'}}},
    ],
    ['exactly the number that it has', {number: {phoneNumber: '+18015550100'}}, {}],
    ['a webhook that is not there', {webhooks: {voiceUrl: ''}}, {}],
    [
      'a webhook that is there',
      {webhooks: {voiceUrl}},
      {urls: {voiceUrl, smsUrl: 'https://other.example.com', statusCallback: ''}},
    ],
    ['alerts that are so', {alerts: {url, percents: [80, 100]}}, {alerts: alertsAt(80, 100)}],
    ['no alerts where there are none', {alerts: 'none'}, {}],
    ['labels in another order', {labels: {a: '1', b: '2'}}, {record: {labels: {b: '2', a: '1'}}}],
    ['no labels where there are none', {labels: {}}, {}],
  ])('%s is no difference', async (_, asked, state) => {
    expect(await change(declared(asked), existing(state))).toBeUndefined()
  })

  it.each<[string, Partial<DeclaredAddon>, Parameters<typeof existing>[0], object]>([
    [
      'of the number',
      {number: {areaCode: '212'}},
      {},
      {what: 'number', from: '+18015550100', to: 'a local number in US, area code 212'},
    ],
    ['of its type', {number: {type: 'toll-free', country: 'CA'}}, {}, {what: 'number', to: 'a toll-free number in CA'}],
    [
      'of several options',
      {number: {areaCode: '212', anyArea: true, contains: '55'}},
      {},
      {to: 'a local number in US, area code 212, contains 55, any area'},
    ],
    ['of exactly one number', {number: {phoneNumber: '+12125550100'}}, {}, {to: '+12125550100'}],
    ['of a webhook', {webhooks: {voiceUrl}}, {}, {what: 'voiceUrl', from: null, to: voiceUrl}],
    [
      'of a webhook that is to go',
      {webhooks: {voiceUrl: ''}},
      {urls: {voiceUrl, smsUrl: '', statusCallback: ''}},
      {what: 'voiceUrl', from: voiceUrl, to: null},
    ],
    ['of alerts', {alerts: {url, percents: [80]}}, {}, {what: 'alerts', from: null, to: `at 80%: ${url}`}],
    [
      'of percentages',
      {alerts: {url, percents: [50, 80, 100]}},
      {alerts: alertsAt(80, 100)},
      {from: `at 80% and 100%: ${url}`, to: `at 50%, 80% and 100%: ${url}`},
    ],
    [
      'of the URL of alerts',
      {alerts: {url: voiceUrl, percents: [80]}},
      {alerts: alertsAt(80)},
      {from: `at 80%: ${url}`, to: `at 80%: ${voiceUrl}`},
    ],
    [
      'of alerts that are to go',
      {alerts: 'none'},
      {alerts: alertsAt(80)},
      {what: 'alerts', from: `at 80%: ${url}`, to: null},
    ],
    [
      'of labels',
      {labels: {team: 'web', env: 'dev'}},
      {record: {labels: {team: 'api'}}},
      {what: 'labels', from: 'team=api', to: 'env=dev, team=web'},
    ],
    ['of the first labels', {labels: {team: 'web'}}, {}, {what: 'labels', from: null, to: 'team=web'}],
    [
      'of labels that are to go',
      {labels: {}},
      {record: {labels: {team: 'api'}}},
      {what: 'labels', from: 'team=api', to: null},
    ],
  ])('a difference %s is named, and changes no price', async (_, asked, state, difference) => {
    expect(await change(declared(asked), existing(state))).toMatchObject({
      appSpace: APP,
      line: 2,
      action: 'change',
      differences: [difference],
      price: {before: 50, after: 50},
      steps: [expect.any(Function)],
    })
  })

  it('alerts are about what Twilio counts of the add-on', async () => {
    const asked = declared({alerts: {url, percents: [80]}})
    const kinds = ['voice', 'sms'] as const
    const alerts = alertsAt(80).filter(({kind}) => kind !== 'm2m')
    expect(await change(asked, existing({alerts, kinds}))).toBeUndefined()
    expect(await change(asked, existing({alerts}))).toMatchObject({differences: [{what: 'alerts'}]})
  })

  it('one that is not ready, or of another Akkeris, cannot be compared', () => {
    const comparable = (record: Partial<AddonRecord>) => () =>
      requireComparable(world.context, {record: addonRecord(record), accountStatus: 'active', configVars: 'set'})
    expect(comparable({})).not.toThrow()
    expect(comparable({state: 'changing'})).toThrow(expect.objectContaining({code: 'ADDON_UNFINISHED'}))
    expect(comparable({host: 'apps.example.com'})).toThrow(expect.objectContaining({code: 'HOST_MISMATCH'}))
  })
})

describe('an add-on that is not there', () => {
  it('is created with all that is declared of it, and priced', async () => {
    const {context} = await startAddonInProcess()
    const all = declared({
      plan: 'large',
      number: {areaCode: '801'},
      webhooks: {voiceUrl, smsUrl: ''},
      alerts: {url, percents: [90]},
      labels: {team: 'web'},
    })
    expect(await changeToCreate(context, all, 'US')).toMatchObject({
      action: 'create',
      line: 2,
      differences: [
        {what: 'add-on', from: null, to: 'twilio:large'},
        {what: 'number', from: null, to: 'a local number in US, area code 801'},
        {what: 'voiceUrl', from: null, to: voiceUrl},
        {what: 'alerts', from: null, to: `at 90%: ${url}`},
        {what: 'labels', from: null, to: 'team=web'},
      ],
      price: {before: 0, after: 200},
      numberPrice: {currency: 'USD'},
    })
  })

  it('has the number of the standard country, and nothing that is not declared', async () => {
    const {context} = await startAddonInProcess()
    const {differences} = await changeToCreate(context, declared({alerts: 'none', labels: {}}), 'CA')
    expect(differences).toEqual([
      {what: 'add-on', from: null, to: 'twilio:small'},
      {what: 'number', from: null, to: 'a local number in CA'},
    ])
  })

  it('is refused as its creation would be', async () => {
    const {context} = await startAddonInProcess()
    const change = changeToCreate(context, declared({number: {areaCode: '533'}}), 'US')
    await expect(change).rejects.toMatchObject({code: 'NO_NUMBERS_AVAILABLE'})
  })
})

it('one that is no longer declared is destroyed, with its number if it has one', () => {
  expect(changeToDestroy(addonRecord({plan: 'medium'}))).toMatchObject({
    action: 'destroy',
    differences: [
      {what: 'add-on', from: 'twilio:medium', to: null},
      {what: 'number', from: '+18015550100', to: null},
    ],
    price: {before: 100, after: 0},
  })
  const {phoneNumber: _, ...without} = addonRecord()
  const change = changeToDestroy(without)
  expect(change.differences.map(({what}) => what)).toEqual(['add-on'])
  expect(change).not.toHaveProperty('line')
})

describe('a difference', () => {
  let world: AddonInProcess
  beforeEach(async () => {
    world = await startReadyAddon({areaCode: '801', anyArea: true})
  })

  it('is carried out, and then there is none any more', async () => {
    const text = declaring(
      'plan: medium',
      'webhooks: {smsUrl: https://api.example.com/sms}',
      'alerts: {url: https://ops.example.com/usage}',
    )
    expect(await applyFile(world, text)).toMatchObject([
      {
        action: 'change',
        appSpace: APP,
        line: 2,
        price: {before: 50, after: 100},
        differences: [{what: 'plan', from: 'twilio:small', to: 'twilio:medium'}, {what: 'smsUrl'}, {what: 'alerts'}],
      },
    ])
    expect(await world.record()).toMatchObject({plan: 'medium', intent: {smsUrl: 'https://api.example.com/sms'}})
    expect(await planOf(world, text)).toMatchObject({changes: [], unchanged: 1})
    await applyFile(world, declaring('plan: medium', "webhooks: {smsUrl: ''}", 'alerts: none'))
    expect((await exportOf(world)).document.appSpaces[APP]).toEqual({
      plan: 'medium',
      number: {country: 'US', areaCode: '801', anyArea: true},
    })
  })

  it('in labels is set, and what is no longer there removed', async () => {
    const text = declaring('plan: small', 'labels: {team: payments, env: dev}')
    await applyFile(world, text)
    expect((await exportOf(world)).document.appSpaces[APP]).toMatchObject({labels: {team: 'payments', env: 'dev'}})
    expect(await planOf(world, text)).toMatchObject({changes: [], unchanged: 1})
    await applyFile(world, declaring('plan: small', 'labels: {team: payments}'))
    expect((await world.record())?.labels).toEqual({team: 'payments'})
  })

  it('in the number is a change of the number, which is not repeated', async () => {
    const text = declaring('plan: small', 'number: {areaCode: 212}')
    const [change] = await applyFile(world, text)
    const {phoneNumber} = (await world.record()) ?? {}
    expect(phoneNumber?.e164).toMatch(/^\+1212/)
    expect(await planOf(world, text)).toMatchObject({changes: [], unchanged: 1})
    if (change) await carryOutChange(world.context, change)
    expect((await world.record())?.phoneNumber).toEqual(phoneNumber)
  })

  it('in the number is not done where Twilio keeps the old number: it costs until it is released', async () => {
    world.sandbox.faults.add({
      method: 'DELETE',
      path: 'IncomingPhoneNumbers',
      when: 'before',
      do: {status: 400, body: '{"code": 20001, "message": "No"}'},
      times: 9,
    })
    await expect(applyFile(world, declaring('plan: small', 'number: {areaCode: 212}'))).rejects.toMatchObject({
      code: 'TWILIO_REFUSED',
    })
    expect((await world.record())?.phoneNumber?.e164).toMatch(/^\+1212/)
  })

  it('in config vars is restored, unless they are somebody else’s', async () => {
    await world.sandbox.change(({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_SID'))
    const incomplete = {what: 'configVars', from: 'incomplete', to: 'set'}
    expect(await applyFile(world, declaring('plan: small'))).toMatchObject([{differences: [incomplete]}])
    expect(await world.configVars()).toHaveProperty('TWILIO_SID')
    await world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`})
    const {blocked} = await planOf(world, declaring('plan: small'))
    expect(blocked).toMatchObject([{failure: {code: 'FOREIGN_CONFIG_VARS'}}])
  })
})
