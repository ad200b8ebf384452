import {beforeEach, describe, expect, it} from '@jest/globals'

import {isMissing} from '../../../src/lib/twilio/errors.js'
import {
  createItem,
  createMap,
  fetchItem,
  fetchServiceDate,
  listItems,
  mapExists,
  removeItem,
  updateItem,
} from '../../../src/lib/twilio/sync-map.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

const MAP = 'aka-twilio'

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
  await createMap(world.main, MAP)
})

describe('an item of a Sync Map', () => {
  it('keeps what was written, and says when, by Twilio’s clock', async () => {
    const created = await createItem(world.main, MAP, 'api-default', {plan: 'small'})
    await world.transport.sleep(3000)
    const read = await fetchItem(world.main, MAP, 'api-default')
    expect(read).toMatchObject({key: 'api-default', data: {plan: 'small'}, revision: created.revision})
    expect(Number(read.readAt) - Number(read.updatedAt)).toBe(3000)
  })

  it('may have a key that must be escaped in a URL', async () => {
    const key = 'api-default/ord-1?x#y z'
    await createItem(world.main, MAP, key, {})
    expect(await fetchItem(world.main, MAP, key)).toMatchObject({key})
  })

  it('is changed and removed only as it was read', async () => {
    const first = await createItem(world.main, MAP, 'k', {n: 1})
    const second = await updateItem(world.main, MAP, 'k', {n: 2}, first)
    expect(second.revision).not.toBe(first.revision)
    const stale = [updateItem(world.main, MAP, 'k', {n: 3}, first), removeItem(world.main, MAP, 'k', first)]
    for (const change of stale) await expect(change).rejects.toMatchObject({twilio: {code: 54205, status: 412}})
    await removeItem(world.main, MAP, 'k', second)
    expect(await fetchItem(world.main, MAP, 'k').catch(isMissing)).toBe(true)
  })

  it('is there once', async () => {
    await createItem(world.main, MAP, 'k', {})
    await expect(createItem(world.main, MAP, 'k', {})).rejects.toMatchObject({twilio: {code: 54208, status: 409}})
  })
})

describe('the items of a Sync Map', () => {
  it('are listed all, or those of a prefix and none behind them, over as many pages as there are', async () => {
    // More than one page holds, and neighbours on both sides of the prefix.
    const orders = Array.from({length: 120}, (_, number) => `api-default/ord-${String(number).padStart(3, '0')}`)
    const others = ['api', 'api-default', 'api-defaults', 'web-default']
    for (const key of [...others, ...orders]) await createItem(world.main, MAP, key, {})
    const keys = async (prefix?: string) => (await listItems(world.main, MAP, prefix)).map(({key}) => key)
    expect((await keys()).toSorted()).toEqual([...others, ...orders].toSorted())
    expect(await keys('api-default/')).toEqual(orders)
    expect(await keys('nothing/')).toEqual([])
  })
})

it('a Map is there, or not', async () => {
  expect(await mapExists(world.main, MAP)).toBe(true)
  expect(await mapExists(world.main, 'another')).toBe(false)
})

it("the service tells Twilio's clock", async () => {
  await world.sandbox.advanceClock(90)
  expect(await fetchServiceDate(world.main)).toEqual(new Date('2026-03-10T12:01:30Z'))
})
