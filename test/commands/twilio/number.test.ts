import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {getApp} from '../../../src/sandbox/akkeris/apps.js'
import {BIN, type Finished, json, startWorld, type World} from '../../support/cli.js'
import {describeOnTerminal, ENTER, onTerminal} from '../../support/terminal.js'
import {
  changes,
  configVars,
  ownNumber,
  record,
  type Run,
  runAll,
  runOf,
  snapshot,
  STACK,
  subaccounts,
} from '../support.js'

const URLS = {voice: 'https://x.example/voice', sms: 'https://x.example/sms', status: 'https://x.example/status'}

async function worldWith(...apps: string[]): Promise<World> {
  const world = await startWorld()
  const runs = await runAll(world, Object.fromEntries(apps.map((app) => [app, `addons:create twilio:small -a ${app}`])))
  for (const run of Object.values(runs)) expect(run).toMatchObject({exitCode: 0})
  // Since then the apps run with their number.
  await world.sandbox.advanceClock(60)
  return world
}

/** The number of an app-space, as Twilio has it. */
async function numberOf(world: World, appSpace: string) {
  const {incomingNumbers, apps} = await snapshot(world)
  return incomingNumbers.find(({accountSid}) => accountSid === apps[appSpace]?.configVars.TWILIO_SID)
}

describe('twilio:number', () => {
  let world: World
  beforeAll(async () => {
    world = await worldWith('api-dev', 'other-dev', 'unset-dev', 'gone-dev')
  })
  afterAll(() => world.close())

  it('shows the number, what it can do and calls, the config var, and what Twilio still asks for', async () => {
    await world.aka(`twilio:number:set -a api-dev --sms-url ${URLS.sms}`)
    const before = await snapshot(world)
    const number = await numberOf(world, 'api-dev')
    const runs = await runAll(world, {human: 'twilio:number -a api-dev', json: 'twilio:number -a api-dev --json'})
    expect(json(runs.json)).toEqual({
      appSpace: 'api-dev',
      phoneNumber: number?.phoneNumber,
      phoneNumberSid: number?.sid,
      accountSid: number?.accountSid,
      isThere: true,
      capabilities: {voice: true, sms: true, mms: true},
      webhooks: {smsUrl: URLS.sms, smsMethod: 'POST'},
      configVar: 'same',
      pendingRegistrations: expect.stringMatching(/A2P 10DLC/),
      sending: {state: 'not-registered', since: null, reasons: []},
      otherNumbers: [],
      unfinished: null,
    })
    for (const text of [
      number?.phoneNumber,
      'voice, SMS',
      `POST ${URLS.sms}`,
      'until the number is registered',
      'is this number',
    ])
      expect(runs.human.stdout).toContain(text)
    expect(await snapshot(world)).toEqual(before)
  })

  it('says when the config var is another number, missing, or the app is gone, and when the number is gone', async () => {
    await world.sandbox.change((state) => {
      Object.assign(state.apps['other-dev']?.configVars ?? {}, {TWILIO_PHONE_NUMBER: '+15550001111'})
      Reflect.deleteProperty(state.apps['unset-dev']?.configVars ?? {}, 'TWILIO_PHONE_NUMBER')
      Object.assign(state.apps['gone-dev'] ?? {}, {deleted: true})
      const sid = state.apps['gone-dev']?.configVars.TWILIO_SID
      state.incomingNumbers = state.incomingNumbers.filter(({accountSid}) => accountSid !== sid)
    })
    const runs = await runAll(world, {
      other: 'twilio:number -a other-dev --json',
      missing: 'twilio:number -a unset-dev --json',
      gone: 'twilio:number -a gone-dev --json',
      goneHuman: 'twilio:number -a gone-dev',
    })
    expect(json(runs.other)).toMatchObject({configVar: 'different', isThere: true})
    expect(json(runs.missing)).toMatchObject({configVar: 'missing'})
    expect(json(runs.gone)).toMatchObject({configVar: 'no such app', isThere: false, capabilities: null})
    expect(runs.goneHuman.stderr).toMatch(/aka twilio:number:change -a gone-dev/)
  })

  it('exits 4 where there is no add-on', async () => {
    const run = await world.aka('twilio:number -a none-dev')
    expect(run).toMatchObject({exitCode: 4, stdout: ''})
    expect(run.stderr).toMatch(/aka addons:create/)
  })
})

