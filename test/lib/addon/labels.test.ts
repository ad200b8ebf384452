import {describe, expect, it} from '@jest/globals'

import {labelsInWords, parseLabelFilter, parseLabels, withLabels} from '../../../src/lib/addon/labels.js'
import {previewLabels, setLabels} from '../../../src/lib/lifecycle/set-labels.js'
import {APP, startReadyAddon} from '../../support/in-process-addon.js'

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

it('are set and removed, those that are not named stay, and nothing is written where they are so already', async () => {
  const world = await startReadyAddon()
  const set = async (changes: Record<string, string>) => setLabels(world.context, {appSpace: APP, changes})
  expect(await set({team: 'payments', env: 'dev'})).toMatchObject({changed: true})
  expect(await previewLabels(world.context, {appSpace: APP, changes: {env: ''}})).toMatchObject({
    dryRun: true,
    labels: {team: 'payments'},
    changed: true,
  })
  expect(await set({env: ''})).toEqual({appSpace: APP, labels: {team: 'payments'}, changed: true})
  const sofar = world.sandbox.requests.length
  expect(await set({team: 'payments'})).toMatchObject({changed: false})
  expect(world.sandbox.requests.slice(sofar).filter(({method}) => method !== 'GET')).toEqual([])
  expect(await world.record()).toMatchObject({state: 'ready', labels: {team: 'payments'}})
  expect((await world.record())?.lease).toBeUndefined()
})
