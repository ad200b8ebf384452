import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../src/sandbox/akkeris/apps.js'
import {type Finished, startWorld, type World} from '../support/cli.js'
import {type Run, runAll, secretsOf, snapshot, spoken, STACK, subaccounts, worlds} from './support.js'

const newWorld = worlds()

/** Everything that a terminal would act on or a reader cannot see, but for the end of a line. */
const CONTROL = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u

const errorOf = (message: string) => JSON.stringify({code: 20001, message, more_info: 'https://x.example', status: 400})

describe('secrets', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    expect(await world.aka('addons:create twilio:small -a api-dev')).toMatchObject({exitCode: 0})
  })
  afterAll(() => world.close())

  const expectNoSecret = async (runs: Readonly<Record<string, {stdout: string; stderr: string}>>) => {
    const secrets = (await secretsOf(world)).filter(Boolean)
    expect(secrets.length).toBeGreaterThan(6)
    for (const [name, run] of Object.entries(runs)) {
      const text = JSON.stringify(run)
      expect({name, shown: secrets.filter((secret) => text.includes(secret))}).toEqual({name, shown: []})
      expect(run.stderr).not.toMatch(STACK)
    }
  }

  it('are in neither stream of any command, with everything that DEBUG tells too', async () => {
    const debug = {env: {DEBUG: '*'}}
    const commands = {
      create: 'addons:create twilio:small -a new-dev',
      again: 'addons:create twilio:small -a api-dev',
      dryRun: 'addons:create twilio:small -a dry-dev --dry-run',
      socs: 'addons:create twilio:small -a api-socs --json',
      info: 'addons:info -a api-dev',
      list: 'twilio',
      plans: 'addons:plans',
      whoami: 'twilio:whoami',
      console: 'twilio:console -a api-dev',
      doctor: 'twilio:doctor',
      usageOfAll: 'twilio:usage --all',
      invoice: 'twilio:invoice -a api-dev --json',
      alerts: 'twilio:alerts:set -a api-dev --url https://example.com/usage',
      missing: 'addons:create twilio:small -a missing-dev',
      usage: 'addons:create twilio:huge -a api-dev',
      flag: 'addons:create twilio:small -a api-dev --nonsense --json',
      destroy: 'addons:destroy -a new-dev --confirm new-dev',
    }
    const {create, destroy, ...rest} = commands
    const first = await runAll(world, {create: [create, debug]})
    const runs = await runAll(
      world,
      Object.fromEntries(Object.entries(rest).map(([name, command]): [string, Run] => [name, [command, debug]])),
    )
    const last = await runAll(world, {destroy: [destroy, debug]})
    await expectNoSecret({...first, ...runs, ...last})
    expect(() => void JSON.parse(runs.socs?.stdout ?? '')).not.toThrow()
    expect(first.create.stderr).toMatch(/aka-twilio:/)
  })

  it('are not in failures: wrong credentials, keys, a body that is echoed, Akkeris repeating its token', async () => {
    const wrong = 'f00d'.repeat(8)
    const {standardKey} = await world.sandbox.credentials()
    const fault = (path: string, status: number, body: string) =>
      world.sandbox.faults.add({
        path,
        when: 'before',
        do: {status, body, headers: {'content-type': 'application/json'}},
      })
    const basic = Buffer.from(`${world.accountSid}:${world.authToken}`).toString('base64')
    fault('echo1-dev/config-vars', 422, `not Bearer token-of-a-developer, and not token-of-a-developer`)
    fault('echo2-dev/config-vars', 500, `Bearer token-of-a-developer`)
    // What a proxy on the way could say.
    fault('AvailablePhoneNumbers/SE', 400, errorOf(`${world.authToken} is not right, nor is Basic ${basic}`))
    // Its own token is known once the subaccount is there.
    world.sandbox.faults.add({
      method: 'POST',
      path: 'Accounts.json',
      when: 'after',
      // On a slow machine echo-dev gets this far, too.
      times: 2,
      do: {
        call: async () => {
          const [made] = subaccounts(await snapshot(world)).slice(-1)
          fault(`Accounts/${made?.sid ?? ''}/IncomingPhoneNumbers`, 400, errorOf(`it is not ${made?.authToken ?? ''}`))
        },
      },
    })
    await world.sandbox.change((state) => {
      getAppToChange(state, 'echo3-dev').configVars = {
        DATABASE_URL: 'postgres://user:pass-of-database@db.example.com/x',
        PLAIN: 'a plain value of the app',
      }
    })
    world.sandbox.faults.add({
      method: 'PATCH',
      path: 'echo3-dev/config-vars',
      when: 'before',
      do: {status: 422, body: 'no: postgres://user:pass-of-database@db.example.com/x and a plain value of the app'},
    })
    const inBasic = Buffer.from('developer:pass-of-developer').toString('base64')
    fault('echo4-dev/config-vars', 422, `not ${inBasic.replace(/=+$/, '')}, pass-of-developer`)
    const debug = {DEBUG: '*'}
    const runs = await runAll(world, {
      echoed: ['addons:create twilio:small -a echo-dev --country SE --number-type mobile', {env: debug}],
      subaccount: ['addons:create twilio:small -a sub-dev --json', {env: debug}],
      akkeris: ['addons:create twilio:small -a echo1-dev', {env: debug}],
      configVars: ['addons:create twilio:small -a echo3-dev --json', {env: debug}],
      apiAuth: ['addons:create twilio:small -a echo4-dev', {env: {...debug, API_AUTH: `Basic ${inBasic}`}}],
      akkeris5xx: ['addons:info -a echo2-dev --json', {env: debug}],
      wrong: ['addons:info -a api-dev', {env: {...debug, TWILIO_AUTH_TOKEN: wrong}}],
      wrongJson: ['twilio --json', {env: {...debug, TWILIO_AUTH_TOKEN: wrong}}],
      key: [
        'addons:info -a api-dev',
        {
          env: {
            ...debug,
            TWILIO_AUTH_TOKEN: undefined,
            TWILIO_API_KEY: standardKey.sid,
            TWILIO_API_SECRET: standardKey.secret,
          },
        },
      ],
      proxy: [
        'twilio',
        {env: {...debug, HTTPS_PROXY: 'http://user:pass-of-proxy@127.0.0.1:9', AKA_TWILIO_ENDPOINT: undefined}},
      ],
      endpoint: ['twilio --json', {env: {...debug, AKA_TWILIO_ENDPOINT: 'http://user:pass-of-endpoint@192.0.2.1'}}],
      argument: [`addons:info -a api-dev --token=${world.authToken}`, {env: debug}],
    })
    world.sandbox.faults.clear()
    const wrongBasic = Buffer.from(`${world.accountSid}:${wrong}`).toString('base64')
    for (const run of Object.values(runs)) expect(run.exitCode).not.toBe(70)
    expect(runs.subaccount).toMatchObject({exitCode: 1})
    const {argument, ...others} = runs
    await expectNoSecret(others)
    for (const text of [spoken(runs.wrong), spoken(runs.wrongJson)]) {
      expect(text).not.toContain(wrong)
      expect(text).not.toContain(wrongBasic)
    }
    expect(spoken(runs.proxy)).not.toContain('pass-of-proxy')
    expect(spoken(runs.endpoint)).not.toContain('pass-of-endpoint')
    expect(argument.exitCode).toBe(2)
    expect(runs.configVars).toMatchObject({exitCode: 1})
    expect(spoken(runs.configVars)).not.toMatch(/pass-of-database|plain value/)
    expect(runs.apiAuth.stderr).toMatch(/Akkeris refused/)
    expect(spoken(runs.apiAuth)).not.toMatch(new RegExp(`pass-of-developer|${inBasic.replace(/=+$/, '')}`))
  })

  it('are shown where they were asked for, and nowhere else: --show-secrets and --shell, without the main token', async () => {
    const runs = await runAll(world, {
      show: ['addons:create twilio:small -a api-dev --show-secrets', {env: {DEBUG: '*'}}],
      shell: ['addons:create twilio:small -a api-dev --shell', {env: {DEBUG: '*'}}],
    })
    const [sub] = subaccounts(await snapshot(world))
    for (const {stdout, stderr} of Object.values(runs)) {
      expect(stdout).toContain(sub?.authToken)
      expect(stderr).not.toContain(sub?.authToken)
      expect(stdout + stderr).not.toContain(world.authToken)
      expect(stdout + stderr).not.toContain(world.env.API_TOKEN)
    }
  })

  it('are in no record of the registry', async () => {
    const {syncMaps} = await snapshot(world)
    const text = JSON.stringify(syncMaps)
    expect((await secretsOf(world)).filter((secret) => text.includes(secret))).toEqual([])
  })
})

