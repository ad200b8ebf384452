import {describe, expect, it} from '@jest/globals'

import {Lease} from '../../../src/lib/registry/lease.js'
import {assignCards, placesIn, settled, settleOrders, takesCards} from '../../../src/lib/sims/card-orders.js'
import {type NewOrder, orderStates} from '../../../src/lib/sims/order.js'
import {OrderBook} from '../../../src/lib/sims/order-book.js'
import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {readLedger, reserveRoom} from '../../../src/lib/sims/reserve.js'
import {type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'
import {order, sim} from '../../support/sim-records.js'
import {card} from '../../support/sims.js'

describe('an order', () => {
  it('takes cards while it waits for some', () => {
    expect(orderStates.filter((state) => takesCards(order({state})))).toEqual([
      'waiting',
      'ordered',
      'shipped',
      'delivered',
    ])
    expect(takesCards(order({kind: 'esim', state: 'ordered'}))).toBe(false)
  })

  it('has a place for each card that did not come yet', () => {
    expect(placesIn(order({quantity: 5, stock: ['HS1'], iccids: ['8988', '8989']}))).toBe(2)
    expect(placesIn(order({quantity: 1, stock: ['HS1'], iccids: ['8988']}))).toBe(0)
  })
})

describe('after a registration an order', () => {
  const [one, two] = [sim(1), sim(2)]
  const bought = order({quantity: 2, iccids: [one.iccid, two.iccid], seller: 'administrator'})
  const after = (record: typeof bought, held: (typeof one)[], refused: string[] = [], others: (typeof bought)[] = []) =>
    settled(record, {refused, holdings: {sims: held, profiles: []}, orders: [record, ...others]})

  it('is complete when everything has arrived', () => {
    expect(after(bought, [one, two])).toEqual({quantity: 2, iccids: bought.iccids, state: 'complete'})
  })

  it('waits again for a card that was refused', () => {
    expect(after(bought, [one], [two.iccid])).toEqual({quantity: 2, iccids: [one.iccid]})
  })

  it('keeps a card that may have been registered', () => {
    expect(after(bought, [one])).toEqual({quantity: 2, iccids: bought.iccids})
  })

  it('leaves a card to the order for which another run registered it', () => {
    const other = order({order: 'ord-b', state: 'complete', iccids: [two.iccid]})
    expect(after(bought, [one, two], [], [other])).toEqual({quantity: 2, iccids: [one.iccid]})
  })

  it('for cards from elsewhere waits for nothing but these', () => {
    const {seller, ...own} = bought
    expect(after(own, [one], [two.iccid])).toEqual({quantity: 1, iccids: [one.iccid], state: 'complete'})
    expect(after(own, [], bought.iccids.slice())).toEqual({quantity: 0, iccids: [], state: 'cancelled'})
  })
})

async function waiting(world: SimsInProcess, quantity: number, about: Partial<NewOrder> = {}): Promise<string> {
  const lease = await createOrder(world.sims, {
    kind: 'card',
    quantity,
    state: 'waiting',
    seller: 'administrator',
    ...about,
  })
  await reserveRoom(world.sims, lease)
  await lease.release()
  return lease.record.order
}

describe('cards are written into', () => {
  const assign = async (world: SimsInProcess, numbers: number[], only?: string) => {
    const leases = await assignCards(world.sims, await readLedger(world.sims), {cards: numbers.map(card), order: only})
    return leases.map(({record}) => [record.order, record.iccids])
  }

  it('the orders that wait, the oldest first, and what is left over into a new one', async () => {
    const world = await startSimsInProcess()
    const [first, second] = [await waiting(world, 2), await waiting(world, 1)]
    expect(await assign(world, [1, 2, 3, 4])).toEqual([
      [first, [card(1).iccid, card(2).iccid]],
      [second, [card(3).iccid]],
      [expect.stringMatching(/^ord-/), [card(4).iccid]],
    ])
  })

  it('the order that is named, or none', async () => {
    const world = await startSimsInProcess()
    await waiting(world, 2)
    const second = await waiting(world, 1)
    expect(await assign(world, [1], second)).toEqual([[second, [card(1).iccid]]])
    await expect(assign(world, [2, 3], second)).rejects.toMatchObject({
      code: 'TOO_MANY_CARDS',
      message: `Order ${second} waits for 0 of these 2 cards; nothing was registered.`,
    })
  })

  it('the order that an interrupted registration had chosen', async () => {
    const world = await startSimsInProcess()
    await waiting(world, 1)
    const second = await waiting(world, 1, {iccids: [card(1).iccid]})
    expect(await assign(world, [1])).toEqual([[second, [card(1).iccid]]])
  })

  it('none where there is no room: exit 3, and nothing is left of it', async () => {
    const world = await startSimsInProcess()
    const order = await waiting(world, 38)
    const before = await world.book()
    await expect(
      assign(
        world,
        Array.from({length: 41}, (_, at) => at + 1),
      ),
    ).rejects.toMatchObject({outcome: 'plan'})
    expect(await world.book()).toMatchObject({
      orders: [{order, iccids: []}],
      reservations: before.reservations,
      held: [],
    })
  })
})

it('the orders are free in the end, whatever happens', async () => {
  const world = await startSimsInProcess()
  await waiting(world, 1)
  const leases = await assignCards(world.sims, await readLedger(world.sims), {cards: [card(1)], order: undefined})
  world.sandbox.faults.add({path: 'supersim', when: 'before', times: 99, do: {status: 503}})
  await expect(settleOrders(world.sims, leases, [])).rejects.toMatchObject({outcome: 'temporary'})
  expect(await world.book()).toMatchObject({orders: [{iccids: [card(1).iccid]}], held: []})
})

it('an order that another run took over is that run’s, and the others are completed', async () => {
  const world = await startSimsInProcess()
  const [first, second] = [await waiting(world, 1), await waiting(world, 1)]
  const cards = [card(1), card(2)]
  const leases = await assignCards(world.sims, await readLedger(world.sims), {cards, order: undefined})
  const rival = new OrderBook(world.main, world.sims.registry.name)
  const entry = await rival.read(`api-default/${first}`)
  if (entry) await Lease.take(rival, entry)
  await settleOrders(world.sims, leases, [])
  const {held, orders} = await world.book()
  expect([held, orders.map(({order: each}) => each)]).toEqual([[`api-default/${first}`], [first, second]])
})

it('no room is reserved for an order that another run completed meanwhile', async () => {
  const world = await startSimsInProcess()
  const lease = await createOrder(world.sims, {kind: 'card', quantity: 1, state: 'open'})
  const rival = new OrderBook(world.main, world.sims.registry.name)
  const entry = await rival.read(lease.key)
  if (entry) await rival.update(entry, {...entry.record, state: 'complete'})
  await reserveRoom(world.sims, lease)
  expect((await world.book()).reservations).toEqual({})
})
