import {readFile} from 'node:fs/promises'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {runAll, spoken} from '../support.js'

const off = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

describe('twilio:profiles', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    const login = `twilio:login --account-sid ${world.accountSid} --profile staging --json`
    const run = await world.aka(login, {env: off, stdin: `${world.authToken}\n`})
    expect(json(run)).toMatchObject({profile: 'staging'})
  })
  afterEach(() => world.close())

  it('lists what was saved; the one that is named is used, and what is to be typed names it, too', async () => {
    const wrong = {TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: '0'.repeat(32)}
    const runs = await runAll(world, {
      list: ['twilio:profiles --json', {env: off}],
      flag: ['twilio:whoami --profile staging --json', {env: wrong}],
      variable: ['twilio --json', {env: {...wrong, AKA_TWILIO_PROFILE: 'staging'}}],
      none: ['twilio:whoami', {env: off}],
      other: ['twilio:whoami --profile prod', {env: wrong}],
      hint: ['addons:info twilio -a api-dev --profile staging', {env: off}],
      environment: 'twilio:profiles',
    })
    expect(json(runs.list)).toMatchObject({
      default: 'default',
      inUse: 'default',
      profiles: [{name: 'staging', accountSid: world.accountSid, apiKey: null, koreClientId: null}],
    })
    expect(json(runs.flag)).toMatchObject({accountSid: world.accountSid, profile: 'staging'})
    expect(runs.variable).toMatchObject({exitCode: 0})
    expect(runs.none).toMatchObject({exitCode: 5})
    expect(runs.other).toMatchObject({exitCode: 5})
    expect(runs.other.stderr).toMatch(/no login for the profile prod[\s\S]*twilio:login --profile prod/)
    expect(runs.hint.stderr).toMatch(/--profile staging/)
    expect(runs.environment.stderr).toMatch(/TWILIO_ACCOUNT_SID/)
    for (const run of Object.values(runs)) expect(spoken(run)).not.toContain(world.authToken)
  })

  it('chooses the one that is used from then on, if there is such a login; logout forgets that one', async () => {
    expect(await world.aka('twilio:profiles use prod', {env: off})).toMatchObject({exitCode: 5})
    expect(json(await world.aka('twilio:profiles use staging --json', {env: off}))).toMatchObject({inUse: 'staging'})
    const whoami = await world.aka('twilio:whoami --json', {env: off})
    expect(json(whoami)).toMatchObject({accountSid: world.accountSid, profile: 'staging'})
    expect((await world.aka('twilio:profiles', {env: off})).stdout).toMatch(/staging .*in use, default/)
    const {file} = json(await world.aka('twilio:settings --json')) as {file: string}
    expect(json(await world.aka('twilio:logout --json', {env: off}))).toMatchObject({
      loggedOut: true,
      profile: 'staging',
    })
    expect(await readFile(file, 'utf8')).not.toContain(world.authToken)
    await world.aka('twilio:profiles use default', {env: off})
    expect(json(await world.aka('twilio:profiles --json', {env: off}))).toMatchObject({
      default: 'default',
      profiles: [],
    })
  })

  it('asks the program of credential-process for a profile without a login, and shows nothing of what it prints', async () => {
    const print = `console.log(JSON.stringify({accountSid:"${world.accountSid}",authToken:process.env.TOKEN}))`
    const set = await world.aka(['twilio:settings', 'set', 'credential-process', `"${process.execPath}" -e '${print}'`])
    expect(set).toMatchObject({exitCode: 0})
    const env = {...off, TOKEN: world.authToken}
    const runs = await runAll(world, {
      used: ['twilio:whoami --json', {env}],
      named: ['twilio:whoami --profile vault --json', {env}],
      debug: ['twilio --json', {env: {...env, DEBUG: 'aka-twilio:*'}}],
      wrong: ['twilio:whoami', {env: {...off, TOKEN: 'x'.repeat(32)}}],
      none: ['twilio:whoami', {env: off}],
    })
    expect(json(runs.used)).toMatchObject({source: expect.stringContaining('credential-process') as unknown})
    expect(json(runs.named)).toMatchObject({profile: 'vault'})
    expect(runs.debug).toMatchObject({exitCode: 0})
    expect([runs.wrong.exitCode, runs.none.exitCode]).toEqual([5, 5])
    expect(runs.none.stderr).toMatch(/printed no accountSid/)
    for (const run of Object.values(runs)) expect(spoken(run)).not.toContain(world.authToken)
  })
})
