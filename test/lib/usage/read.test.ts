import {describe, expect, it} from '@jest/globals'

import {readDays, readMetering} from '../../../src/lib/usage/read.js'

const month = {from: '2026-03-01', to: '2026-03-31'}
const readAt = new Date('2026-03-02T12:00:00Z')

/** What Twilio answers: the usage of each day that has a record, by category. */
function answering(usage: Readonly<Record<string, readonly (number | undefined)[]>>) {
  return async ({category}: {category: string}) => ({
    readAt,
    records: (usage[category] ?? []).map((amount, at) => {
      const day = `2026-03-0${at + 1}`
      return {period: {from: day, to: day}, usage: amount, price: 0, currency: 'usd', asOf: readAt}
    }),
  })
}

describe('what was used', () => {
  const known = {
    calls: [1, 2],
    sms: [0, 0],
    'wireless-usage-commands': [3, 0],
    'wireless-super-sim-smscommands': [4, 5],
  }

  it('is the sum of all categories of a kind', async () => {
    expect((await readMetering(answering(known), month)).used).toEqual({voice: 3, sms: 0, m2m: 12})
  })

  it.each([
    ['there is no record', {...known, sms: []}, {voice: 3, sms: null, m2m: 12}],
    ['one record has no amount', {...known, calls: [1, undefined]}, {voice: null, sms: 0, m2m: 12}],
    ['one category has no record', {...known, 'wireless-usage-commands': []}, {voice: 3, sms: 0, m2m: null}],
  ])('is unknown, not 0, where %s', async (_, usage, expected) => {
    expect((await readMetering(answering(usage), month)).used).toEqual(expected)
  })

  it('is unknown on the days without a record', async () => {
    const read = answering({...known, sms: [7]})
    expect(await readDays(read, await readMetering(read, month))).toEqual([
      {day: '2026-03-01', voice: 1, sms: 7, m2m: 7},
      {day: '2026-03-02', voice: 2, sms: null, m2m: 5},
    ])
  })
})