describe('text from an API', () => {
  it('loses its control characters before it reaches a terminal or a document', async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a api-dev')
    const escape =
      '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J back\b\r \u202eturned\u2066 zero\u200bwidth \u2028✖ line'
    const fault = (path: string, body: string) =>
      world.sandbox.faults.add({
        path,
        when: 'before',
        times: 2,
        do: {status: path.includes('config-vars') ? 422 : 400, body, headers: {'content-type': 'application/json'}},
      })
    fault('red1-dev/config-vars', escape)
    fault('AvailablePhoneNumbers/SE', errorOf(escape))
    await world.sandbox.change(({accounts, syncMaps: [map]}) => {
      const item = map?.items['api-dev']
      if (!map || !item) throw new Error('no registry')
      const {phoneNumber, ...data} = item.data as {phoneNumber: object}
      const [main] = accounts
      if (main) main.friendlyName = escape
      map.items['odd-dev'] = {...item, data: {...data, appSpace: 'odd-dev', host: escape, phoneNumber}}
      map.items['od2-dev'] = {
        ...item,
        data: {...data, appSpace: 'od2-dev', phoneNumber: {...phoneNumber, e164: escape}},
      }
      map.items['od3-dev'] = {...item, data: {...data, appSpace: escape, phoneNumber}}
    })
    const runs = await runAll(world, {
      akkeris: 'addons:create twilio:small -a red1-dev',
      akkerisJson: 'addons:create twilio:small -a red1-dev --json',
      twilio: 'addons:create twilio:small -a red2-dev --country SE --number-type mobile',
      twilioJson: 'addons:create twilio:small -a red3-dev --country SE --number-type mobile --json',
      list: 'twilio',
      info: 'addons:info -a odd-dev',
      number: 'addons:info -a od2-dev',
      third: 'addons:info -a od3-dev',
      whoami: 'twilio:whoami',
      doctor: 'twilio:doctor',
      shell: 'addons:create twilio:small -a od2-dev --shell',
    })
    const named = (wrong: (run: Finished) => boolean) =>
      Object.entries<Finished>(runs).flatMap(([name, run]) => (wrong(run) ? [name] : []))
    expect({
      bugs: named(({exitCode}) => exitCode === 70),
      control: named((run) => CONTROL.test(run.stdout + run.stderr)),
    }).toEqual({bugs: [], control: []})
    expect(named(({stdout, stderr}) => /^✖ line/m.test(stdout + stderr))).toEqual([])
    for (const {stdout} of [runs.akkerisJson, runs.twilioJson]) expect(stdout).not.toMatch(/\\u001b|\\u0007|\\b/)
    expect(runs.akkeris.stderr).toMatch(/red/)
    expect(runs.twilio.stderr).toMatch(/red/)
  })

  it('is not coloured when piped, whatever the environment says, nor with NO_COLOR or AKA_NO_COLORS', async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a api-dev')
    const terminal = {FORCE_COLOR: '1', TERM: 'xterm-256color'}
    const runs: Record<string, Run> = {
      'a result': ['addons:create twilio:small -a api-dev', {env: terminal}],
      'a table': ['twilio', {env: {...terminal, NO_COLOR: '1'}}],
      'a failure': ['addons:info -a none-dev', {env: {...terminal, AKA_NO_COLORS: '1'}}],
      'a piped failure': ['addons:destroy -a api-dev', {env: terminal}],
    }
    for (const [name, run] of Object.entries(await runAll(world, runs)))
      expect({name, colour: CONTROL.test(spoken(run))}).toEqual({name, colour: false})
  })
})
