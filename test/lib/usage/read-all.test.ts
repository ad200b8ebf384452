import {beforeEach, describe, expect, it} from '@jest/globals'

import {OrderBook} from '../../../src/lib/sims/order-book.js'
import {readAllRecords} from '../../../src/lib/usage/read-all.js'
import {addAddon, addNewer, type AddonInProcess, startAddonInProcess} from '../../support/in-process-addon.js'
import {order} from '../../support/sim-records.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})
const read = () => readAllRecords(world.context.registry)

async function addOrder(appSpace: string, name: string, day: number): Promise<void> {
  const book = new OrderBook(world.main, 'aka-twilio')
  const record = order({appSpace, order: name, createdAt: `2026-03-0${day}T12:00:00.000Z`})
  await book.create(record, Promise.resolve())
}

describe('all records', () => {
  it('are those of the add-ons, each with its own orders, oldest first', async () => {
    for (const appSpace of ['api-default', 'web-default']) await addAddon(world, appSpace)
    await addOrder('api-default', 'ord-a', 3)
    await addOrder('api-default', 'ord-b', 2)
    await addOrder('gone-default', 'ord-c', 1)
    const {entries} = await read()
    expect(entries.map(({record, orders}) => [record.appSpace, orders.map((each) => each.order)])).toEqual([
      ['api-default', ['ord-b', 'ord-a']],
      ['web-default', []],
    ])
  })

  it('come from one reading of the registry, and what another version wrote is named', async () => {
    await addAddon(world)
    await addOrder('api-default', 'ord-a', 1)
    await addNewer(world, 'newer')
    const from = world.sandbox.requests.length
    const {entries, unknown, items} = await read()
    expect(world.sandbox.requests).toHaveLength(from + 1)
    expect([entries.length, unknown]).toEqual([1, ['newer']])
    expect(items.map(({key}) => key).toSorted()).toEqual(['api-default', 'api-default/ord-a', 'newer'])
  })
})
