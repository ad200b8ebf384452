import {writeFile} from 'node:fs/promises'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {runAll, snapshot, STACK} from '../support.js'

describe('twilio:settings', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('sets, gets, lists and unsets; what is set holds for the commands after it', async () => {
    expect(await world.aka('twilio:settings set registry aka-staging')).toMatchObject({exitCode: 0})
    expect(await world.aka('twilio:settings set country ca')).toMatchObject({exitCode: 0})
    const {get, list, human} = await runAll(world, {
      get: 'twilio:settings get registry',
      list: 'twilio:settings list --json',
      human: 'twilio:settings',
    })
    expect(get.stdout).toBe('aka-staging\n')
    expect(json(list)).toMatchObject({settings: {registry: 'aka-staging', country: 'CA', sandbox: false}})
    expect(human.stdout).toMatch(/registry +aka-staging/)
    expect(world.sandbox.requests).toEqual([])

    const created = json(await world.aka('addons:create twilio:small -a api-dev --json'))
    const {syncMaps, incomingNumbers} = await snapshot(world)
    expect(created).toMatchObject({created: true})
    expect(syncMaps).toMatchObject([{uniqueName: 'aka-staging'}])
    expect(incomingNumbers).toMatchObject([{isoCountry: 'CA'}])

    await world.aka('twilio:settings unset registry')
    const after = await runAll(world, {get: 'twilio:settings get registry', list: 'twilio --json'})
    expect(after.get.stdout).toBe('aka-twilio\n')
    expect(json(after.list)).toMatchObject({registry: 'aka-twilio', addons: []})
  })

  it('shows what applies and where it comes from: flag, environment, file, default', async () => {
    await world.aka('twilio:settings set country ca')
    const runs = await runAll(world, {
      list: ['twilio:settings --json', {env: {AKA_TWILIO_SANDBOX: '0', KORE_CLIENT_ID: 'x', KORE_CLIENT_SECRET: 'y'}}],
      flag: ['twilio:settings get sandbox --sandbox --json', {env: {AKA_TWILIO_SANDBOX: '0'}}],
      human: 'twilio:settings',
      set: ['twilio:settings set sandbox true', {env: {AKA_TWILIO_SANDBOX: '0'}}],
    })
    expect(json(runs.list)).toMatchObject({
      settings: {country: 'CA', sandbox: false, 'sim-carrier': 'kore'},
      sources: {
        country: 'file',
        sandbox: 'AKA_TWILIO_SANDBOX',
        registry: 'default',
        'sim-carrier': expect.stringContaining('KORE_CLIENT_ID') as unknown,
      },
    })
    expect(json(runs.flag)).toMatchObject({name: 'sandbox', value: true, source: '--sandbox'})
    expect(runs.human.stdout).toMatch(/country +CA +file\n/)
    expect(runs.human.stdout).toMatch(/sim-carrier +twilio +default\n/)
    expect(runs.set.stderr).toMatch(/AKA_TWILIO_SANDBOX takes precedence/)
  })

  it('refuses names and values that cannot be, with how to fix it, and keeps what was set', async () => {
    const before = (await world.aka('twilio:settings --json')).stdout
    const runs = await runAll(world, {
      name: 'twilio:settings set regisry x',
      get: 'twilio:settings get nothing',
      prototype: 'twilio:settings get constructor',
      noValue: 'twilio:settings set registry',
      noName: 'twilio:settings get',
      path: 'twilio:settings set registry ../../x',
      long: `twilio:settings set registry ${'x'.repeat(400)}`,
      country: 'twilio:settings set country XX',
      boolean: 'twilio:settings set sandbox perhaps',
      action: 'twilio:settings change registry x',
      surplus: 'twilio:settings unset registry x',
    })
    for (const [name, {exitCode, stdout, stderr}] of Object.entries(runs)) {
      expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
      expect(stderr).toMatch(/→ /)
      expect(stderr).not.toMatch(STACK)
    }
    expect(runs.name.stderr).toMatch(/Did you mean registry/)
    expect((await world.aka('twilio:settings --json')).stdout).toBe(before)
  })

  it('corrects and removes what somebody wrote into the file, though it keeps every other command from working', async () => {
    await world.aka('twilio:settings set country SE')
    const {file} = json(await world.aka('twilio:settings --json')) as {file: string}
    const edit = (country: unknown) => writeFile(file, JSON.stringify({settings: {country, registry: 'aka-staging'}}))
    await edit({})
    const refused = await world.aka('twilio:whoami')
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringMatching(
        /The setting country cannot be used: There is no country "\{\}"[^]*twilio:settings unset country/,
      ),
    ])
    expect(await world.aka('twilio:settings unset country')).toMatchObject({exitCode: 0, stdout: 'US\n'})
    await edit('XX')
    expect(await world.aka('twilio:settings set country SE')).toMatchObject({exitCode: 0, stdout: 'SE\n'})
    expect(json(await world.aka('twilio:settings --json'))).toMatchObject({
      settings: {country: 'SE', registry: 'aka-staging'},
    })
  })
})
