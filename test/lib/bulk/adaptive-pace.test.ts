import {mock} from 'node:test'
import {setImmediate} from 'node:timers/promises'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {adaptivePace} from '../../../src/lib/bulk/adaptive-pace.js'
import type {HttpRequest, HttpResponse} from '../../../src/lib/transport/types.js'

const ok: HttpResponse = {status: 200, headers: {}, body: '{}'}
const limited: HttpResponse = {status: 429, headers: {'retry-after': '5'}, body: '{}'}
const account: HttpRequest = {method: 'GET', url: 'https://api.twilio.com/2010-04-01/Accounts/AC1.json', headers: {}}
const item: HttpRequest = {method: 'POST', url: 'https://sync.twilio.com/v1/Services/default/Maps/M/Items', headers: {}}

describe('how much is done at once', () => {
  it('grows by one with as many fast answers as there are requests under way, up to the ceiling', () => {
    const pace = adaptivePace({ceiling: 6})
    expect(pace.limit.concurrency).toBe(4)
    for (let answers = 0; answers < 5; answers++) pace.answered(ok, 50)
    expect(pace.limit.concurrency).toBe(5)
    for (let answers = 0; answers < 100; answers++) pace.answered(ok, 50)
    expect(pace.limit.concurrency).toBe(6)
  })

  it('does not grow while answers take much longer than they could', () => {
    const pace = adaptivePace({ceiling: 50})
    pace.answered(ok, 50)
    for (let answers = 0; answers < 100; answers++) pace.answered(ok, 500)
    expect(pace.limit.concurrency).toBe(4)
  })

  it('is halved by a 429, once for all that were refused together, and never ends', () => {
    let now = 0
    const pace = adaptivePace({ceiling: 50, now: () => now})
    for (let refusals = 0; refusals < 4; refusals++) pace.answered(limited, 20)
    expect(pace.limit.concurrency).toBe(2)
    for (now = 1000; now < 10_000; now += 1000) pace.answered(limited, 20)
    expect(pace.limit.concurrency).toBe(1)
  })
})

describe('a request', () => {
  it('is held back until the Retry-After of any other is over', async () => {
    let now = 1000
    const pace = adaptivePace({ceiling: 50, now: () => now})
    pace.answered(limited, 20)
    now += 2000
    const waits: number[] = []
    await pace.turn(account, async (milliseconds) => void waits.push(milliseconds))
    expect(waits).toEqual([3000])
  })
})

/** Whoever is woken goes on. */
async function pass(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds)
  await setImmediate()
}

describe('the registry', () => {
  beforeEach(() => mock.timers.enable({apis: ['Date', 'setTimeout']}))
  afterEach(() => mock.timers.reset())

  it('gets at most 20 reads and 20 writes in any second, and nobody else is held back', async () => {
    const pace = adaptivePace({ceiling: 200})
    const sleep = async () => undefined
    const sent = {write: 0, read: 0, other: 0}
    for (let requests = 0; requests < 50; requests++) {
      void pace.turn(item, sleep).then(() => (sent.write += 1))
      void pace.turn({...item, method: 'GET'}, sleep).then(() => (sent.read += 1))
      void pace.turn(account, sleep).then(() => (sent.other += 1))
    }
    const secondBySecond = []
    for (let second = 0; second < 3; second++) {
      await pass(999)
      secondBySecond.push({...sent})
      await pass(1)
    }
    expect(secondBySecond.map(({write}) => write)).toEqual([20, 40, 50])
    expect(secondBySecond.map(({read}) => read)).toEqual([20, 40, 50])
    expect(secondBySecond[0]?.other).toBe(50)
  })
})
