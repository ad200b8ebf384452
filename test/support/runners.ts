import {fork, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'

import {afterAll} from '@jest/globals'

import type {Finished} from './cli.js'

interface Job {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: string
}

const script = join(process.cwd(), 'test', 'support', 'runner.mjs')
const idle: ChildProcess[] = []
const all = new Set<ChildProcess>()

/** Runs a command to its end in a process that is used again (runner.mjs); as many at once as are asked for. */
export async function runInRunner(job: Job): Promise<Finished> {
  const runner = idle.pop() ?? start()
  runner.send(job)
  const [answer] = (await once(runner, 'message')) as [Omit<Finished, 'signal'>]
  if (runner.connected && runner.exitCode === null) idle.push(runner)
  return {signal: null, ...answer}
}

function start(): ChildProcess {
  const runner = fork(script, {stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: []})
  all.add(runner)
  runner.on('exit', () => {
    all.delete(runner)
    const at = idle.indexOf(runner)
    if (at >= 0) idle.splice(at, 1)
  })
  return runner
}

afterAll(() => {
  for (const runner of all) runner.kill('SIGKILL')
})
