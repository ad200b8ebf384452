import {describe, expect, it} from '@jest/globals'

import type {LongWait} from '../../../src/lib/poll.js'
import {createTransport} from '../../../src/lib/transport/transport.js'
import type {HttpRequest} from '../../../src/lib/transport/types.js'

const request: HttpRequest = {method: 'GET', url: 'https://api.twilio.com/x', headers: {}}

/** A transport to a server that is overloaded so many times; `Retry-After: 0` keeps the waits short. */
function transportTo(overloaded: number) {
  const stop = new AbortController()
  let sent = 0
  const transport = createTransport({
    signal: stop.signal,
    send: async () => {
      sent += 1
      return {status: sent <= overloaded ? 429 : 200, headers: {'retry-after': '0'}, body: '{}'}
    },
  })
  return {transport, stop, sent: () => sent}
}

describe('a sender', () => {
  it('asks before each single try, and what that throws keeps the request from being sent', async () => {
    const {transport, sent} = transportTo(9)
    let asked = 0
    const beforeEachTry = () => {
      asked += 1
      if (asked === 2) throw new Error('no time left')
    }
    await expect(transport.sender({beforeEachTry})(request)).rejects.toThrow('no time left')
    expect(sent()).toBe(1)
  })

  it('tries once what is not worth waiting for', async () => {
    const {transport, sent} = transportTo(1)
    await expect(transport.sender({once: true})(request)).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE'})
    expect(sent()).toBe(1)
    expect(await transport.sender({once: true})(request)).toMatchObject({status: 200})
  })

  it('sends nothing after Ctrl-C, but for tidying up, and that again where it is put off', async () => {
    const {transport, stop, sent} = transportTo(2)
    stop.abort()
    await expect(transport.sender()(request)).rejects.toMatchObject({exitCode: 130})
    expect(sent()).toBe(0)
    expect(await transport.sender({evenIfInterrupted: true})(request)).toMatchObject({status: 200})
  })
})

it('speaks of resuming only once something may have been changed', async () => {
  const transport = createTransport({
    signal: new AbortController().signal,
    send: async ({method}) => ({status: method === 'GET' ? 503 : 201, headers: {}, body: '{}'}),
    wait: async () => undefined,
  })
  const send = transport.sender()
  const advice = (text: string) => ({suggestions: expect.arrayContaining([expect.stringContaining(text)])})
  await expect(send(request)).rejects.toMatchObject(advice('Run the same command again later.'))
  await send({...request, method: 'POST'})
  await expect(send(request)).rejects.toMatchObject(advice('Nothing was rolled back: run the same command again later'))
})

describe('tidying up', () => {
  /** Retries until the server has refused so often, or Ctrl-C was pressed so many milliseconds ago. */
  async function tidyUp({refusals, abortAtMs = Infinity}: {refusals: number; abortAtMs?: number}) {
    const stop = new AbortController()
    let [sent, waitedMs] = [0, 0]
    const transport = createTransport({
      signal: stop.signal,
      send: async () => ({status: (sent += 1) <= refusals ? 429 : 200, headers: {}, body: '{}'}),
      async wait(milliseconds) {
        waitedMs += milliseconds
        if (waitedMs >= abortAtMs) stop.abort()
      },
    })
    const outcome = await transport
      .sender({evenIfInterrupted: true})(request)
      .catch((error: unknown) => error)
    return {outcome, waitedMs}
  }

  it('is as patient as all else: what others need to know is written although many write', async () => {
    expect(await tidyUp({refusals: 15})).toMatchObject({outcome: {status: 200}})
  })

  it('is short once Ctrl-C is pressed, but not left out', async () => {
    const {outcome, waitedMs} = await tidyUp({refusals: 99, abortAtMs: 5000})
    expect(outcome).toMatchObject({exitCode: 7})
    expect(waitedMs).toBeLessThan(5000 + 8000 + 6000)
    expect(await tidyUp({refusals: 1, abortAtMs: 0})).toMatchObject({outcome: {status: 200}})
  })
})

it('a pause is shorter than what it grows to, ends at Ctrl-C, and its clock shows how long it took', async () => {
  const {transport, stop} = transportTo(0)
  const before = transport.now()
  await transport.pause(1)
  expect(transport.now() - before).toBeGreaterThan(100)
  const long = transport.pause(9)
  stop.abort()
  await expect(long).rejects.toMatchObject({exitCode: 130})
})

it('that is put off says for how long in all, and ends when a person said', async () => {
  const told: LongWait[] = []
  let sent = 0
  const transport = createTransport({
    signal: new AbortController().signal,
    send: async () => {
      sent += 1
      return {status: 429, headers: {'retry-after': '3'}, body: '{}'}
    },
    wait: async () => undefined,
    tell: (wait) => void told.push(wait),
    longestWaitMs: 10_000,
  })
  await expect(transport.sender()(request)).rejects.toMatchObject({exitCode: 7})
  expect(sent).toBeLessThan(7)
  expect(told.map(({waitedMs}) => waitedMs)).toEqual([...told].map(({waitedMs}) => waitedMs).sort((a, b) => a - b))
  expect(told[0]?.waitedMs).toBeGreaterThanOrEqual(3000)
  expect(new Set(told.map(({timeoutMs}) => timeoutMs))).toContain(10_000)
})
