import {describe, expect, it} from '@jest/globals'

import {nearest} from '../../src/lib/nearest.js'

describe('what was meant', () => {
  const names = ['twilio:usage', 'twilio:usages-of-all', 'rotate', 'app', 'wait']

  it.each([
    ['is the shortest that begins so', 'twilio:us', 'twilio:usage'],
    ['is what is one slip away', 'ap', 'app'],
    ['is what is two slips away in a longer word', 'ratote', 'rotate'],
    ['is more slips away where the word is long', 'twilio:usages-of-xyz-', 'twilio:usages-of-all'],
    ['is one slip away in a short word', 'wailt', 'wait'],
  ])('%s', (_, typed, expected) => {
    expect(nearest(typed, names)).toBe(expected)
  })

  it.each([
    ['two slips in a short word', 'wxyt'],
    ['a word like no other', 'destroy'],
    ['one letter, which much begins with', 't'],
    ['nothing', ''],
  ])('is not guessed from %s', (_, typed) => {
    expect(nearest(typed, names)).toBeUndefined()
  })

  it('is nothing where there are no names', () => {
    expect(nearest('app', [])).toBeUndefined()
  })
})
