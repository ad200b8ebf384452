import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {type Finished, json, type World} from '../support/cli.js'
import {CREATE, expectNoStackTrace, inWorld, stateAfter} from '../support/faults.js'
import {book, card, expectTidy, holding, ORDER, REGISTER, stocked, tallyOf} from '../support/sims.js'

const ready = await stateAfter(CREATE, 'addons:create twilio:small -a web-default --json')
const noStock = stocked(ready, 0)

/** Each in a process and with a home of its own. */
function atOnce(world: World, commands: readonly string[]): Promise<Finished[]> {
  return world.akaAtOnce(commands, (at) => ({env: {HOME: join(world.home, String(at))}}))
}

/** Done, refused by the plan, or told in a sentence to run it again. */
function expectClearAnswer(run: Finished): void {
  expectNoStackTrace(run)
  expect([0, 3, 6, 7]).toContain(run.exitCode)
  if (run.exitCode === 0) return
  const {message, suggestions} = json(run).error as {message: string; suggestions: string[]}
  expect(message).toMatch(/^[A-Z].*\.$|^Another run/i)
  expect(suggestions.length).toBeGreaterThan(0)
}

const total = async (world: World): Promise<number> => {
  const {held, onOrder} = await tallyOf(world)
  return Number(held) + Number(onOrder)
}

describe('twenty orders of one app-space at once', () => {
  it('of three cards each never pass the limit of 40, and each gets a clear answer', () =>
    inWorld(noStock, async (world) => {
      const runs = await atOnce(world, Array<string>(20).fill(`${ORDER} --quantity 3 --new`))
      runs.forEach(expectClearAnswer)
      const {orders, reservations} = await book(world)
      const placed = runs.filter(({exitCode}) => exitCode === 0)
      expect(await total(world)).toBe(3 * placed.length)
      expect(placed).toHaveLength(13)
      expect(runs.filter(({exitCode}) => exitCode === 3)).toHaveLength(7)
      expect(orders.map(({order}) => order).toSorted()).toEqual(placed.map((run) => json(run).order).toSorted())
      expect(Object.keys(reservations)).toHaveLength(13)
      expectTidy(await book(world))
    }))

  it('of cards and eSIM profiles never pass it either', () =>
    inWorld(holding(stocked(ready, 2), 30), async (world) => {
      const both = [`${ORDER} --quantity 2 --new`, `${ORDER} --esim --quantity 2 --new`]
      const runs = await atOnce(world, [...both, ...both, ...both, ...both])
      runs.forEach(expectClearAnswer)
      const placed = runs.filter(({exitCode}) => exitCode === 0)
      const now = await book(world)
      expect(await total(world)).toBe(30 + 2 * placed.length)
      expect(await total(world)).toBeLessThanOrEqual(40)
      expect(now.profiles).toHaveLength(2 * now.orders.filter(({kind}) => kind === 'esim').length)
      expectTidy(now)
    }))

  it('of which none is on purpose a second one each end in an order, or say why not', () =>
    inWorld(noStock, async (world) => {
      const runs = await atOnce(world, Array<string>(6).fill(`${ORDER} --quantity 10`))
      runs.forEach(expectClearAnswer)
      expect(await total(world)).toBe(10 * (await book(world)).orders.length)
      expect(await total(world)).toBeLessThanOrEqual(40)
      expectTidy(await book(world))
    }))
})

describe('two app-spaces that order from the same stock at once', () => {
  it('never share a card', () =>
    inWorld(stocked(ready, 4), async (world) => {
      const order = (app: string) => `twilio:sims:order -a ${app} --quantity 3 --yes --json`
      const runs = await atOnce(world, [order('api-default'), order('web-default')])
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0])
      const [api, web] = [await book(world), await book(world, 'web-default')]
      const cards = [...api.orders, ...web.orders].flatMap(({stock}) => stock)
      expect(new Set(cards).size).toBe(4)
      expect(cards).toHaveLength(4)
      for (const {orders, sims} of [api, web])
        expect(sims.map(({sid}) => sid).toSorted()).toEqual(orders.flatMap(({stock}) => stock).toSorted())
      expectTidy(api)
      expectTidy(web)
    }))
})

describe('registrations at once', () => {
  it('of different cards count each once, and complete the order', () =>
    inWorld(noStock, async (world) => {
      expect(await world.aka(`${ORDER} --quantity 4`)).toMatchObject({exitCode: 0})
      const runs = await atOnce(
        world,
        [1, 2, 3, 4].map((number) => `${REGISTER} ${card(number).iccid} --code ${card(number).code} --json`),
      )
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 0])
      expect((await book(world)).orders).toMatchObject([{state: 'complete', quantity: 4}])
      expect(await tallyOf(world)).toEqual({held: 4, onOrder: 0})
      expectTidy(await book(world))
    }))

  it('of one card register it once', () =>
    inWorld(noStock, async (world) => {
      const runs = await atOnce(
        world,
        Array<string>(3).fill(`${REGISTER} ${card(1).iccid} --code ${card(1).code} --json`),
      )
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0, 0])
      expect((await book(world)).sims).toHaveLength(1)
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 0})
      expectTidy(await book(world))
    }))
})
