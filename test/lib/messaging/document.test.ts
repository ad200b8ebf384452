import {expect, it} from '@jest/globals'

import {callDocument, messageDocument} from '../../../src/lib/messaging/document.js'
import type {Call} from '../../../src/lib/twilio/calls.js'
import type {Message} from '../../../src/lib/twilio/messages.js'

const ends = {from: '+18015550100', to: '+14155550100'}

it.each([
  ['sent', false],
  ['delivered', true],
] as const)(
  'a message that is %s is shown with its ends and segments, but not its text; final: %s',
  (status, final) => {
    const message: Message = {
      ...ends,
      sid: 'SM1',
      body: 'the text',
      status,
      segments: 2,
      errorCode: undefined,
      errorMessage: undefined,
    }
    expect(messageDocument('api-default', message)).toEqual({
      ...ends,
      appSpace: 'api-default',
      message: 'SM1',
      status,
      final,
      segments: 2,
    })
  },
)

it.each([
  ['in-progress', undefined, false, null],
  ['completed', 0, true, 0],
  ['completed', 61, true, 61],
] as const)(
  'a call that is %s for %s s has its duration once it is over; final: %s',
  (status, duration, final, shown) => {
    const call: Call = {...ends, sid: 'CA1', status, duration}
    expect(callDocument('api-default', call)).toEqual({
      ...ends,
      appSpace: 'api-default',
      call: 'CA1',
      status,
      final,
      durationSeconds: shown,
    })
  },
)
