import {describe, expect, it} from '@jest/globals'

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

  it('sends nothing after Ctrl-C, but for tidying up, and that again where it is put off', async () => {
    const {transport, stop, sent} = transportTo(2)
    stop.abort()
    await expect(transport.sender()(request)).rejects.toMatchObject({exitCode: 130})
    expect(sent()).toBe(0)
    expect(await transport.sender({evenIfInterrupted: true})(request)).toMatchObject({status: 200})
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
