import {beforeAll, describe, expect, it} from '@jest/globals'

import type {NumberOptions} from '../../../src/lib/addon/number-options.js'
import {findCandidates} from '../../../src/lib/number/search.js'
import {searchNumbers} from '../../../src/lib/twilio/available-numbers.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

const options: NumberOptions = {country: 'US', type: 'local', areaCode: '801'}

describe('candidates for a number', () => {
  let world: InProcess
  beforeAll(async () => void (world = await startInProcess()))

  it('are twenty of those on sale, in an order of the app-space', async () => {
    const onSale = (await searchNumbers(world.main, {...options, areaCode: '801', withoutAddress: true})).map(
      ({e164}) => e164,
    )
    const orders = await Promise.all(
      ['one-dev', 'two-dev', 'one-dev'].map(async (appSpace) => findCandidates(world.main, options, appSpace)),
    )
    const [one, two, again] = orders.map(({numbers}) => numbers)
    expect(onSale.length).toBeGreaterThan(20)
    for (const each of [one, two]) {
      expect(each).toHaveLength(20)
      expect(onSale).toEqual(expect.arrayContaining([...(each ?? [])]))
    }
    expect(again).toEqual(one)
    expect(two).not.toEqual(one)
  })

  it('begin differently for most app-spaces, so that creates at the same time rarely try the same number', async () => {
    const spaces = Array.from({length: 20}, (_, index) => `space-${index}`)
    const first = await Promise.all(
      spaces.map(async (appSpace) => (await findCandidates(world.main, options, appSpace)).numbers[0]),
    )
    expect(new Set(first).size).toBeGreaterThan(12)
  })

  it('are just the number that was asked for', async () => {
    expect(await findCandidates(world.main, {...options, phoneNumber: '+18015550100'}, 'one-dev')).toEqual({
      numbers: ['+18015550100'],
    })
  })

  it('are none where nothing is on sale, with area codes that have some', async () => {
    await expect(findCandidates(world.main, {...options, areaCode: '533'}, 'one-dev')).rejects.toMatchObject({
      code: 'NO_NUMBERS_AVAILABLE',
      suggestions: [expect.stringContaining('--area-code'), expect.stringContaining('--any-area')],
    })
    const elsewhere = await findCandidates(world.main, {...options, areaCode: '533', anyArea: true}, 'one-dev')
    expect(elsewhere.numbers.length).toBeGreaterThan(0)
  })
})
