import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {UnknownOutcome} from '../../../src/lib/errors.js'
import {backoff, defaultPolicy, retryAfterMs, retrying, type RetryPolicy} from '../../../src/lib/transport/retry.js'
import {type HttpRequest, type HttpResponse, NoAnswer} from '../../../src/lib/transport/types.js'

type Step = number | 'lost' | 'unsent' | 'silent proxy'

/** A server that gives these answers, the last one for ever; and how long the caller slept between tries. */
function play(
  steps: readonly Step[],
  method: HttpRequest['method'],
  headers: Record<string, string> = {},
  url = 'https://api.twilio.com/x',
) {
  const slept: number[] = []
  let sent = 0
  const policy: RetryPolicy = {...defaultPolicy, random: () => 1, sleep: async (ms) => void slept.push(ms)}
  const send = retrying(async (): Promise<HttpResponse> => {
    const step = steps[Math.min(sent, steps.length - 1)] ?? 200
    sent += 1
    if (step === 'lost') throw new NoAnswer('lost', {sent: true})
    if (step === 'unsent') throw new NoAnswer('unsent', {sent: false})
    if (step === 'silent proxy') throw new NoAnswer('silent', {sent: false, mostTries: 2})
    return {status: step, headers: step === 429 || step === 503 ? headers : {}, body: '{}'}
  }, policy)
  const result = send({method, url, headers: {}}).then(
    ({status}) => status,
    (error: unknown) => error,
  )
  return result.then((outcome) => ({outcome, sent, slept}))
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const

describe('repeating requests', () => {
  it.each(METHODS)(
    'repeats a %s that was refused with 429 or never left, for it was never processed',
    async (method) => {
      expect(await play([429, 'unsent', 429, 200], method)).toMatchObject({outcome: 200, sent: 4})
    },
  )

  it.each(['GET', 'DELETE'] as const)('repeats a %s after a lost answer or a failure of the server', async (method) => {
    expect(await play(['lost', 500, 503, 200], method)).toMatchObject({outcome: 200, sent: 4})
  })

  it.each(['POST', 'PATCH'] as const)('never repeats a %s whose outcome is not known', async (method) => {
    for (const step of ['lost', 500, 502, 503, 504] as const) {
      const {outcome, sent} = await play([step, 200], method)
      expect(sent).toBe(1)
      expect(outcome).toBeInstanceOf(UnknownOutcome)
    }
    const {outcome, sent} = await play([429, 'unsent', 'lost', 200], method)
    expect({sent, unknown: outcome instanceof UnknownOutcome}).toEqual({sent: 3, unknown: true})
  })

  it.each(METHODS)('repeats a %s no more often than helps', async (method) => {
    expect(await play(['silent proxy'], method)).toMatchObject({outcome: {code: 'SERVICE_UNAVAILABLE'}, sent: 2})
    expect(await play(['silent proxy', 200], method)).toMatchObject({outcome: 200, sent: 2})
  })

  it('gives every answer that is one to the caller, without a second try', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({min: 200, max: 499}).filter((status) => status !== 429),
        fc.constantFrom(...METHODS),
        async (status, method) => {
          expect(await play([status], method)).toEqual({outcome: status, sent: 1, slept: []})
        },
      ),
    ))

  it('gives up in the end, with "temporary" (exit 7), and says how to fix it', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom<Step>(429, 500, 503, 'lost', 'unsent'), async (step) => {
        const {outcome, sent, slept} = await play([step], 'GET')
        expect(outcome).toMatchObject({outcome: 'temporary', exitCode: 7})
        expect((outcome as {suggestions: string[]}).suggestions).not.toEqual([])
        if (step !== 429) expect(sent).toBeLessThanOrEqual(5)
        expect(slept.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(120_000 + defaultPolicy.maxDelayMs)
      }),
    ))

  it.each([
    ['api.twilio.com', true],
    ['supersim.twilio.com', true],
    ['supersim.api.korewireless.com', false],
    ['apps.twilio.com.example.com', false],
    ['127.0.0.1:8080', false],
  ])('leads to the status page of whoever does not answer, where there is one: %s', async (host, isTwilios) => {
    const {outcome} = await play([503], 'GET', {}, `https://${host}/x`)
    const {suggestions} = outcome as {suggestions: readonly string[]}
    expect(suggestions.includes('See https://status.twilio.com')).toBe(isTwilios)
    expect(suggestions).toContainEqual(expect.stringContaining('run the same command again'))
  })

  it('waits for its turn for two minutes, after however many tries: others are at work, too', async () => {
    expect(await play([...Array<429>(15).fill(429), 200], 'POST')).toMatchObject({outcome: 200, sent: 16})
    expect(await play([...Array<429>(30).fill(429), 200], 'POST')).toMatchObject({outcome: {exitCode: 7}})
  })

  it('waits as long as Retry-After says, and not for ever', async () => {
    const waited = await play([429, 200], 'POST', {'retry-after': '7'})
    expect(waited).toMatchObject({outcome: 200, sent: 2})
    // And a little jitter, so that not all who were told the same come back together.
    expect(waited.slept[0]).toBeGreaterThanOrEqual(7000)
    expect(waited.slept[0]).toBeLessThanOrEqual(7000 + defaultPolicy.firstDelayMs)
    const {outcome, slept} = await play([429, 200], 'POST', {'retry-after': '86400'})
    expect({outcome, slept}).toMatchObject({outcome: {outcome: 'temporary'}, slept: []})
  })

  it('says to run fewer commands, with no status page, after 429', async () => {
    const {outcome} = await play([429], 'POST', {'retry-after': '86400'})
    expect(outcome).toMatchObject({
      message: 'api.twilio.com answered 429: too many requests at once.',
      suggestions: [
        expect.stringContaining('run the same command again'),
        'Run fewer commands at the same time. api.twilio.com asks to wait 86,400 seconds.',
      ],
    })
    const {outcome: repeated} = await play([429], 'POST')
    expect(repeated).toMatchObject({suggestions: [expect.any(String), 'Run fewer commands at the same time.']})
  })

  it('reads seconds and dates of Retry-After, and nothing else', () => {
    const now = Date.UTC(2026, 0, 1)
    expect(retryAfterMs('3', now)).toBe(3000)
    expect(retryAfterMs('0', now)).toBe(0)
    expect(retryAfterMs('-3', now)).toBe(0)
    expect(retryAfterMs(new Date(now + 5000).toUTCString(), now)).toBe(5000)
    expect(retryAfterMs(new Date(now - 5000).toUTCString(), now)).toBe(0)
    for (const text of [undefined, '', ' ', 'soon', 'NaN', 'Infinity']) expect(retryAfterMs(text, now)).toBeUndefined()
  })

  it('waits between nothing and a cap that doubles until it is large enough', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 200}), fc.double({min: 0, max: 1, noNaN: true}), (retry, random) => {
        const policy: RetryPolicy = {...defaultPolicy, random: () => random, sleep: async () => undefined}
        const cap = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (retry - 1))
        expect(backoff(retry, policy)).toBeCloseTo(random * cap)
      }),
    )
  })
})
