import {connect, type Socket} from 'node:net'

import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import {type Finished, json, type Running, type World} from '../support/cli.js'
import {
  type Call,
  callsOfCleanRun,
  CREATE,
  DESTROY,
  expectNoStackTrace,
  expectNothing,
  expectOneAddon,
  inWorld,
  isWrite,
  look,
  PAST_THE_LEASE,
  said,
  signal,
  stateAfter,
} from '../support/faults.js'
import {inTurn, sample} from '../support/runs.js'

type Ending = 'SIGINT' | 'SIGTERM'

const ready = await stateAfter(CREATE)
const writes = {
  create: (await callsOfCleanRun(CREATE)).filter(isWrite),
  destroy: (await callsOfCleanRun(DESTROY, ready)).filter(isWrite),
}
const STOPPING = /Stopping/

/** Runs the command, signals it while this call is under way, and lets the call go on once the command has heard it. */
async function interruptAt(
  world: World,
  command: string,
  {title: _, ...call}: Call,
  ending: Ending,
): Promise<Finished> {
  const running = world.start(command)
  const stopping = said(running, STOPPING)
  const interrupt = async (): Promise<void> => {
    running.child.kill(ending)
    await stopping
  }
  world.sandbox.faults.add({...call, when: 'before', do: {call: interrupt}})
  const finished = await running.finished
  expect(finished.stderr).toMatch(STOPPING)
  expectNoStackTrace(finished)
  return finished
}

/** Changes that take something back. */
const undone = ({sandbox}: World, from = 0): string[] =>
  sandbox.requests
    .slice(from)
    .filter(({method}) => method === 'DELETE')
    .map(({method, path}) => `${method} ${path}`)

function expectInterrupted(run: Finished): void {
  expect({...run, stdout: json(run)}).toMatchObject({
    exitCode: 130,
    stdout: {error: {code: 'INTERRUPTED', exitCode: 130, suggestions: expect.arrayContaining([expect.any(String)])}},
  })
}

/** Before anything was sent that changes something: there is nothing to resume. */
function expectCancelled(run: Finished): void {
  const error = {code: 'INTERRUPTED', exitCode: 130, message: 'Cancelled; nothing was changed.', suggestions: []}
  expect({...run, stdout: json(run)}).toMatchObject({exitCode: 130, stdout: {error}})
}

const cases = [
  ...writes.create.map((call) => ['SIGINT', call.title, call] as const),
  ...writes.create.filter(({path}) => path.includes('Accounts')).map((call) => ['SIGTERM', call.title, call] as const),
]

describe('a create that is interrupted while a change is under way ends with 130, and the next goes on at once', () => {
  it.concurrent.each(sample(cases, 6))('%s at %s', (ending, _, call) =>
    inWorld(undefined, async (world) => {
      const run = await interruptAt(world, CREATE, call, ending)
      const left = await look(world)
      if (run.exitCode === 0) {
        // What was under way was the last of it: nothing is left to go on with.
        expect(json(run)).toMatchObject({created: true})
        await expectOneAddon(world)
      } else expectInterrupted(run)
      // A lease behind which nothing was made may be taken back.
      if (left.accounts.length > 0) expect(undone(world)).toEqual([])

      const next = await world.aka(`${CREATE} --no-wait`)
      expect(next).toMatchObject({exitCode: 0})
      const sight = await expectOneAddon(world)
      expect(sight.restarts).toBe(1)
      expect(sight.accounts).toEqual(expect.arrayContaining([...left.accounts]))
      expect(sight.numbers).toEqual(expect.arrayContaining([...left.numbers]))
    }),
  )
})

describe('a destroy that is interrupted while a change is under way ends with 130, and the next goes on at once', () => {
  it.concurrent.each(
    sample(
      writes.destroy.map((call) => [call.title, call] as const),
      6,
    ),
  )('%s', (_, call) =>
    inWorld(ready, async (world) => {
      const run = await interruptAt(world, DESTROY, call, 'SIGINT')
      if (run.exitCode === 0) expect(json(run)).toMatchObject({destroyed: true})
      else expectInterrupted(run)
      expect(await world.aka(`${DESTROY} --no-wait`)).toMatchObject({exitCode: 0})
      await expectNothing(world)
    }),
  )
})