describe('twilio:number:set', () => {
  let world: World
  beforeAll(async () => {
    world = await worldWith('api-dev', 'lost-dev')
  })
  afterAll(() => world.close())

  const updates = () => changes(world.sandbox.requests).filter(({path}) => path.includes('/IncomingPhoneNumbers/'))

  it('sets what is given, leaves the rest, takes away what is given as empty, and sends nothing twice', async () => {
    const set = `twilio:number:set -a api-dev --json --voice-url ${URLS.voice} --sms-url ${URLS.sms}`
    expect(json(await world.aka(set))).toMatchObject({
      changed: ['voiceUrl', 'smsUrl'],
      webhooks: {voiceUrl: URLS.voice},
    })
    const sent = updates().length
    expect(json(await world.aka(set))).toMatchObject({changed: [], webhooks: {voiceUrl: URLS.voice, smsUrl: URLS.sms}})
    expect(updates()).toHaveLength(sent)

    const status = await world.aka(`twilio:number:set -a api-dev --status-callback ${URLS.status} --voice-url=`)
    expect(status.stdout).toMatch(
      /Voice URL +none[^]*POST https:\/\/x.example\/sms[^]*POST https:\/\/x.example\/status/,
    )
    expect((await numberOf(world, 'api-dev'))?.settings).toMatchObject({
      voice_url: null,
      sms_url: URLS.sms,
      status_callback: URLS.status,
    })
  })

  it('leaves the record so that addons:create finds nothing to contradict', async () => {
    const runs = await runAll(world, {
      same: `addons:create twilio:small -a api-dev --json --sms-url ${URLS.sms}`,
      other: `addons:create twilio:small -a api-dev --json --sms-url ${URLS.voice}`,
    })
    expect(json(runs.same)).toMatchObject({created: false, repaired: []})
    expect(runs.other).toMatchObject({exitCode: 6})
    expect(record(await snapshot(world), 'api-dev')).toMatchObject({state: 'ready'})
  })

  it('goes on when the answer is lost', async () => {
    world.sandbox.faults.add({method: 'POST', path: '/IncomingPhoneNumbers/', when: 'after', do: {drop: true}})
    const run = await world.aka(`twilio:number:set -a lost-dev --sms-url ${URLS.sms} --json`)
    expect(json(run)).toMatchObject({changed: ['smsUrl']})
    expect((await numberOf(world, 'lost-dev'))?.settings).toMatchObject({sms_url: URLS.sms})
  })
})

