import {describe, expect, it} from '@jest/globals'

import {bar, dayScale, sparkline} from '../../../src/cli/output/bars.js'

describe('a bar', () => {
  it.each([
    [0, '░░░░░░░░░░'],
    [0.01, '█░░░░░░░░░'],
    [9.99, '█░░░░░░░░░'],
    [20, '██░░░░░░░░'],
    [55, '█████░░░░░'],
    [99.99, '█████████░'],
    [100, '██████████'],
    [1234, '██████████'],
  ])('of %d%% is %s', (percent, drawn) => expect(bar(percent, 10)).toBe(drawn))
})

it('of nothing is an empty track, in no colour of its own', () => {
  const colors = {filled: (text: string) => `<${text}>`, track: (text: string) => `(${text})`}
  expect([0, 50, 100].map((percent) => bar(percent, 4, colors))).toEqual(['(░░░░)', '<██>(░░)', '<████>'])
})

describe('a chart of days', () => {
  it.each([
    [[0, 0, 0], '···'],
    [[1, 2, 4, 8], '▁▂▄█'],
    [[0, 1, 1000], '·▁█'],
    [[7], '█'],
    [[], ''],
  ])('of %j is %s', (days, drawn) => expect(sparkline(days)).toBe(drawn))

  it.each([
    [31, '1   5    10   15   20   25   30'],
    [29, '1   5    10   15   20   25'],
    [4, '1'],
  ])('has a scale for %d days', (days, drawn) => expect(dayScale(days)).toBe(drawn))
})