describe('an interrupted run', () => {
  inTurn(it.concurrent)('ends at once at a second signal', () =>
    inWorld(undefined, async (world) => {
      const running = world.start(CREATE)
      const stopping = said(running, STOPPING)
      const interruptTwice = async (): Promise<void> => {
        running.child.kill('SIGINT')
        await stopping
        running.child.kill('SIGINT')
        await running.finished
        throw new NoAnswer('The caller is gone.', {sent: true})
      }
      const path = String.raw`^api\.twilio\.com/2010-04-01/Accounts\.json$`
      world.sandbox.faults.add({method: 'POST', path, when: 'after', do: {call: interruptTwice}})
      const run = await running.finished
      expect(run).toMatchObject({exitCode: 130, signal: null})
      expectNoStackTrace(run)

      // The request could still be under way: the app-space is held until the lease is over.
      expect(await world.aka(`${CREATE} --no-wait`)).toMatchObject({exitCode: 6})
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
      await expectOneAddon(world)
    }),
  )

  inTurn(it.concurrent)('does not wait for the run that holds the app-space', () =>
    inWorld(undefined, async (world) => {
      const gone = signal()
      const holder = world.start(CREATE)
      world.sandbox.faults.add({
        method: 'POST',
        path: 'IncomingPhoneNumbers',
        when: 'before',
        do: {call: () => gone.given},
      })
      await said(holder, /Buying/)
      const waiting = world.start(CREATE)
      await said(waiting, /waiting/)
      waiting.child.kill('SIGINT')
      const run = await waiting.finished
      gone.give()
      expectInterrupted(run)
      expectNoStackTrace(run)
      expect(await holder.finished).toMatchObject({exitCode: 0})
      await expectOneAddon(world)
    }),
  )

  inTurn(it.concurrent)('does not sit out the time between two tries', () =>
    inWorld(undefined, async (world) => {
      const headers = {'retry-after': '50'}
      const running = world.start('twilio:whoami --json')
      const answered = signal()
      world.sandbox.faults.add({method: 'GET', when: 'before', times: 9, do: {status: 429, headers}})
      world.sandbox.onExchange(() => answered.give())
      await answered.given
      running.child.kill('SIGINT')
      expectCancelled(await running.finished)
      expect(world.sandbox.requests).toHaveLength(1)
    }),
  )
})

describe('twilio:sandbox serves until it is interrupted, and ends with 0', () => {
  const serve = async (world: World, args = ''): Promise<Running & {readonly url: string}> => {
    const running = world.start(`twilio:sandbox --port 0 ${args}`)
    const url = await new Promise<string>((resolve, reject) => {
      let text = ''
      running.child.stderr?.on('data', (chunk: string) => {
        text += chunk
        const [, found] = /Serving on (http:\S+)/.exec(text) ?? []
        if (found !== undefined) resolve(found)
      })
      running.child.on('close', () => reject(new Error(`It stopped: ${text}`)))
    })
    return {...running, url}
  }

  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)('%s', (ending) =>
    inWorld(undefined, async (world) => {
      const {child, finished, url} = await serve(world, '--json')
      expect((await fetch(`${url}/account`, {headers: {authorization: 'Bearer x'}})).status).toBe(200)
      child.kill(ending)
      const run = await finished
      expect({...run, stdout: json(run)}).toMatchObject({exitCode: 0, signal: null, stdout: {url}})
      expectNoStackTrace(run)
    }),
  )

  inTurn(it.concurrent)('although somebody is connected who never asks for anything', () =>
    inWorld(undefined, async (world) => {
      const {child, finished, url} = await serve(world)
      const socket = await new Promise<Socket>((resolve) => {
        const opened = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(opened))
      })
      socket.on('error', () => undefined)
      // A whole exchange on another connection: by then the server has taken the first one, too.
      await fetch(`${url}/account`)
      child.kill('SIGINT')
      const tooLong = setTimeout(() => child.kill('SIGKILL'), 10_000)
      const run = await finished
      clearTimeout(tooLong)
      socket.destroy()
      expect(run).toMatchObject({exitCode: 0, signal: null})
    }),
  )
})