describe('twilio:number:search', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  it('shows what can be bought and what it costs a month, and buys nothing', async () => {
    const runs = await runAll(world, {
      human: 'twilio:number:search --area-code 212',
      json: 'twilio:number:search --area-code 212 --json',
      tollFree: 'twilio:number:search --number-type toll-free --json',
      mobile: 'twilio:number:search --country SE --number-type mobile --json',
      address: `twilio:number:search --country GB --address-sid AD${'0'.repeat(32)} --json`,
      anyArea: 'twilio:number:search --area-code 533 --any-area --json',
    })
    for (const run of Object.values(runs)) expect(run).toMatchObject({exitCode: 0})
    const [first] = json(runs.json).numbers as {phoneNumber: string}[]
    expect(json(runs.json)).toMatchObject({country: 'US', type: 'local', currency: 'USD'})
    expect(first).toEqual({
      phoneNumber: expect.stringMatching(/^\+1212\d{7}$/),
      friendlyName: expect.stringMatching(/^\(212\)/),
      locality: 'New York',
      region: 'NY',
      capabilities: {voice: true, sms: true, mms: true},
      pricePerMonth: 1.15,
    })
    expect(runs.human.stdout).toMatch(/^Number +Location +Capabilities +Price$/m)
    expect(runs.human.stdout).toMatch(/^\+1212\d{7} +New York, NY +voice, SMS, MMS +\$1\.15\/month$/m)
    const priceOf = (run: Finished) => (json(run).numbers as {pricePerMonth: number}[])[0]?.pricePerMonth
    expect([priceOf(runs.tollFree), priceOf(runs.mobile), priceOf(runs.address)]).toEqual([2.15, 3, 1.15])
    expect(changes(world.sandbox.requests)).toEqual([])
  })

  it('shows numbers without a price where Twilio gives none', async () => {
    world.sandbox.faults.add({path: 'pricing.twilio.com', when: 'before', do: {status: 403}})
    const run = await world.aka('twilio:number:search --json')
    expect(json(run)).toMatchObject({numbers: expect.arrayContaining([expect.objectContaining({pricePerMonth: null})])})
  })

  it('exits 1 with other area codes where there are none', async () => {
    const run = await world.aka('twilio:number:search --area-code 533')
    expect(run).toMatchObject({exitCode: 1, stdout: ''})
    expect(run.stderr).toMatch(/--area-code \d{3}/)
  })
})

