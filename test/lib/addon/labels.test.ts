import {describe, expect, it} from '@jest/globals'

import {labelsInWords, parseLabelFilter, parseLabels, withLabels} from '../../../src/lib/addon/labels.js'

describe('labels', () => {
  it('are given one by one or with commas; of one key the last counts', () => {
    expect(parseLabels(['team=payments, env=dev', 'env=prod'])).toEqual({team: 'payments', env: 'prod'})
    expect(parseLabels(['url=https://a.example.com/?x=1'])).toEqual({url: 'https://a.example.com/?x=1'})
  })

  it.each(['team', '=x', '1team=x', 'te am=x', 'team=', `team=${'x'.repeat(64)}`, 'team=a\u0007'])(
    '%j is none',
    (text) => {
      expect(() => parseLabels([text])).toThrow('is not a label')
    },
  )

  it('are removed by an empty value, and are not too many', () => {
    expect(parseLabels(['team='], {mayRemove: true})).toEqual({team: ''})
    expect(withLabels({team: 'a', env: 'b'}, {team: '', owner: 'c'})).toEqual({env: 'b', owner: 'c'})
    const many = Object.fromEntries(Array.from({length: 33}, (_, at) => [`k${at}`, 'x']))
    expect(() => withLabels({}, many)).toThrow('32 labels, not 33')
  })

  it('are written in the order of their keys', () => {
    expect(labelsInWords({team: 'payments', env: 'prod'})).toBe('env=prod, team=payments')
  })

  it.each([
    ['team=payments', true],
    ['team=pay', false],
    ['team', true],
    ['env', false],
    ['env=', true],
  ])('the filter %s', (text, expected) => {
    expect(parseLabelFilter(text)({team: 'payments'})).toBe(expected)
  })
})
