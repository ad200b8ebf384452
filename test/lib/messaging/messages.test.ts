import {describe, expect, it} from '@jest/globals'

import {interrupted} from '../../../src/lib/errors.js'
import {checkText, followText, isFinal} from '../../../src/lib/messaging/messages.js'
import type {Sender} from '../../../src/lib/messaging/sender.js'
import type {Message} from '../../../src/lib/twilio/messages.js'
import {stopClock} from '../../support/clock.js'

describe('a text', () => {
  it('may have 1600 characters', () => {
    expect(() => checkText('x'.repeat(1600))).not.toThrow()
  })

  it.each([
    ['TEXT_EMPTY', '  \n'],
    ['TEXT_TOO_LONG', 'x'.repeat(1601)],
  ])('is refused as %s', (code, text) => {
    expect(() => checkText(text)).toThrow(expect.objectContaining({code, outcome: 'usage'}))
  })
})

it('a message has ended when nothing more can become of it', () => {
  const states = [
    'queued',
    'sending',
    'sent',
    'delivered',
    'read',
    'received',
    'failed',
    'undelivered',
    'canceled',
  ] as const
  expect(states.filter((status) => isFinal({status} as Message))).toEqual(states.slice(3))
})

describe('following a message', () => {
  const sent = {sid: 'SM1', to: '+14155550100', status: 'queued'} as Message

  /** To a message that has these states, one after the other; the last one for ever. */
  function sender(...states: readonly {status: string; errorCode?: number; errorMessage?: string}[]): Sender {
    const left = [...states]
    const fetch = async () => ({...sent, ...(left.length > 1 ? left.shift() : left[0])})
    const api = {v2010: {account: {messages: () => ({fetch})}}}
    return {twilio: {transport: stopClock(), api: async () => api}} as unknown as Sender
  }

  it('ends when it is delivered', async () => {
    expect(await followText(sender({status: 'sent'}, {status: 'delivered'}), sent)).toMatchObject({status: 'delivered'})
  })

  it('gives it as it is after two minutes: not everybody confirms', async () => {
    expect(await followText(sender({status: 'sent'}), sent)).toMatchObject({status: 'sent'})
  })

  it('names it, and Twilio’s logs, where it cannot be followed', async () => {
    const api = {v2010: {account: {messages: () => ({fetch: () => Promise.reject(interrupted())})}}}
    const broken = {twilio: {transport: stopClock(), api: async () => api}} as unknown as Sender
    await expect(followText(broken, sent)).rejects.toMatchObject({
      message: expect.stringMatching(/^SM1 to \+14155550100 was sent /),
      suggestions: [expect.stringMatching(/look at https/)],
    })
  })

  it.each([
    [
      {errorCode: 30003},
      {
        code: 'RECIPIENT_UNREACHABLE',
        message: /^SM1 to \+14155550100: undelivered\. .*out of reach.*\(Twilio error 30003\)$/,
      },
    ],
    [
      {errorCode: 39999, errorMessage: 'Solar flare'},
      {code: 'MESSAGE_NOT_DELIVERED', message: /Solar flare \(Twilio error 39999\)/},
    ],
    [{}, {code: 'MESSAGE_NOT_DELIVERED', message: /Twilio gives no reason/}],
  ])('is exit 1 with the reason when it was not delivered: %j', async (why, {code, message}) => {
    await expect(followText(sender({status: 'undelivered', ...why}), sent)).rejects.toMatchObject({
      code,
      outcome: 'refused',
      message: expect.stringMatching(message),
      suggestions: [expect.any(String)],
    })
  })
})
