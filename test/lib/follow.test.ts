import {describe, expect, it} from '@jest/globals'

import {interrupted, temporary} from '../../src/lib/errors.js'
import {followSent} from '../../src/lib/follow.js'
import type {Pacing} from '../../src/lib/poll.js'
import {stopClock} from '../support/clock.js'

const sent = {sid: 'SM1', status: 'queued'}

/** Follows what has these states one after the other, the last one for ever, or until asking for it fails. */
function follow(states: readonly (string | Error)[], pacing: Pacing = stopClock()) {
  const asked: string[] = []
  const following = followSent(pacing, sent, {
    async refresh({sid, status}) {
      asked.push(status)
      const next = states[Math.min(asked.length, states.length) - 1] ?? status
      if (next instanceof Error) throw next
      return {sid, status: next}
    },
    isFinal: ({status}) => status === 'delivered',
    usualMs: 120_000,
    fact: 'SM1 to +14155550100 was sent',
    seeAt: 'https://example.com/logs',
  })
  return {following, asked}
}

describe('what was sent', () => {
  it('is asked for until it has ended, each time from what was known of it', async () => {
    const {following, asked} = follow(['sending', 'sent', 'delivered', 'never'])
    expect(await following).toEqual({sid: 'SM1', status: 'delivered'})
    expect(asked).toEqual(['queued', 'sending', 'sent'])
  })

  it('is given as it is when its usual time is over, or when the time is that a person allows', async () => {
    const waitedMs = async (limits: Partial<Pacing>) => {
      const pacing = {...stopClock(), ...limits}
      expect(await follow(['sent'], pacing).following).toEqual({sid: 'SM1', status: 'sent'})
      return pacing.now()
    }
    const [usual, allowed] = [await waitedMs({}), await waitedMs({longestWaitMs: 300_000})]
    expect([Math.round(usual / 10_000), Math.round(allowed / 10_000)]).toEqual([12, 30])
  })

  it('is waited for by its name', async () => {
    const told: string[] = []
    await follow(['sent', 'delivered'], {...stopClock(), tell: ({what}) => told.push(what)}).following
    expect(told).toEqual(['for SM1'])
  })
})

describe('that it was sent, and how far it was, is said where it cannot be followed because', () => {
  it.each([
    [
      'Twilio does not answer',
      temporary('SERVICE_UNAVAILABLE', 'api.twilio.com answered 500, 5 times in a row.'),
      'api.twilio.com answered 500, 5 times in a row',
    ],
    ['a person stops it', interrupted(), 'interrupted'],
  ])('%s', async (_, failure, why) => {
    await expect(follow(['sending', failure]).following).rejects.toMatchObject({
      code: failure.code,
      exitCode: failure.exitCode,
      message: `SM1 to +14155550100 was sent (sending), but its outcome is not known: ${why}.`,
      suggestions: ['Do not repeat it; look at https://example.com/logs'],
    })
  })
})

it('a mistake in the code is reported as what it is', async () => {
  const mistake = new TypeError('a mistake in the code')
  await expect(follow([mistake]).following).rejects.toBe(mistake)
})
