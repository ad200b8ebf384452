import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {changes, configVars, record, runAll, snapshot, STACK, subaccounts} from '../support.js'

const DESTROY = 'addons:destroy twilio -a api-dev'

describe('addons:destroy', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    expect(await world.aka('addons:create twilio:small -a api-dev')).toMatchObject({exitCode: 0})
  })
  afterEach(() => world.close())

  it('says what will be lost, removes the vars in one PATCH, closes the subaccount, removes the record', async () => {
    await world.sandbox.change(({apps}) => {
      Object.assign(apps['api-dev']?.configVars ?? {}, {OTHER: 'stays'})
      Reflect.deleteProperty(apps['api-dev']?.configVars ?? {}, 'TWILIO_PHONE_NUMBER')
    })
    const sofar = world.sandbox.requests.length
    const {exitCode, stdout, stderr} = await world.aka(`${DESTROY} --confirm api-dev`)
    const state = await snapshot(world)
    const [account] = subaccounts(state)
    const patches = changes(world.sandbox.requests.slice(sofar)).filter(({method}) => method === 'PATCH')
    expect(exitCode).toBe(0)
    expect(account).toMatchObject({status: 'closed'})
    expect(stdout).toContain(account?.sid)
    expect(stdout).toMatch(/TWILIO_AUTH_TOKEN/)
    expect(stdout).not.toMatch(/TWILIO_PHONE_NUMBER/)
    expect(stdout).not.toContain('…')
    expect(stderr).toMatch(/config vars.*…/)
    expect(patches.map((patch) => patch.json)).toEqual([{TWILIO_AUTH_TOKEN: null, TWILIO_SID: null}])
    expect(configVars(state, 'api-dev')).toEqual({OTHER: 'stays'})
    expect(state.incomingNumbers).toEqual([])
    expect(record(state, 'api-dev')).toBeUndefined()

    const before = await snapshot(world)
    const again = await runAll(world, {
      human: `${DESTROY} --confirm api-dev`,
      json: `${DESTROY} --confirm api-dev --json`,
    })
    expect(again.human.exitCode).toBe(0)
    expect(again.human.stdout).toMatch(/no Twilio add-on/)
    expect(json(again.json)).toMatchObject({destroyed: false, appSpace: 'api-dev', removedVars: []})
    expect(await snapshot(world)).toEqual(before)
  })

  it('prints one document with --json: what is gone, and the number that --keep-number kept', async () => {
    const {phoneNumber, accountSid} = json(await world.aka('addons:info -a api-dev --json'))
    const run = json(await world.aka(`twilio:destroy -a api-dev --confirm api-dev --keep-number --json`))
    const state = await snapshot(world)
    expect(run).toMatchObject({destroyed: true, appSpace: 'api-dev', accountSid, keptNumber: phoneNumber})
    expect((run.removedVars as string[]).toSorted()).toEqual(['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'TWILIO_SID'])
    expect(state.incomingNumbers).toMatchObject([{accountSid: world.accountSid, phoneNumber}])
    expect(subaccounts(state)).toMatchObject([{status: 'closed'}])
  })

  it('asks by exit 2 where there is no terminal: the flag is named, and nothing is sent', async () => {
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      alone: DESTROY,
      kept: `${DESTROY} --keep-number`,
      yes: [DESTROY, {stdin: 'api-dev\n'}],
      addon: `${DESTROY} --confirm twilio`,
      addonKept: `${DESTROY} --keep-number -c twilio`,
      other: `${DESTROY} --confirm web-dev`,
      variable: ['addons:destroy twilio --confirm api-dev', {env: {AKKERIS_APP: 'api-dev'}}],
      form: 'addons:destroy twilio -a api --confirm api',
      what: 'addons:destroy redis -a api-dev --confirm api-dev',
    })
    for (const [name, {exitCode, stdout, stderr}] of Object.entries(runs)) {
      expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
      expect(stderr).toMatch(/→ /)
      expect(stderr).not.toMatch(STACK)
    }
    expect(runs.alone.stderr).toMatch(/--confirm api-dev/)
    expect(runs.alone.stderr).toMatch(/lost/)
    expect(runs.addon.stderr).toMatch(/aka addons:destroy twilio -a api-dev --confirm api-dev$/m)
    expect(runs.addonKept.stderr).toMatch(/aka addons:destroy twilio -a api-dev --confirm api-dev --keep-number$/m)
    expect(runs.kept.stderr).toMatch(/--keep-number/)
    expect(runs.variable.stderr).toMatch(/app/)
    expect(world.sandbox.requests.slice(sofar)).toEqual([])
  })

  it('removes only vars of our subaccount: a foreign TWILIO_SID and what goes with it stay', async () => {
    const foreign = {
      TWILIO_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'theirs',
      TWILIO_PHONE_NUMBER: '+12125550100',
    }
    await world.sandbox.change(({apps}) => Object.assign(apps['api-dev']?.configVars ?? {}, foreign))
    const run = json(await world.aka(`${DESTROY} --confirm api-dev --json`))
    const state = await snapshot(world)
    expect(run).toMatchObject({destroyed: true, removedVars: []})
    expect(configVars(state, 'api-dev')).toEqual(foreign)
    expect(subaccounts(state)).toMatchObject([{status: 'closed'}])
  })

  it('closes the subaccount of an app that Akkeris no longer has', async () => {
    await world.sandbox.change(({apps}) => Object.assign(apps['api-dev'] ?? {}, {deleted: true}))
    const run = json(await world.aka(`${DESTROY} --confirm api-dev --json`))
    const state = await snapshot(world)
    expect(run).toMatchObject({destroyed: true, removedVars: []})
    expect(subaccounts(state)).toMatchObject([{status: 'closed'}])
    expect(record(state, 'api-dev')).toBeUndefined()
  })

  it('resumes a suspended subaccount to move its number out, and finishes where it was closed by hand', async () => {
    await world.aka('addons:create twilio:small -a web-dev')
    await world.sandbox.change((state) => {
      const [api, web] = subaccounts(state)
      if (api) api.status = 'suspended'
      if (web) web.status = 'closed'
    })
    const runs = await runAll(world, {
      suspended: `${DESTROY} --confirm api-dev --keep-number --json`,
      closed: 'addons:destroy -a web-dev --confirm web-dev --json',
    })
    const state = await snapshot(world)
    expect(runs.suspended).toMatchObject({exitCode: 0})
    expect(json(runs.suspended).keptNumber).toMatch(/^\+1/)
    expect(runs.closed).toMatchObject({exitCode: 0})
    expect(subaccounts(state)).toMatchObject([{status: 'closed'}, {status: 'closed'}])
    expect(record(state, 'web-dev')).toBeUndefined()
    expect(configVars(state, 'web-dev')).toEqual({})
  })

  it("refuses a subaccount's credentials and wrong ones (exit 5), and changes nothing", async () => {
    const before = await snapshot(world)
    const [account] = subaccounts(before)
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      sub: [
        `${DESTROY} --confirm api-dev`,
        {env: {TWILIO_ACCOUNT_SID: account?.sid, TWILIO_AUTH_TOKEN: account?.authToken}},
      ],
      wrong: [`${DESTROY} --confirm api-dev`, {env: {TWILIO_AUTH_TOKEN: '0'.repeat(32)}}],
      expired: [`${DESTROY} --confirm api-dev`, {env: {API_TOKEN: 'expired'}}],
    })
    for (const run of Object.values(runs)) expect(run).toMatchObject({exitCode: 5, stdout: ''})
    expect(runs.sub.stderr).toMatch(/subaccount/)
    expect(changes(world.sandbox.requests.slice(sofar)).filter(({path}) => !path.includes('/Sync/'))).toEqual([])
    const after = await snapshot(world)
    expect({accounts: after.accounts, apps: after.apps, record: record(after, 'api-dev')}).toEqual({
      accounts: before.accounts,
      apps: before.apps,
      record: record(before, 'api-dev'),
    })
  })
})
