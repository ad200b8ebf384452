import {describe, expect, it} from '@jest/globals'

import {usKindOf} from '../../../src/lib/twilio/us-number.js'

describe('what US carriers take a number for', () => {
  it.each([
    ['+18015550100', 'local'],
    ['+17875550100', 'local'],
    ['+18335550100', 'toll-free'],
    ['+14165550100', 'foreign'],
    ['+18765550100', 'foreign'],
    ['+442079460100', 'foreign'],
  ])('%s: %s', (e164, kind) => expect(usKindOf(e164)).toBe(kind))
})
