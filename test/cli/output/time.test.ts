import {describe, expect, it} from '@jest/globals'

import {age, dayTitle, minute, monthTitle} from '../../../src/cli/output/time.js'

describe('time for a person', () => {
  it('is in UTC, whatever the time zone of the machine', () => {
    expect(monthTitle({from: '2026-03-01'})).toBe('March 2026')
    expect(dayTitle('2026-03-01')).toBe('1 Mar')
    expect(dayTitle('2026-03-01T23:30:00.000Z')).toBe('1 Mar')
    expect(minute('2026-03-01T00:05:59Z')).toBe('2026-03-01 00:05 UTC')
  })

  it.each([
    ['2026-03-04T12:00:00Z', 'now'],
    ['2026-03-04T11:59:01Z', 'now'],
    ['2026-03-04T11:59:00Z', '1 minute'],
    ['2026-03-04T10:00:00Z', '2 hours'],
    ['2026-03-03T12:00:00Z', '1 day'],
    ['2023-03-04T12:00:00Z', '1,096 days'],
    // The clock of the machine may be behind Twilio's.
    ['2026-03-04T12:00:30Z', 'now'],
  ])('%s is so long ago: %s', (since, expected) => expect(age(since, new Date('2026-03-04T12:00:00Z'))).toBe(expected))
})
