import {execFileSync} from 'node:child_process'
import {mkdtemp, rm, symlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {BIN, CACHE, json, poolJob, type Running, startCli} from '../../support/cli.js'
import {runInPool} from '../../support/runners.js'
import {inTurn} from '../../support/runs.js'
import {STACK} from '../support.js'

describe('the embedded sandbox', () => {
  let home: string
  let env: Record<string, string>
  let servers: Running[]
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'aka-sandbox-'))
    env = {PATH: process.env.PATH ?? '', HOME: home, XDG_CACHE_HOME: CACHE}
    servers = []
  })
  afterEach(async () => {
    for (const {child} of servers) child.kill('SIGKILL')
    await Promise.all(servers.map(({finished}) => finished))
    await rm(home, {recursive: true, force: true})
  })

  const aka = (args: string, more: Record<string, string> = {}) => runInPool(poolJob(args, {env: {...env, ...more}}))

  /** A server, and what it printed until it said enough. */
  async function serve(args: string, enough: RegExp): Promise<{server: Running; text: string}> {
    const server = startCli(args, {env})
    servers.push(server)
    const text = await new Promise<string>((resolve, reject) => {
      let sofar = ''
      const listen = (chunk: string): void => {
        sofar += chunk
        if (enough.test(sofar)) resolve(sofar)
      }
      server.child.stdout?.on('data', listen)
      server.child.stderr?.on('data', listen)
      server.child.on('close', () => reject(new Error(`it stopped: ${sofar}`)))
    })
    return {server, text}
  }

  it('makes every command work with --sandbox on a machine that has nothing', async () => {
    const created = json(await aka('addons:create twilio:small -a demo-dev --sandbox --json'))
    expect(created).toMatchObject({
      created: true,
      plan: 'small',
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/) as unknown,
      phoneNumber: expect.stringMatching(/^\+1\d{10}$/) as unknown,
      configVars: {TWILIO_SID: created.accountSid, TWILIO_AUTH_TOKEN: expect.stringMatching(/^\*{4}/) as unknown},
    })
    const again = json(await aka('addons:create twilio:small -a demo-dev --sandbox --json'))
    expect(again).toMatchObject({created: false, accountSid: created.accountSid, phoneNumber: created.phoneNumber})
    const {list, info, doctor, plain} = Object.fromEntries(
      await Promise.all(
        Object.entries({
          list: aka('twilio', {AKA_TWILIO_SANDBOX: '1'}),
          info: aka('addons:info -a demo-dev --sandbox'),
          doctor: aka('twilio:doctor --sandbox'),
          plain: aka('twilio'),
        }).map(async ([name, run]) => [name, await run] as const),
      ),
    )
    expect(list?.stdout).toContain('demo-dev')
    expect(info?.exitCode).toBe(0)
    expect(doctor?.exitCode).toBe(0)
    expect(plain?.exitCode).toBe(5)

    const destroyed = await aka('addons:destroy twilio -a demo-dev --confirm demo-dev --sandbox')
    expect(destroyed.exitCode).toBe(0)
    await aka('addons:create twilio:small -a demo-dev --sandbox')
    const reset = await aka('twilio:sandbox:reset --json')
    expect(reset.exitCode).toBe(0)
    expect(() => void JSON.parse(reset.stdout)).not.toThrow()
    expect(json(await aka('twilio --sandbox --json'))).toMatchObject({addons: []})
    expect((await aka('twilio:sandbox:reset')).exitCode).toBe(0)
  })

  inTurn(it, 2)(
    'prints next steps that work as they stand: with --sandbox, and with the program that was called',
    async () => {
      const link = join(home, 'aka-twilio')
      await symlink(BIN, link)
      const programs = {[`node ${relative(process.cwd(), BIN)}`]: BIN, 'aka-twilio': link}
      for (const [program, bin] of Object.entries(programs)) {
        const options = {env, bin, cwd: process.cwd()}
        const {stdout} = await startCli('addons:create twilio:small -a demo-dev --sandbox', options).finished
        const commands = stdout
          .split('\n')
          .flatMap((line) => (line.includes('→') ? [line.split(': ').slice(1).join(': ')] : []))
        expect(commands).toEqual([
          `${program} addons:info twilio -a demo-dev --sandbox`,
          `${program} twilio:registration -a demo-dev --sandbox`,
        ])
        for (const command of commands) {
          const lines = `alias aka-twilio="node '${link}'"\n${command}`
          expect(execFileSync('sh', ['-c', lines], {env, cwd: process.cwd(), encoding: 'utf8'})).toContain('demo-dev')
        }

        const refused = await startCli('addons:info -a none-dev --sandbox --json', options).finished
        expect(JSON.stringify(json(refused))).toContain(`${program} addons:create twilio:small -a none-dev --sandbox`)
        const help = await startCli('addons:info --help', options).finished
        expect(help.stdout).toContain(`$ ${program} addons:info`)
      }
    },
  )

  it('is visible: a line on stderr, once, and a key in every document', async () => {
    const setting = await aka('twilio:settings set sandbox true')
    expect(setting.stderr).toBe('')
    const runs = await Promise.all([
      aka('addons:create twilio:small -a demo-dev --json'),
      aka('twilio --sandbox --json'),
      aka('addons:info -a none-dev --json', {AKA_TWILIO_SANDBOX: '1'}),
    ])
    for (const {stderr} of runs) expect(stderr.match(/^sandbox: nothing is bought$/gm)).toHaveLength(1)
    const refused = [aka('addons:info --al --sandbox --json'), aka('addons:none --sandbox --json')]
    for (const run of [...runs, ...(await Promise.all(refused))]) expect(Object.keys(json(run))[0]).toBe('sandbox')

    const {stdout, stderr} = await aka('twilio', {AKA_TWILIO_SANDBOX: '0'})
    expect(stdout + stderr).not.toMatch(/sandbox:|--sandbox$/)
    expect(json(await aka('twilio --json', {AKA_TWILIO_SANDBOX: '0'}))).not.toHaveProperty('sandbox')
  })

  it('never sends anybody in the sandbox to the real Akkeris', async () => {
    for (const run of await Promise.all([
      aka('addons:create twilio:small -a demo-dev --sandbox'),
      aka('addons:create sendgrid:small -a demo-dev --sandbox'),
      aka('addons:info -a demo --sandbox'),
      aka('addons:info -a demo', {AKA_TWILIO_SANDBOX: '1'}),
    ]))
      expect(run.stdout + run.stderr).not.toMatch(/aka (config|apps|ps|logs|auth)/)
  })

  inTurn(it, 2)('serves the same over HTTP: the environment it prints is enough for another process', async () => {
    await aka('addons:create twilio:small -a demo-dev --sandbox')
    const {server, text} = await serve(
      'twilio:sandbox --port 0',
      /AKKERIS_API_HOST=.*\n[\s\S]*TWILIO_AUTH_TOKEN=.*\n|TWILIO_AUTH_TOKEN=.*\n[\s\S]*AKKERIS_API_HOST=.*\n/,
    )
    const exports = text.split('\n').filter((line) => /^export \w+=/.test(line.trim()))
    const printed = execFileSync('sh', ['-ec', `${exports.join('\n')}\nenv`], {env: {}, encoding: 'utf8'})
    const given = Object.fromEntries(
      printed
        .split('\n')
        .flatMap((line) => (/^(AKA|AKKERIS|API|TWILIO)_/.test(line) ? [line.split(/=(.*)/s).slice(0, 2)] : [])),
    ) as Record<string, string>
    expect(Object.keys(given)).toEqual(expect.arrayContaining(['AKA_TWILIO_ENDPOINT', 'AKKERIS_API_HOST']))
    const created = await aka('addons:create twilio:small -a web-dev --json', given)
    expect(json(created)).toMatchObject({created: true, sandbox: true})
    expect(created.stderr.match(/^sandbox: nothing is bought$/gm)).toHaveLength(1)
    expect(json(await aka('addons:info -a web-dev --json', given))).toMatchObject({state: 'ready'})
    expect((await aka('addons:destroy -a web-dev --confirm web-dev', given)).exitCode).toBe(0)

    const port = new URL(given.AKA_TWILIO_ENDPOINT ?? '').port
    const second = await aka(`twilio:sandbox --port ${port}`)
    expect(second.exitCode).not.toBe(70)
    expect(second.exitCode).not.toBe(0)
    expect(second.stderr).toMatch(/--port/)
    expect(second.stderr).not.toMatch(STACK)

    server.child.kill('SIGINT')
    const {exitCode, stderr} = await server.finished
    expect([0, 130]).toContain(exitCode)
    expect(stderr).not.toMatch(STACK)
  })

  it('lets a message and a call come in to what it serves, and says so when nothing is served', async () => {
    const {phoneNumber} = json(await aka('addons:create twilio:small -a demo-dev --sandbox --json'))
    const {server, text} = await serve('twilio:sandbox --port 0', /Serving on/)
    const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? ''
    const receive = (args: string, more = `--port ${port}`) =>
      aka(`twilio:sandbox:receive ${args} --to ${String(phoneNumber)} ${more}`)
    const [message, call, wrong] = await Promise.all([
      receive('SMS --body hello'),
      receive('call --json'),
      receive('sms --from 1 --body hello'),
    ])
    expect(message).toMatchObject({exitCode: 0})
    expect(message.stdout).toMatch(/^SM[0-9a-f]{32} came in\.\n {2}No webhook was called/)
    expect(json(call)).toMatchObject({sid: expect.stringMatching(/^CA/), webhooks: [], events: []})
    expect(wrong).toMatchObject({exitCode: 2})
    expect(wrong.stderr).toMatch(/"from" is a phone number/)
    server.child.kill('SIGINT')
    await server.finished
    const none = await receive('sms --body hello', '--port 1')
    expect(none).toMatchObject({exitCode: 1})
    expect(none.stderr).toMatch(/No sandbox is served at http:\/\/127\.0\.0\.1:1\.[\s\S]*twilio:sandbox/)
  })

  it('counts usage that is added to it', async () => {
    await aka('addons:create twilio:small -a demo-dev --sandbox')
    const used = await aka('twilio:sandbox:usage sms 2500 -a demo-dev')
    expect(used.stdout).toMatch(/^demo-dev: 2500 more of sms used on \d{4}-\d\d-\d\d\.\n$/)
    const usage = await aka('twilio:usage -a demo-dev --sandbox')
    expect(usage.stdout).toMatch(/2[,.]?500/)
    for (const args of ['sms many -a demo-dev', 'fax 1 -a demo-dev', 'sms 1 -a none-dev'])
      expect(await aka(`twilio:sandbox:usage ${args}`)).toMatchObject({exitCode: 2, stdout: ''})
  })

  inTurn(it, 2)('adds usage to the served sandbox that the environment points to, and empties that one', async () => {
    const {server, text} = await serve('twilio:sandbox --memory --port 0 --json', /\n\}/)
    const {environment: given} = JSON.parse(text) as {environment: Record<string, string>}
    await aka('addons:create twilio:small -a served-dev', given)
    expect(await aka('twilio:sandbox:usage sms 2500 -a served-dev', given)).toMatchObject({exitCode: 0})
    expect((await aka('twilio:usage -a served-dev', given)).stdout).toMatch(/2[,.]?500/)
    const refused = await aka('twilio:sandbox:usage fax 1 -a served-dev', given)
    expect(refused).toMatchObject({exitCode: 2, stdout: ''})
    // On this machine, where that is asked for.
    const here = 'twilio:sandbox:usage sms 1 -a served-dev'
    expect(await aka(`${here} --sandbox`, given)).toMatchObject({exitCode: 2})
    await aka('twilio:settings set sandbox true')
    expect(await aka(here, given)).toMatchObject({exitCode: 2})
    expect(await aka(here, {...given, AKA_TWILIO_SANDBOX: '0'})).toMatchObject({exitCode: 0})
    await aka('twilio:settings set sandbox false')
    await aka('twilio:sandbox:reset', given)
    expect(json(await aka('twilio --json', given))).toMatchObject({addons: []})
    server.child.kill('SIGINT')
    await server.finished
  })

  inTurn(it, 2)('runs a command with the environment set, and ends with it', async () => {
    const script = 'console.log(process.env.AKA_TWILIO_ENDPOINT, process.env.TWILIO_ACCOUNT_SID); process.exit(3)'
    const run = await startCli(['twilio:sandbox', '--exec', `node -e '${script}'`], {env}).finished
    expect(run.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+ AC[0-9a-f]{32}\n$/)
    expect(run.exitCode).toBe(3)
    const vars = 'test "$TWILIO_SID" = "$TWILIO_ACCOUNT_SID" && echo $TWILIO_PHONE_NUMBER'
    const app = await startCli(['twilio:sandbox', '--memory', '--exec', vars], {env}).finished
    expect(app).toMatchObject({exitCode: 0, stdout: '+15005550006\n'})
  })

  inTurn(it, 2)('with --memory is empty at its start and gone at its end, whatever the one on disk has', async () => {
    await aka('addons:create twilio:small -a demo-dev --sandbox')
    const list = `${process.execPath} ${BIN} twilio --json`
    const own = `${process.execPath} ${BIN} addons:create twilio:small -a own-dev`
    const run = await startCli(['twilio:sandbox', '--memory', '--exec', `${own} >&2 && ${list}`], {env}).finished
    const namesOf = (stdout: string) =>
      (JSON.parse(stdout) as {addons: {appSpace: string}[]}).addons.map(({appSpace}) => appSpace)
    expect(namesOf(run.stdout)).toEqual(['own-dev'])
    expect(namesOf((await aka('twilio --json --sandbox')).stdout)).toEqual(['demo-dev'])
  })

  inTurn(it, 2)(
    'prints one JSON document when serving with --json, and refuses ports that are none (exit 2)',
    async () => {
      const {server, text} = await serve('twilio:sandbox --port 0 --json', /\}\s*$/)
      expect(text).toMatch(/127\.0\.0\.1/)
      expect(() => void JSON.parse(text)).not.toThrow()
      server.child.kill('SIGINT')
      const {stdout} = await server.finished
      expect(() => void JSON.parse(stdout)).not.toThrow()
      for (const run of await Promise.all([aka('twilio:sandbox --port 99999'), aka('twilio:sandbox --port web')]))
        expect(run).toMatchObject({exitCode: 2, stdout: ''})
    },
  )
})
