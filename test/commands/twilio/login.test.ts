import {readFile, stat, writeFile} from 'node:fs/promises'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {changes, runAll, snapshot, spoken, STACK, subaccounts} from '../support.js'

/** A machine whose environment holds no credentials. */
const off = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

describe('twilio:login, twilio:logout and twilio:whoami', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  const login = (rest = '', stdin = world.authToken) =>
    world.aka(`twilio:login --account-sid ${world.accountSid} ${rest}`, {env: off, stdin: `${stdin}\n`})

  it('saves what it tried, for its owner alone; then commands need no environment; logout forgets it', async () => {
    const saved = json(await login('--json'))
    const file = String(saved.savedIn)
    expect(saved).toMatchObject({accountSid: world.accountSid})
    expect(changes(world.sandbox.requests)).toEqual([])
    expect((await stat(file)).mode & 0o777).toBe(0o600)

    const {whoami, list} = await runAll(world, {
      whoami: ['twilio:whoami --json', {env: off}],
      list: ['twilio', {env: off}],
    })
    expect(json(whoami)).toMatchObject({
      accountSid: world.accountSid,
      source: expect.stringMatching(/login/) as unknown,
    })
    expect(whoami.stdout).not.toContain(world.authToken)
    expect(list).toMatchObject({exitCode: 0})

    const out = await world.aka('twilio:logout --json', {env: off})
    expect(json(out)).toMatchObject({loggedOut: true, accountSid: world.accountSid})
    expect(await readFile(file, 'utf8')).not.toContain(world.authToken)
    const after = await runAll(world, {whoami: ['twilio:whoami', {env: off}], again: ['twilio:logout', {env: off}]})
    expect(after.whoami).toMatchObject({exitCode: 5, stdout: ''})
    expect(after.again).toMatchObject({exitCode: 0})
  })

  it('takes the token from the environment too, and a Main API key with --api-key', async () => {
    const {apiKey} = await world.sandbox.credentials()
    const environment = await world.aka('twilio:login --json')
    expect(json(environment)).toMatchObject({accountSid: world.accountSid})
    const keyed = await login(`--api-key ${apiKey.sid} --json`, apiKey.secret)
    expect(keyed).toMatchObject({exitCode: 0})
    const whoami = await world.aka('twilio:whoami --json', {env: off})
    expect(json(whoami)).toMatchObject({apiKey: apiKey.sid})
    expect(spoken(whoami)).not.toContain(apiKey.secret)
  })

  it('shows the role and both logins, also where there is none to Akkeris', async () => {
    const {apiKey} = await world.sandbox.credentials()
    const {all, keyed, alone} = await runAll(world, {
      all: 'twilio:whoami --json',
      keyed: [
        'twilio:whoami --json',
        {env: {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}},
      ],
      alone: ['twilio:whoami', {env: {API_TOKEN: undefined}}],
    })
    expect(json(all)).toMatchObject({
      role: 'administrator',
      akkeris: {host: world.url, source: expect.stringContaining('API_TOKEN') as unknown},
    })
    expect(json(keyed)).toMatchObject({role: 'main-key'})
    expect(alone).toMatchObject({exitCode: 0})
    expect(alone.stdout).toMatch(/Role +main account, administrator[\s\S]*Akkeris +no login/)
  })

  it('prefers the environment to what was saved, and says which is used', async () => {
    await login()
    const env = {TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: '0'.repeat(32)}
    expect(await world.aka('twilio:whoami', {env})).toMatchObject({exitCode: 5})
    const {env: fromEnvironment, saved} = await runAll(world, {
      env: 'twilio:whoami',
      saved: ['twilio:whoami', {env: off}],
    })
    expect(fromEnvironment.stdout).toMatch(/environment/)
    expect(saved.stdout).toMatch(/twilio:login/)
  })

  it("saves nothing that does not work: a wrong token, a Standard key, a subaccount's credentials (exit 5)", async () => {
    await world.aka('addons:create twilio:small -a api-dev')
    await login()
    const {standardKey} = await world.sandbox.credentials()
    const [sub] = subaccounts(await snapshot(world))
    const at = `twilio:login --account-sid ${world.accountSid}`
    const runs = await runAll(world, {
      wrong: [at, {env: off, stdin: `${'0'.repeat(32)}\n`}],
      standard: [`${at} --api-key ${standardKey.sid}`, {env: off, stdin: `${standardKey.secret}\n`}],
      sub: [`twilio:login --account-sid ${sub?.sid ?? ''}`, {env: off, stdin: `${sub?.authToken ?? ''}\n`}],
      nothing: [at, {env: off, stdin: ''}],
    })
    for (const [name, run] of Object.entries(runs)) {
      expect(run.stdout).toBe('')
      expect([name, name === 'nothing' ? [2, 5] : [5]]).toEqual([name, expect.arrayContaining([run.exitCode])])
      expect(run.stderr).toMatch(/→ /)
      expect(run.stderr).not.toMatch(STACK)
    }
    expect(runs.sub.stderr).toMatch(/subaccount/)
    expect(json(await world.aka('twilio:whoami --json', {env: off}))).toMatchObject({accountSid: world.accountSid})
  })

  it('names the flag where there is no terminal, and refuses a SID that is none (exit 2), sending nothing', async () => {
    const runs = await runAll(world, {
      alone: ['twilio:login', {env: off}],
      sid: ['twilio:login --account-sid 12', {env: off, stdin: 'x\n'}],
      key: [`twilio:login --account-sid ${world.accountSid} --api-key AC12`, {env: off, stdin: 'x\n'}],
      token: [`twilio:login --account-sid ${world.accountSid} --auth-token ${world.authToken}`, {env: off}],
    })
    for (const [name, {exitCode, stdout}] of Object.entries(runs))
      expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
    expect(runs.alone.stderr).toMatch(/--account-sid/)
    expect(world.sandbox.requests).toEqual([])
  })

  it('says in a sentence that its file cannot be read, whatever is in it', async () => {
    const {savedIn} = json(await login('--json'))
    await writeFile(String(savedIn), '{"half":')
    const runs = await runAll(world, {whoami: ['twilio:whoami', {env: off}], settings: ['twilio:settings', {env: off}]})
    for (const {exitCode, stderr} of Object.values(runs)) {
      expect(exitCode).not.toBe(70)
      expect(stderr).not.toMatch(STACK)
    }
  })
})
