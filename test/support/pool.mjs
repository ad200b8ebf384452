/**
 * The processes in which commands run one after the other (runner.mjs), for all workers of Jest together: Jest calls this before
 * the first test. A request has a list of jobs, which are run at the same time, and its answer what became of each (runners.ts).
 */
import {fork} from 'node:child_process'
import {randomInt} from 'node:crypto'
import {once} from 'node:events'
import {existsSync, readFileSync, rmSync} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {createServer} from 'node:http'
import {availableParallelism, tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {clearTimeout, setTimeout} from 'node:timers'
import {fileURLToPath} from 'node:url'

import {lastWordsOf} from './last-words.mjs'

/** Commands at one time: more of them would only wait for each other, and each process takes a second of computing to start and warm up. */
const MOST = 2 * availableParallelism()
/** Of those that a test wants to happen at the same time. */
const MOST_AT_ONCE = 2 * MOST
/** An idle one costs nothing. */
const MOST_KEPT = 2 * MOST_AT_ONCE
/** Where no command has ended for so long, what runs may be waiting for what is queued: then one more may run. */
const STALL_MS = 500
/** Longer than any test may take: what hangs is not to keep its process from the others. */
const TIMEOUT_MS = 240_000
/** What most tests call. */
const USUAL_COMMANDS = [
  'addons:create twilio:small -a web-dev',
  'addons:info -a web-dev --json',
  'twilio:usage -a web-dev',
  'twilio:sims:order -a web-dev --quantity 1 --yes',
  'addons:destroy twilio -a web-dev --confirm web-dev',
  'twilio --json',
]

/**
 * @typedef {import('./runners.js').Job} Job
 * @typedef {import('./runners.js').JobResult} JobResult
 * @typedef {{readonly job: Job, readonly done: (result: JobResult) => void}} Waiting
 * @typedef {import('node:child_process').ChildProcess} Runner
 */

/** Ends all its processes. */
export let endPool = async () => {}

/** @param {string} cache the folder for what V8 compiles of the commands */
export async function servePool(cache) {
  process.env.TEST_SEED ||= String(randomInt(1_000_000_000))
  const drawn = process.env.TEST_FULL
    ? 'all cases'
    : `a sample of the cases: TEST_SEED=${process.env.TEST_SEED} draws the same`
  process.stderr.write(`Running ${drawn}.\n`)
  /** @type {Waiting[][]} */
  const queue = []
  /**
   * Each with what it was started with, the one that was used last at the end.
   * @type {{readonly runner: Runner, readonly startedWith: string}[]}
   */
  const idle = []
  /** @type {Set<Runner>} */
  const runners = new Set()
  let busy = 0
  let more = 0
  /** @type {NodeJS.Timeout | undefined} */
  let stall

  function dispatch() {
    for (let [jobs] = queue; jobs && (busy === 0 || busy + jobs.length <= MOST + more); [jobs] = queue) {
      queue.shift()
      // The rest of more than there may be: each as soon as another has ended.
      if (jobs.length > MOST_AT_ONCE) queue.unshift(...jobs.splice(MOST_AT_ONCE).map((job) => [job]))
      for (const job of jobs) void run(job)
    }
    if (queue.length === 0) return
    stall ??= setTimeout(() => {
      stall = undefined
      more += 1
      dispatch()
    }, STALL_MS).unref()
  }

  /** @param {Waiting} waiting */
  async function run({job, done}) {
    busy += 1
    // A host of the plugin leaves its mark on it: commands without one are not run there.
    const startedWith = JSON.stringify([job.startWith, job.bin === undefined])
    const runner = take(startedWith) ?? start(cache, job.startWith)
    runners.add(runner)
    const {last = false, ...result} = await resultOf(runner, job)
    busy -= 1
    if (last) runners.delete(runner)
    else idle.push({runner, startedWith})
    done(result)
    clearTimeout(stall)
    stall = undefined
    more = 0
    dispatch()
  }

  /** @param {string} startedWith */
  function take(startedWith) {
    const at = idle.findLastIndex((each) => each.runner.connected && each.startedWith === startedWith)
    if (at >= 0) return idle.splice(at, 1)[0]?.runner
    // It makes room for another, which is started with something else.
    if (busy + idle.length > MOST_KEPT) idle.shift()?.runner.kill()
    return undefined
  }

  const server = createServer(async (request, response) => {
    const asked = /** @type {Job[]} */ (JSON.parse(await text(request)))
    /** @type {Waiting[]} */
    const jobs = []
    const results = asked.map((job) => new Promise((done) => jobs.push({job, done})))
    queue.push(jobs)
    dispatch()
    // One that is kept open would keep Jest from ending.
    response.setHeader('connection', 'close').end(JSON.stringify(await Promise.all(results)))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  server.unref()
  endPool = async () => {
    server.close()
    await Promise.all([...runners].map(end))
  }
  const {port} = /** @type {import('node:net').AddressInfo} */ (server.address())
  process.env.AKA_TWILIO_TEST_POOL = `http://127.0.0.1:${port}`
}

/**
 * Has V8 compile the usual commands once for all processes, and keep it (bin/load-bundle.js): each would else do it for itself.
 * @param {string} cache
 */
export async function compileOnce(cache) {
  const home = await mkdtemp(join(tmpdir(), 'aka-twilio-compile-'))
  const env = {PATH: process.env.PATH ?? '', HOME: home, AKA_TWILIO_SANDBOX: '1'}
  const runner = start(cache, {})
  runner.ref()
  runner.channel?.ref()
  for (const line of USUAL_COMMANDS) {
    const {exitCode, stderr} = await resultOf(runner, {args: line.split(' '), env, cwd: home, stdin: '', startWith: {}})
    if (exitCode !== 0) throw new Error(`${line} ended with ${exitCode}: ${stderr}`)
  }
  await end(runner)
  await rm(home, {recursive: true, force: true})
}

/** @param {Runner} runner */
async function end(runner) {
  if (runner.exitCode !== null || runner.signalCode !== null) return
  // Without it Node would end here, with 0 whatever failed: nothing else is left to wait for.
  runner.ref()
  runner.disconnect()
  await once(runner, 'exit')
}

/**
 * Ends when the process of Jest does.
 * @param {string} cache
 * @param {Job['startWith']} startWith
 */
function start(cache, startWith) {
  const runner = fork(fileURLToPath(new URL('runner.mjs', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--max-semi-space-size=64'],
    env: {...process.env, XDG_CACHE_HOME: cache, ...startWith},
  })
  // Why it ended, if it did: not on the terminal itself, which it would find and colour its output for.
  const stderr = /** @type {import('node:net').Socket} */ (runner.stderr)
  if (!('DEBUG' in startWith)) stderr.pipe(process.stderr)
  stderr.resume().unref()
  runner.unref()
  runner.channel?.unref()
  return runner
}

/**
 * @param {Runner} runner
 * @param {Job} job
 * @returns {Promise<JobResult & {readonly last?: true}>}
 */
function resultOf(runner, job) {
  return new Promise((resolve) => {
    const tooLong = setTimeout(() => runner.kill('SIGKILL'), TIMEOUT_MS)
    const end = (/** @type {JobResult & {last?: true}} */ result) => {
      clearTimeout(tooLong)
      runner.removeAllListeners()
      resolve(result)
    }
    runner.once('message', (result) => end(/** @type {JobResult} */ (result)))
    runner.once('exit', (exitCode, signal) => {
      const words = lastWordsOf(runner.pid)
      const result = existsSync(words)
        ? JSON.parse(readFileSync(words, 'utf8'))
        : {exitCode, signal, stdout: '', stderr: ''}
      rmSync(words, {force: true})
      end({...result, last: true})
    })
    runner.send(job)
  })
}
