import childProcess, {type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

import type {Finished} from './cli.js'

interface Job {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: string
}

interface Pool {
  readonly idle: ChildProcess[]
  readonly waiting: ((runner: ChildProcess) => void)[]
  started: number
}

/** More would only wait for each other. */
const MOST = 8

/**
 * Jest gives every test file its own modules, but Node's own are the same for all files of a worker: what is kept there is
 * started once for all of them, which halves the time of the whole suite.
 */
const shared = childProcess as typeof childProcess & {akaTwilioRunners?: Pool}
const pool = (shared.akaTwilioRunners ??= {idle: [], waiting: [], started: 0})

/** Runs a command to its end in a process that is used again (runner.mjs). */
export async function runInRunner(job: Job): Promise<Finished> {
  const runner = await take()
  runner.send(job)
  const [answer] = (await once(runner, 'message')) as [Omit<Finished, 'signal'> & {readonly last?: boolean}]
  const {last = false, ...finished} = answer
  if (last) pool.started -= 1
  giveBack(last ? undefined : runner)
  return {signal: null, ...finished}
}

async function take(): Promise<ChildProcess> {
  const runner = pool.idle.pop()
  if (runner) return runner
  if (pool.started < MOST) return start()
  return new Promise((resolve) => pool.waiting.push(resolve))
}

function giveBack(runner: ChildProcess | undefined): void {
  const next = pool.waiting.shift()
  if (next) next(runner ?? start())
  else if (runner) pool.idle.push(runner)
}

function start(): ChildProcess {
  pool.started += 1
  const runner = childProcess.fork(join(process.cwd(), 'test', 'support', 'runner.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  })
  // A worker may end with runners that nobody needs any more; they notice.
  runner.unref()
  runner.channel?.unref()
  return runner
}