describe('twilio:number:change', () => {
  let world: World
  beforeAll(async () => {
    world = await worldWith(
      'api-dev',
      'hooks-dev',
      'flags-dev',
      'gone-dev',
      'exact-dev',
      'bought-dev',
      'again-dev',
      'gb-dev',
      'suspended-dev',
      'foreign-dev',
    )
  })
  afterAll(() => world.close())

  it('shows old number, new number and price with --dry-run, and changes nothing', async () => {
    const before = await snapshot(world)
    const old = (await numberOf(world, 'api-dev'))?.phoneNumber
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      human: 'twilio:number:change -a api-dev --area-code 212 --dry-run',
      json: 'twilio:number:change -a api-dev --area-code 212 --keep-old --dry-run --json',
      exact: 'twilio:number:change -a api-dev --phone-number +18005550123 --dry-run --json',
    })
    expect(runs.human.stdout).toContain(`${old ?? ''}, which is released, and can usually not be bought back`)
    expect(runs.human.stdout).toMatch(/\+1212\d{7}/)
    expect(runs.human.stdout).toContain('$1.15/month')
    expect(json(runs.json)).toMatchObject({
      dryRun: true,
      state: 'ready',
      oldNumber: old,
      phoneNumber: expect.stringMatching(/^\+1212/),
      keepOld: true,
      pricePerMonth: 1.15,
    })
    expect(json(runs.exact)).toMatchObject({phoneNumber: '+18005550123', pricePerMonth: 2.15})
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
    expect(await snapshot(world)).toEqual(before)
  })

  it('carries over all that the old number calls', async () => {
    const old = await numberOf(world, 'hooks-dev')
    const settings = {
      voice_url: URLS.voice,
      voice_method: 'GET',
      voice_fallback_url: `${URLS.voice}/2`,
      sms_application_sid: `AP${'1'.repeat(32)}`,
      status_callback: URLS.status,
      trunk_sid: `TK${'1'.repeat(32)}`,
    }
    await world.sandbox.change(({incomingNumbers}) => {
      Object.assign(incomingNumbers.find(({sid}) => sid === old?.sid)?.settings ?? {}, settings)
    })
    const run = await world.aka('twilio:number:change -a hooks-dev --yes --json')
    const number = await numberOf(world, 'hooks-dev')
    expect(json(run)).toMatchObject({
      changed: true,
      oldNumber: old?.phoneNumber,
      oldNumberIs: 'released',
      phoneNumber: number?.phoneNumber,
      phoneNumberSid: number?.sid,
      pendingRegistrations: expect.stringMatching(/A2P/),
    })
    expect(number?.phoneNumber).not.toBe(old?.phoneNumber)
    expect(number?.settings).toEqual({...old?.settings, ...settings})
    expect(json(await world.aka('twilio:number -a hooks-dev --json'))).toMatchObject({configVar: 'same'})
  })

  it('lets flags say otherwise: another URL, or none', async () => {
    await world.aka(`twilio:number:set -a flags-dev --voice-url ${URLS.voice} --sms-url ${URLS.sms}`)
    const run = await world.aka(`twilio:number:change -a flags-dev --yes --voice-url ${URLS.status} --sms-url=`)
    expect(run).toMatchObject({exitCode: 0})
    expect((await numberOf(world, 'flags-dev'))?.settings).toMatchObject({voice_url: URLS.status, sms_url: null})
    expect(record(await snapshot(world), 'flags-dev')?.intent).not.toHaveProperty('smsUrl')
  })

  it('gives an add-on whose number was released by hand another one', async () => {
    await world.sandbox.change((state) => {
      const {TWILIO_SID: sid, TWILIO_PHONE_NUMBER: old = ''} = state.apps['gone-dev']?.configVars ?? {}
      state.releasedNumbers.push(old)
      state.incomingNumbers = state.incomingNumbers.filter(({accountSid}) => accountSid !== sid)
    })
    expect(await world.aka('twilio:number:change -a gone-dev --yes')).toMatchObject({exitCode: 0})
    const number = await numberOf(world, 'gone-dev')
    expect(configVars(await snapshot(world), 'gone-dev').TWILIO_PHONE_NUMBER).toBe(number?.phoneNumber)
  })

  it('takes exactly this number: one for sale, one of the main account, one that the subaccount has; and none twice', async () => {
    const owned = '+12065550123'
    const bought = '+12065550124'
    const ownedSid = await ownNumber(world, owned)
    const boughtSid = await ownNumber(world, bought)
    await world.sandbox.change((state) => {
      const number = state.incomingNumbers.find(({sid}) => sid === boughtSid)
      if (number) number.accountSid = state.apps['bought-dev']?.configVars.TWILIO_SID ?? ''
    })
    const change = (app: string, number: string) =>
      `twilio:number:change -a ${app} --yes --json --phone-number ${number}`
    const runs = await runAll(world, {
      sale: change('exact-dev', '+13125550177'),
      owned: change('again-dev', owned),
      bought: change('bought-dev', bought),
    })
    expect(json(runs.sale)).toMatchObject({changed: true, phoneNumber: '+13125550177'})
    expect(json(runs.owned)).toMatchObject({changed: true, phoneNumber: owned, phoneNumberSid: ownedSid})
    expect(json(runs.bought)).toMatchObject({changed: true, phoneNumber: bought, phoneNumberSid: boughtSid})
    const before = await snapshot(world)
    expect(json(await world.aka(change('exact-dev', '+13125550177')))).toMatchObject({changed: false})
    expect(await snapshot(world)).toEqual(before)
    const held = before.incomingNumbers.filter(
      ({accountSid}) => accountSid === configVars(before, 'bought-dev').TWILIO_SID,
    )
    expect(held.map(({phoneNumber}) => phoneNumber)).toEqual([bought])
  })

  it('changes nothing with --from when the number is another already', async () => {
    const {phoneNumber = ''} = (await numberOf(world, 'exact-dev')) ?? {}
    const before = await snapshot(world)
    const runs = await runAll(world, {
      done: 'twilio:number:change -a exact-dev --from +18015550100 --yes --json',
      other: 'twilio:number:change -a exact-dev --from +18015550100 --area-code 415 --yes --json',
    })
    expect(json(runs.done)).toMatchObject({changed: false, phoneNumber})
    expect(json(runs.other)).toMatchObject({error: {code: 'NUMBER_CHANGED_BY_ANOTHER_RUN', exitCode: 6}})
    expect(await snapshot(world)).toEqual(before)
  })

  it('gives a number the documents that its country requires', async () => {
    const [address] = (await snapshot(world)).addresses
    const run = await world.aka(
      `twilio:number:change -a gb-dev --country GB --address-sid ${address?.sid ?? ''} --yes --json`,
    )
    expect(json(run)).toMatchObject({
      changed: true,
      phoneNumber: expect.stringMatching(/^\+44/),
      pendingRegistrations: null,
    })
    const number = await numberOf(world, 'gb-dev')
    const copy = (await snapshot(world)).addresses.find(({sid}) => sid === number?.addressSid)
    expect(copy).toMatchObject({accountSid: number?.accountSid})
    expect(json(await world.aka('addons:create twilio:small -a gb-dev --country GB --json'))).toMatchObject({
      created: false,
    })
  })

  it('is refused where it cannot be done, and changes nothing', async () => {
    await world.sandbox.change((state) => {
      const suspended = subaccounts(state).find(({sid}) => sid === state.apps['suspended-dev']?.configVars.TWILIO_SID)
      if (suspended) suspended.status = 'suspended'
      Object.assign(getApp(state, 'foreign-dev').configVars, {TWILIO_SID: `AC${'1'.repeat(32)}`})
    })
    const {apiKey} = await world.sandbox.credentials()
    const key = {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}
    const before = await snapshot(world)
    const change = 'twilio:number:change -a'
    const cases: Record<string, [exitCode: number, run: Run, says: RegExp]> = {
      none: [4, `${change} none-dev --yes`, /addons:create/],
      suspended: [1, `${change} suspended-dev --yes`, /suspended/],
      foreign: [6, `${change} foreign-dev --yes`, /TWILIO_SID/],
      empty: [1, `${change} api-dev --area-code 533 --yes`, /--area-code \d{3}/],
      address: [1, `${change} api-dev --country GB --yes`, /--address-sid/],
      key: [5, [`${change} api-dev --keep-old --yes`, {env: key}], /auth token/],
      nobody: [2, `${change} api-dev`, /--yes/],
      pick: [2, `${change} api-dev --pick`, /--phone-number/],
      url: [2, `${change} api-dev --voice-url voice --yes`, /--voice-url/],
      number: [2, `${change} api-dev --phone-number 801 --yes`, /E\.164/],
      from: [2, `${change} api-dev --from 801 --yes`, /E\.164/],
      set: [2, 'twilio:number:set -a api-dev', /--voice-url/],
      setUrl: [2, 'twilio:number:set -a api-dev --sms-url ftp://x.example', /--sms-url/],
    }
    const runs = await runAll(world, Object.fromEntries(Object.entries(cases).map(([name, [, run]]) => [name, run])))
    for (const [name, [exitCode, , says]] of Object.entries(cases)) {
      const run = runOf(runs, name)
      expect({name, exitCode: run.exitCode, stdout: run.stdout}).toEqual({name, exitCode, stdout: ''})
      expect(run.stderr).toMatch(says)
      expect(run.stderr).not.toMatch(STACK)
    }
    expect(await snapshot(world)).toEqual(before)
  })
})

describeOnTerminal('twilio:number:change on a terminal', () => {
  it('shows what it would do and asks; no is the answer of who only presses return', async () => {
    const world = await worldWith('api-dev')
    const before = await snapshot(world)
    const terminal = onTerminal([BIN, 'twilio:number:change -a api-dev'], {cwd: world.home, env: world.env})
    await terminal.shows(/can usually not be bought back/)
    await terminal.shows(/\$1\.15\/month/)
    await terminal.shows(/Change the number\?/)
    terminal.type(ENTER)
    expect(await terminal.ended).toBe(2)
    expect(await snapshot(world)).toEqual(before)

    const agreed = onTerminal([BIN, 'twilio:number:change -a api-dev'], {cwd: world.home, env: world.env})
    await agreed.shows(/Change the number\?/)
    agreed.type(`y${ENTER}`)
    expect(await agreed.ended).toBe(0)
    expect(await snapshot(world)).not.toEqual(before)
    await world.close()
  })
})
