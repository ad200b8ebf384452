import {mock} from 'node:test'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {tellingSlowAnswers} from '../../../src/lib/transport/slow-answers.js'
import type {HttpRequest, HttpResponse} from '../../../src/lib/transport/types.js'

const ask = (host = 'api.twilio.com'): HttpRequest => ({method: 'GET', url: `https://${host}/x`, headers: {}})
const answer: HttpResponse = {status: 200, headers: {}, body: '{}'}

function start() {
  const told: string[] = []
  const waiting: ((response: HttpResponse) => void)[] = []
  const send = tellingSlowAnswers(() => new Promise((resolve) => void waiting.push(resolve)), {
    tell: ({what}) => void told.push(what),
    tellEnd: (what) => void told.push(`end ${what}`),
  })
  return {told, send, answerNext: () => waiting.shift()?.(answer)}
}

describe('an answer that takes long', () => {
  beforeEach(() => mock.timers.enable({apis: ['setTimeout']}))
  afterEach(() => mock.timers.reset())

  it('is said to be waited for, and no longer when it is there', async () => {
    const {told, send, answerNext} = start()
    const sent = send(ask())
    mock.timers.tick(3999)
    expect(told).toEqual([])
    mock.timers.tick(1)
    expect(told).toEqual(['for api.twilio.com to answer'])
    answerNext()
    expect(await sent).toBe(answer)
    expect(told).toEqual(['for api.twilio.com to answer', 'end for api.twilio.com to answer'])
  })

  it('is announced once where several wait for the same host, and until the last has it', async () => {
    const {told, send, answerNext} = start()
    const sent = [send(ask()), send(ask()), send(ask('sync.twilio.com'))]
    mock.timers.tick(5000)
    expect(told).toEqual(['for api.twilio.com to answer', 'for sync.twilio.com to answer'])
    answerNext()
    await sent[0]
    expect(told).toHaveLength(2)
    answerNext()
    await sent[1]
    expect(told.at(-1)).toBe('end for api.twilio.com to answer')
    answerNext()
    await sent[2]
  })

  it('has the number of the try, from the second on', async () => {
    const {told, send, answerNext} = start()
    const request = ask()
    const first = send(request)
    answerNext()
    await first
    const second = send(request)
    mock.timers.tick(5000)
    answerNext()
    await second
    expect(told[0]).toBe('for api.twilio.com to answer, try 2')
  })

  it('is not told of one that comes soon, or fails soon', async () => {
    const {told, send, answerNext} = start()
    const soon = send(ask())
    answerNext()
    await soon
    const failing = tellingSlowAnswers(() => Promise.reject(new Error('lost')), {
      tell: ({what}) => void told.push(what),
    })
    await expect(failing(ask())).rejects.toThrow('lost')
    mock.timers.tick(60_000)
    expect(told).toEqual([])
  })
})
