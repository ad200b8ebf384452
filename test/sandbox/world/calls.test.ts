import {expect, it} from '@jest/globals'

import {callStatus, callUsage} from '../../../src/sandbox/world/calls.js'

const call = (to: string) => ({
  sid: 'CA1',
  accountSid: 'AC1',
  from: '+15005550006',
  to,
  phoneNumberSid: null,
  createdAt: 0,
  updatedAt: 0,
})

it.each([
  ['+14155550100', ['queued', 'ringing', 'in-progress', 'in-progress', 'completed'], [0, 1]],
  ['+14155550000', ['queued', 'ringing', 'ringing', 'ringing', 'no-answer'], [0, 0]],
])('a call to %s goes through %j, and has used %j minutes before and after its end', (to, statuses, minutes) => {
  expect([0, 500, 1000, 2999, 3000].map((ms) => callStatus(call(to), ms).status)).toEqual(statuses)
  expect([2999, 3000].map((ms) => callUsage(call(to), ms).usage)).toEqual(minutes)
})

it('costs by the started minute', () => {
  expect(callUsage(call('+14155550100'), 3000)).toEqual({category: 'calls-outbound', usage: 1, price: 0.014})
})
