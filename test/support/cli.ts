import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtemp, readdir, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Send} from '../../src/lib/transport/types.js'
import {createSandbox, isKore, isTwilio, type Sandbox, type SandboxOptions} from '../../src/sandbox/sandbox.js'
import {serveSandbox} from '../../src/sandbox/server/server.js'
import {memoryStore} from '../../src/sandbox/state/store.js'
import {checkDocument} from './documents.js'
import {checkExchange} from './openapi.js'
import {type Job, runAtOnceInPool, runInPool} from './runners.js'
import {startWorldClock} from './world-clock.js'

export const BIN = join(process.cwd(), 'bin', 'run.js')

export interface Finished {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

export interface RunOptions {
  /** Added to, or with undefined taken from, the environment of the world. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  readonly cwd?: string
  /** What runs in place of the built CLI. */
  readonly bin?: string
}

/** A machine with an empty home, and Twilio and Akkeris on loopback. */
export interface World {
  readonly url: string
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  readonly sandbox: Sandbox
  readonly accountSid: string
  readonly authToken: string
  /**
   * Runs the built CLI to its end, in a process that is used for several commands, whose waits take no time (world-clock.ts).
   * Arguments are separated by spaces; an array is taken as it is. Of two commands of which one waits for the other, one is to be started: the processes of the pool could all be
   * taken by commands that wait.
   */
  aka(args: string | readonly string[], options?: RunOptions): Promise<Finished>
  /** The same for several commands, which run at the same time. */
  akaAtOnce(commands: readonly string[], optionsOf?: (index: number) => RunOptions): Promise<Finished[]>
  /** Starts the built CLI in a process of its own. */
  start(args: string | readonly string[], options?: RunOptions): Running
  /** What was exchanged with Twilio and is not as its OpenAPI documents say. */
  readonly violations: readonly string[]
  /** Stops everything. @throws when anything was not as Twilio documents it, unless the test made it so. */
  close(options?: {oddAnswers: boolean}): Promise<void>
}

export interface WorldOptions extends Partial<SandboxOptions> {
  /** A process for each command, even where one that is used again would do. */
  readonly processEach?: boolean
  /** Whether the environment has credentials of KORE, so that SIMs are ordered and used there. */
  readonly kore?: boolean
  /** What stands between the commands and the sandbox. */
  readonly between?: (send: Send) => Send
}

/** For all tests of a run, of commands in processes of their own. */
export const CACHE = join(process.env.AKA_TWILIO_TESTS ?? '', 'cache')

/** What a world that was once at this port had counted (src/lib/addon/subaccount-room.ts). */
async function forgetCounts(url: string): Promise<void> {
  const folder = join(CACHE, 'aka-twilio')
  const names = await readdir(folder).catch(() => [])
  const ofPort = names.filter((name) => name.startsWith('subaccounts-') && name.endsWith(`-${new URL(url).port}.txt`))
  await Promise.all(ofPort.map((name) => rm(join(folder, name), {force: true})))
}

export async function startWorld({
  processEach = false,
  kore = false,
  between = (send) => send,
  ...options
}: WorldOptions = {}): Promise<World> {
  const clock = await startWorldClock()
  const sandbox = createSandbox({store: memoryStore(), ...clock.ofSandbox, ...options})
  const violations: string[] = []
  sandbox.onExchange((request, response) => {
    const {host} = new URL(request.url)
    if (isTwilio(host) || isKore(host)) violations.push(...checkExchange(request, response))
  })
  const server = await serveSandbox({...sandbox, send: clock.counted(between(sandbox.send))}, {port: 0})
  const home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  await forgetCounts(server.url)
  const {accountSid, authToken, kore: client} = await sandbox.credentials()
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CACHE_HOME: CACHE,
    AKA_TWILIO_ENDPOINT: server.url,
    AKKERIS_API_HOST: server.url,
    API_TOKEN: 'token-of-a-developer',
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    ...(kore && {KORE_CLIENT_ID: client.clientId, KORE_CLIENT_SECRET: client.clientSecret}),
  }
  const start = (args: string | readonly string[], run: RunOptions = {}) => {
    const running = startCli(args, {...run, env: {...env, ...run.env}})
    return {...running, finished: clock.during(() => running.finished)}
  }
  const {host} = new URL(server.url)
  const inPool = (group: number, args: string | readonly string[], run: RunOptions = {}): Job => ({
    ...poolJob(args, {cwd: home, ...run, env: {...env, ...run.env}}),
    clock: {port: clock.port, host, group},
  })

  return {
    url: server.url,
    home,
    env,
    sandbox,
    accountSid,
    authToken,
    start,
    aka: (args, run) =>
      processEach ? start(args, run).finished : clock.during((group) => runInPool(inPool(group, args, run))),
    akaAtOnce: (commands, optionsOf = () => ({})) =>
      clock.during(
        (group) => runAtOnceInPool(commands.map((command, index) => inPool(group, command, optionsOf(index)))),
        commands.length,
      ),
    violations,
    async close({oddAnswers} = {oddAnswers: false}) {
      await server.close()
      await clock.close()
      await forgetCounts(server.url)
      await rm(home, {recursive: true, force: true})
      if (violations.length > 0 && !oddAnswers)
        throw new Error(`not as Twilio documents it:\n${[...new Set(violations)].join('\n')}`)
    },
  }
}

/** The built CLI with exactly this environment, in a process that is used again. */
export function poolJob(
  args: string | readonly string[],
  {env = {}, stdin = '', cwd = env.HOME ?? tmpdir(), bin}: RunOptions,
): Job {
  const given = givenOf(env)
  // Without a terminal there are no colours to take away, unless they are asked for.
  const read = given.FORCE_COLOR ? /^(DEBUG|NODE_)|COLOR/ : /^(DEBUG|NODE_)/
  const startWith = Object.fromEntries(Object.entries(given).filter(([name]) => read.test(name)))
  return {args: argvOf(args), env: given, cwd, stdin, startWith, bin}
}

/** The same in a process of its own. */
export function startCli(
  args: string | readonly string[],
  {env = {}, stdin = '', cwd = env.HOME ?? tmpdir(), bin = BIN}: RunOptions,
): Running {
  const child = spawn(process.execPath, [bin, ...argvOf(args)], {
    env: givenOf(env),
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => undefined).end(stdin)
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve({exitCode, signal, stdout, stderr}))
  })
  // Another program may answer for commands of the same names.
  const isOurs = bin === BIN
  return {child, finished: isOurs ? finished.then((run) => checkDocument(argvOf(args), run)) : finished}
}

function argvOf(args: string | readonly string[]): readonly string[] {
  return typeof args === 'string' ? args.split(' ').filter(Boolean) : args
}

function givenOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The one JSON document that `--json` promises on stdout. */
export function json({stdout}: Finished): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>
}
