import {describe, expect, it} from '@jest/globals'

import type {ListedAddon} from '../../../src/lib/addon/document.js'
import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {isSelective, type Selection, selectsRecord, sorted, stateOf} from '../../../src/lib/addon/selection.js'

const day = 86_400_000
const record = {
  appSpace: 'api-dev',
  plan: 'small',
  createdAt: new Date(Date.now() - 10 * day).toISOString(),
  labels: {team: 'web'},
} as unknown as AddonRecord
const selects = (selection: Selection, changes: Partial<AddonRecord> = {}) =>
  selectsRecord(selection)({...record, ...changes})

describe('a selection of add-ons', () => {
  it.each([
    ['api-*', true],
    ['*-dev', true],
    ['api-de?', true],
    ['api', false],
    ['api-d?', false],
    ['a.i-dev', false],
    ['(api|web)-dev', false],
  ])('by the pattern %s: %s', (filter, isSelected) => expect(selects({filter})).toBe(isSelected))

  it('is by plan, by age and by every label together', () => {
    expect(selects({plan: 'small'})).toBe(true)
    expect(selects({plan: 'large'})).toBe(false)
    expect(selects({olderThanMs: 9 * day})).toBe(true)
    expect(selects({olderThanMs: 11 * day})).toBe(false)
    const isWeb: NonNullable<Selection['labels']>[number] = (labels) => labels?.team === 'web'
    const hasCost: typeof isWeb = (labels) => labels?.cost !== undefined
    expect(selects({labels: [isWeb]})).toBe(true)
    expect(selects({labels: [isWeb, hasCost]})).toBe(false)
  })

  it('is of all where nothing is asked for', () => {
    expect(selects({})).toBe(true)
    expect(isSelective({filter: undefined})).toBe(false)
    expect(isSelective({state: 'ready'})).toBe(true)
  })
})

describe('a list of add-ons', () => {
  const listed = (appSpace: string, changes: Partial<ListedAddon> = {}) =>
    ({
      appSpace,
      plan: 'small',
      state: 'ready',
      condition: null,
      createdAt: '2026-01-02',
      rotatedAt: null,
      ...changes,
    }) as ListedAddon
  const names = (addons: readonly ListedAddon[], by: Parameters<typeof sorted>[1]) =>
    sorted(addons, by).map(({appSpace}) => appSpace)

  it('shows what was done outside of this tool, else the state', () => {
    expect(stateOf({condition: 'vars missing', state: 'ready'})).toBe('vars-missing')
    expect(stateOf({condition: null, state: 'ready'})).toBe('ready')
  })

  it('is sorted by what is asked for, then by name; a token of unknown age may be the oldest', () => {
    const b = listed('b', {plan: 'large', rotatedAt: '2026-03-01'})
    const a = listed('a', {createdAt: '2026-01-03', rotatedAt: '2026-02-01'})
    const c = listed('c', {createdAt: '2026-01-01', condition: 'closed'})
    expect(names([b, c, a], 'name')).toEqual(['a', 'b', 'c'])
    expect(names([b, c, a], 'age')).toEqual(['c', 'b', 'a'])
    expect(names([b, c, a], 'token-age')).toEqual(['c', 'a', 'b'])
    expect(names([b, c, a], 'plan')).toEqual(['b', 'a', 'c'])
    expect(names([b, c, a], 'state')).toEqual(['c', 'a', 'b'])
  })
})
