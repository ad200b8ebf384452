import {describe, expect, it} from '@jest/globals'

import {followCall, isFinal, twimlOf} from '../../../src/lib/messaging/calls.js'
import type {Sender} from '../../../src/lib/messaging/sender.js'
import type {Call} from '../../../src/lib/twilio/calls.js'
import {stopClock} from '../../support/clock.js'

describe('what a call says', () => {
  it('is TwiML in which nothing of the text is a tag', async () => {
    expect(await twimlOf('Tom & "Jerry" </Say><Hangup/>', {})).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Tom &amp; "Jerry" &lt;/Say&gt;&lt;Hangup/&gt;</Say></Response>',
    )
  })

  it('is said in a voice and a language', async () => {
    expect(await twimlOf('hello', {voice: 'Polly.Joanna', language: 'en-GB'})).toContain(
      '<Say voice="Polly.Joanna" language="en-GB">hello</Say>',
    )
  })

  it('has no control characters, which XML does not allow', async () => {
    expect(await twimlOf('he\u0007llo\u001B[31m', {})).toContain('<Say>hello</Say>')
  })

  it.each([
    ['TEXT_EMPTY', ' \u0000 '],
    ['TEXT_TOO_LONG', '&'.repeat(800)],
  ])('is refused as %s', async (code, text) => {
    await expect(twimlOf(text, {})).rejects.toMatchObject({code, outcome: 'usage'})
  })
})

it('a call has ended when nothing more can become of it', () => {
  const states = ['queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled'] as const
  expect(states.filter((status) => isFinal({status} as Call))).toEqual(states.slice(3))
})

describe('following a call', () => {
  const placed = {sid: 'CA1', to: '+14155550100', status: 'queued'} as Call

  /** To a call that has these states, one after the other; the last one for ever. */
  function sender(...states: readonly string[]): Sender {
    const left = [...states]
    const fetch = async () => ({...placed, status: left.length > 1 ? left.shift() : left[0], duration: '7'})
    const api = {v2010: {account: {calls: () => ({fetch})}}}
    return {twilio: {transport: stopClock(), api: async () => api}} as unknown as Sender
  }

  it('ends when it is over', async () => {
    const call = await followCall(sender('ringing', 'in-progress', 'completed'), placed)
    expect(call).toMatchObject({status: 'completed', duration: 7})
  })

  it('gives it as it is after ten minutes', async () => {
    expect(await followCall(sender('in-progress'), placed)).toMatchObject({status: 'in-progress'})
  })

  it.each([
    ['busy', 'CALL_BUSY'],
    ['no-answer', 'CALL_NO_ANSWER'],
    ['failed', 'CALL_FAILED'],
    ['canceled', 'CALL_CANCELED'],
  ])('is exit 1 when nobody was reached: %s', async (status, code) => {
    await expect(followCall(sender(status), placed)).rejects.toMatchObject({code, outcome: 'refused'})
  })
})
