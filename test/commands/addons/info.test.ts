import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {changeRecord, changes, runAll, snapshot, STACK, subaccounts, worlds} from '../support.js'

const newWorld = worlds()

describe('addons:info', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await runAll(world, {
      api: 'addons:create twilio:medium -a api-dev',
      web: 'addons:create twilio:small -a web-dev',
      half: 'addons:create twilio:small -a half-dev',
    })
  })
  afterAll(() => world.close())

  it('shows plan, price, limits, state, account, number and vars, and changes nothing', async () => {
    const before = await snapshot(world)
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      human: 'addons:info twilio -a api-dev',
      json: 'twilio:info -a api-dev --json',
      variable: ['addons:info', {env: {AKKERIS_APP: 'api-dev'}}],
    })
    const shown = json(runs.json)
    expect(shown).toMatchObject({
      appSpace: 'api-dev',
      plan: 'medium',
      pricePerMonth: 100,
      state: 'ready',
      configVars: 'set',
    })
    expect(before.apps['api-dev']?.configVars).toMatchObject({
      TWILIO_SID: shown.accountSid,
      TWILIO_PHONE_NUMBER: shown.phoneNumber,
    })
    for (const {stdout} of [runs.human, runs.variable]) {
      for (const text of ['twilio:medium', '$100', '5,000', '6,000', '2,000', '80', 'ready'])
        expect(stdout).toContain(text)
      expect(stdout).toContain(shown.accountSid)
      expect(stdout).toContain(shown.phoneNumber)
    }
    expect(runs.variable.stderr).toMatch(/api-dev.*AKKERIS_APP/)
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
    expect(await snapshot(world)).toEqual(before)
  })

  it('says when vars are missing, when they are foreign, when the account is suspended or the run not finished', async () => {
    await world.sandbox.change((state) => {
      Reflect.deleteProperty(state.apps['web-dev']?.configVars ?? {}, 'TWILIO_AUTH_TOKEN')
      const web = state.accounts.find(({sid}) => sid === state.apps['web-dev']?.configVars.TWILIO_SID)
      if (web) web.status = 'suspended'
      Object.assign(state.apps['half-dev']?.configVars ?? {}, {TWILIO_SID: `AC${'1'.repeat(32)}`})
    })
    await changeRecord(world, 'half-dev', (data) => (data.state = 'provisioning'))
    const runs = await runAll(world, {
      web: 'addons:info -a web-dev',
      half: 'addons:info -a half-dev',
      webJson: 'addons:info -a web-dev --json',
      halfJson: 'addons:info -a half-dev --json',
    })
    expect(runs.web.stdout).toMatch(/missing/)
    expect(runs.web.stdout).toMatch(/addons:create/)
    expect(runs.web.stdout).toMatch(/suspended/)
    expect(runs.half.stdout).toMatch(/somebody else/)
    expect(runs.half.stdout).toMatch(/provisioning/)
    expect(json(runs.webJson)).toMatchObject({accountStatus: 'suspended'})
    expect(json(runs.webJson).configVars).not.toBe('set')
    expect(json(runs.halfJson)).toMatchObject({state: 'provisioning'})
  })

  it('exits 4 where there is none, whether the registry, the item or the app is missing', async () => {
    const empty = await newWorld()
    const runs = await runAll(world, {
      item: 'addons:info twilio -a none-dev',
      app: 'addons:info twilio -a missing-dev',
      json: 'addons:info twilio -a none-dev --json',
    })
    const registry = await empty.aka('addons:info twilio -a api-dev')
    expect(empty.sandbox.requests.every(({method}) => method === 'GET')).toBe(true)
    for (const {exitCode, stdout, stderr} of [runs.item, runs.app, registry]) {
      expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''})
      expect(stderr).toMatch(/→ /)
      expect(stderr).not.toMatch(STACK)
    }
    expect(runs.item.stderr).toMatch(/aka addons:create twilio:small -a none-dev/)
    expect(json(runs.json)).toMatchObject({error: {exitCode: 4}})
  })

  it('names the registry that has the add-on where this one has not, and does not suggest overwriting it', async () => {
    const other = await newWorld()
    await other.aka('addons:create twilio:small -a api-dev')
    await other.aka('twilio:settings set registry elsewhere')
    // One after the other: while the second asks, its record is there.
    const runs = {
      info: await other.aka('addons:info -a api-dev'),
      create: await other.aka('addons:create twilio:small -a api-dev'),
    }
    expect([runs.info.exitCode, runs.create.exitCode]).toEqual([4, 6])
    for (const {stderr} of Object.values(runs)) {
      expect(stderr).toContain('"elsewhere"')
      expect(stderr).toContain('twilio:settings set registry aka-twilio')
      expect(stderr).toContain(other.accountSid)
      expect(stderr).not.toContain('--force')
    }
    expect(subaccounts(await snapshot(other))).toHaveLength(1)
  })

  it('names the other registry whose add-on the app uses, as the list does, and does not suggest overwriting that one', async () => {
    const other = await newWorld()
    await other.aka('addons:create twilio:small -a api-dev')
    await other.sandbox.change((state) => {
      Object.assign(state.apps, {'api-dev': {...state.apps['api-dev'], configVars: {}}})
    })
    await other.aka('twilio:settings set registry elsewhere')
    await other.aka('addons:create twilio:small -a api-dev')
    await other.aka('twilio:settings unset registry')
    const runs = await runAll(other, {
      info: 'addons:info -a api-dev',
      infoJson: 'addons:info -a api-dev --json',
      list: 'twilio',
      listJson: 'twilio --json',
      audit: 'twilio:audit',
    })
    for (const {stdout, stderr} of [runs.info, runs.list, runs.audit]) {
      expect(stdout + stderr).toContain('in the registry "elsewhere"')
      expect(stdout + stderr).toContain('aka twilio:settings set registry elsewhere')
      expect(stdout + stderr).not.toContain('--force')
    }
    expect(json(runs.infoJson)).toMatchObject({configVars: 'foreign', configVarsRegistry: 'elsewhere'})
    expect(json(runs.listJson)).toMatchObject({addons: [{condition: 'vars foreign', configVarsRegistry: 'elsewhere'}]})
  })

  it('still shows an add-on whose app is gone, and one whose subaccount is gone', async () => {
    const other = await newWorld()
    await runAll(other, {a: 'addons:create twilio:small -a api-dev', b: 'addons:create twilio:small -a web-dev'})
    await other.sandbox.change((state) => {
      Object.assign(state.apps['api-dev'] ?? {}, {deleted: true})
      const web = subaccounts(state).find(({sid}) => sid === state.apps['web-dev']?.configVars.TWILIO_SID)
      state.accounts.splice(web ? state.accounts.indexOf(web) : Infinity, 1)
    })
    const runs = await runAll(other, {app: 'addons:info -a api-dev --json', account: 'addons:info -a web-dev --json'})
    expect(runs.app).toMatchObject({exitCode: 0})
    expect(json(runs.app)).toMatchObject({appSpace: 'api-dev', plan: 'small', state: 'ready'})
    expect(runs.account).toMatchObject({exitCode: 0})
    expect(json(runs.account)).toMatchObject({appSpace: 'web-dev'})
    expect(json(runs.account).accountStatus).not.toBe('active')
  })
})
