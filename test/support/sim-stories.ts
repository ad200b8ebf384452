import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect} from '@jest/globals'
import pLimit from 'p-limit'

import type {State} from '../../src/sandbox/sandbox.js'
import type {World} from './cli.js'
import {CREATE, inWorld, stateAfter, stateFrom} from './faults.js'
import {sample} from './runs.js'
import {type Seller, startSeller} from './seller.js'
import {book, bookOf, card, csv, expectTidy, ORDER, REGISTER, stocked} from './sims.js'

/** A command that changes an app-space's SIMs, and what must be true in the end, however it went. */
export interface SimStory {
  readonly command: string
  readonly from: State
  readonly prepare?: (world: World, seller: Seller) => Promise<unknown>
  readonly end: (world: World, seller: Seller) => Promise<void>
}

const ready = await stateAfter(CREATE)
const noStock = stocked(ready, 0)
const oneWaits = await stateFrom(noStock, `${ORDER} --quantity 1`)
const twoWait = await stateFrom(noStock, `${ORDER} --quantity 2`)
const oneCame = await stateFrom(twoWait, `${REGISTER} ${card(1).iccid} --code ${card(1).code}`)
const released = bookOf(oneCame).sims[0]?.sid ?? ''

/** One order, which holds what it says, and counts what it lacks. */
async function expectOneOrder(
  world: World,
  {quantity, state, held, cards}: {quantity: number; state: string; held: number; cards: number},
): Promise<void> {
  const now = await book(world)
  const sids = now.sims.map(({sid}) => sid)
  expect(now.orders).toMatchObject([{quantity, state}])
  const [order] = now.orders
  const got = order?.kind === 'esim' ? now.profiles.map(({simSid}) => simSid) : order?.stock
  expect(sids.toSorted()).toEqual(got?.toSorted())
  expect(sids).toHaveLength(held)
  expect(order?.profiles.toSorted()).toEqual(now.profiles.map(({sid}) => sid).toSorted())
  expect(now.stock.length + now.sims.length).toBe(cards)
  expect(now.reservations).toEqual(held < quantity ? {[order?.order ?? '']: quantity} : {})
  expectTidy(now)
}

export const simStories = {
  stock: {
    command: `${ORDER} --quantity 2`,
    from: stocked(ready, 3),
    end: (world) => expectOneOrder(world, {quantity: 2, state: 'complete', held: 2, cards: 3}),
  },
  administrator: {
    command: `${ORDER} --quantity 2`,
    from: stocked(ready, 1),
    end: (world) => expectOneOrder(world, {quantity: 2, state: 'waiting', held: 1, cards: 1}),
  },
  endpoint: {
    command: `${ORDER} --quantity 2`,
    from: noStock,
    prepare: (world, {url}) => world.aka(`twilio:settings set sim-order-url ${url}`),
    async end(world, {sold}) {
      await expectOneOrder(world, {quantity: 2, state: 'ordered', held: 0, cards: 0})
      const [order] = (await book(world)).orders
      expect([...sold]).toEqual([[order?.order, 2]])
    },
  },
  esim: {
    command: `${ORDER} --esim --quantity 2`,
    from: noStock,
    end: (world) => expectOneOrder(world, {quantity: 2, state: 'complete', held: 2, cards: 2}),
  },
  register: {
    command: `${REGISTER} --file cards.csv --json`,
    from: oneWaits,
    prepare: ({home}) => writeFile(join(home, 'cards.csv'), csv(1, 2)),
    async end(world) {
      const now = await book(world)
      expect(now.sims.map(({iccid}) => iccid).toSorted()).toEqual([card(1).iccid, card(2).iccid])
      expect(now.sims.map(({uniqueName}) => uniqueName).toSorted()).toEqual([
        'api-default-000001',
        'api-default-000002',
      ])
      expect(now.orders).toMatchObject([
        {quantity: 1, state: 'complete', iccids: [card(1).iccid]},
        {quantity: 1, state: 'complete', iccids: [card(2).iccid]},
      ])
      expect(now.reservations).toEqual({})
      expectTidy(now)
    },
  },
  release: {
    command: `twilio:sims:release -a api-default ${released} --json`,
    from: oneCame,
    async end(world) {
      const now = await book(world)
      expect(now.sims).toEqual([])
      expect(now.stock.map(({sid}) => sid)).toEqual([released])
      expect(now.orders).toMatchObject([{quantity: 1, state: 'waiting', iccids: []}])
      expectTidy(now)
    },
  },
} satisfies Record<string, SimStory>

/**
 * In `npm test`, one of the orders and one of the others: to learn what may happen to one takes as long as several cases of it.
 */
export function storiesInTurn(): readonly (readonly [string, SimStory])[] {
  const all = Object.entries<SimStory>(simStories)
  const isOrder = ([, {command}]: (typeof all)[number]): boolean => command.startsWith(ORDER)
  return [
    ...sample(all.filter(isOrder), 4),
    ...sample(
      all.filter((each) => !isOrder(each)),
      2,
    ),
  ]
}

/** Each at once is a process more, which takes longer to start than most commands. */
const fewAtOnce = pLimit(8)

/** Lets something happen in a world of the story that is in this state, with an ordering endpoint of its own. */
export function inStory(
  {prepare}: SimStory,
  state: State,
  happens: (world: World, seller: Seller) => Promise<void>,
): Promise<void> {
  return fewAtOnce(async () => {
    const seller = await startSeller()
    try {
      await inWorld(state, async (world) => {
        await prepare?.(world, seller)
        await happens(world, seller)
      })
    } finally {
      await seller.close()
    }
  })
}

/** The same for what is only to be watched. */
export async function watched<Result>(
  {prepare}: SimStory,
  watch: (prepare: ((world: World) => Promise<unknown>) | undefined) => Promise<Result>,
): Promise<Result> {
  const seller = await startSeller()
  try {
    return await watch(prepare && ((world) => prepare(world, seller)))
  } finally {
    await seller.close()
  }
}
