import {once} from 'node:events'
import http from 'node:http'
import {text} from 'node:stream/consumers'

import type {Finished} from './cli.js'
import {checkDocument} from './documents.js'
import type {ClockAddress} from './runner-clock.mjs'

export interface Job {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly stdin: string
  /** Variables of the environment that Node and packages read when they are loaded. */
  readonly startWith: Readonly<Record<string, string>>
  /** What runs in place of the built CLI: a CommonJS program of Node. */
  readonly bin?: string | undefined
  /** The clock of its world; without it, time is what it is. */
  readonly clock?: ClockAddress | undefined
}

/** What became of it; the signal is there where it was killed. */
export type JobResult = Omit<Finished, 'signal'> & Partial<Pick<Finished, 'signal'>>

/** Runs a command to its end in a process that is used again (pool.mjs). */
export async function runInPool(job: Job): Promise<Finished> {
  const [finished] = await runAtOnceInPool([job])
  if (!finished) throw new Error('The pool gave no answer.')
  return finished
}

/** Runs commands to their ends, all at the same time. */
export async function runAtOnceInPool(jobs: readonly Job[]): Promise<Finished[]> {
  const results = JSON.parse(await post(JSON.stringify(jobs))) as JobResult[]
  return results.map((result, index) => checkDocument(jobs[index]?.args ?? [], {signal: null, ...result}))
}

/** Of Node's http: `fetch` takes several times as long. */
async function post(body: string): Promise<string> {
  const request = http.request(process.env.AKA_TWILIO_TEST_POOL ?? '', {method: 'POST'}).end(body)
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
  return text(answer)
}
