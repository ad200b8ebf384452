import {describe, expect, it} from '@jest/globals'

import type {Message} from '../../../src/sandbox/state/types/messaging.js'
import {messageStatus, messageUsage} from '../../../src/sandbox/world/messages.js'

const message = (fields: Partial<Message> = {}): Message => ({
  sid: 'SM1',
  accountSid: 'AC1',
  from: null,
  messagingServiceSid: null,
  to: '+14155550100',
  body: 'hello',
  mediaCount: 0,
  createdAt: 0,
  updatedAt: 0,
  ...fields,
})

it('costs by the segment, or as one MMS', () => {
  expect(messageUsage(message({body: 'x'.repeat(161)}))).toEqual({category: 'sms-outbound', usage: 2, price: 0.0166})
  expect(messageUsage(message({body: 'x'.repeat(161), mediaCount: 3}))).toEqual({
    category: 'mms-outbound',
    usage: 1,
    price: 0.022,
  })
})

describe('the status of a message', () => {
  it.each([
    ['+14155550100', 'delivered'],
    ['+14155550000', 'undelivered'],
  ])('to %s ends as %s', (to, end) => {
    const statuses = [0, 999, 1000, 1999, 2000].map((ms) => messageStatus(message({to}), ms).status)
    expect(statuses).toEqual(['queued', 'queued', 'sent', 'sent', end])
  })
})
