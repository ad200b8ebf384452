import {expect} from '@jest/globals'

import type {Reservation} from '../../src/lib/addon/record.js'
import type {OrderRecord} from '../../src/lib/sims/order.js'
import {compareText} from '../../src/lib/text.js'
import type {State} from '../../src/sandbox/sandbox.js'
import {addCard} from '../../src/sandbox/server/cards.js'
import type {SuperSim} from '../../src/sandbox/state/types/sims.js'
import type {World} from './cli.js'
import {PAST_THE_LEASE} from './faults.js'

export const ORDER = 'twilio:sims:order -a api-default --yes --json'
export const REGISTER = 'twilio:sims:register -a api-default'

/** A card in somebody's hands. */
export function card(number: number): {iccid: string; code: string} {
  return {iccid: `8988307000${String(number).padStart(10, '0')}`, code: 'H3LL0W0RLD'}
}

/** Such cards as a file has them. */
export function csv(...numbers: number[]): string {
  return numbers.map((number) => `${card(number).iccid},${card(number).code}\n`).join('')
}

/** Twilio knows no card with this code. */
export const WRONG_CODE = '0000000000'

/** The state with something changed about it. */
export function but(state: State, change: (copy: State) => void): State {
  const copy = structuredClone(state)
  change(copy)
  return copy
}

/** As it is when every lease has run out. */
export const later = (state: State): State => but(state, (copy) => void (copy.clockOffsetMs += PAST_THE_LEASE * 1000))

/** With so many cards in the main account's stock. */
export function stocked(state: State, cards: number): State {
  return but(state, (copy) => {
    copy.superSims = copy.superSims.filter(({accountSid}) => accountSid !== copy.mainAccountSid)
    for (let count = 0; count < cards; count++) addCard(copy, 0, 'supersim')
  })
}

/** With so many SIMs more in the app-space's subaccount, which nobody ordered. */
export function holding(state: State, sims: number): State {
  return but(state, (copy) => {
    const accountSid = copy.accounts.find(({sid}) => sid !== copy.mainAccountSid)?.sid ?? ''
    for (let count = 0; count < sims; count++) {
      const {sid} = addCard(copy, 0, 'supersim')
      Object.assign(copy.superSims.find((sim) => sim.sid === sid) ?? {}, {accountSid})
    }
  })
}

/** Everything about an app-space's SIMs: what the registry says, and what there is. */
export interface Book {
  /** Oldest first. */
  readonly orders: readonly OrderRecord[]
  /** What is reserved for each order. */
  readonly reservations: Readonly<Record<string, number>>
  readonly sims: readonly SuperSim[]
  readonly stock: readonly SuperSim[]
  readonly profiles: State['eSimProfiles']
  /** Keys of the registry's items that a run holds. */
  readonly held: readonly string[]
}

export function book({sandbox}: Pick<World, 'sandbox'>, appSpace = 'api-default'): Promise<Book> {
  return sandbox.read((state) => structuredClone(bookOf(state, appSpace)))
}

export function bookOf(
  {syncMaps, superSims, fleets, eSimProfiles, mainAccountSid}: State,
  appSpace = 'api-default',
): Book {
  const items = syncMaps.flatMap((map) => Object.entries(map.items)).map(([key, {data}]) => [key, data] as const)
  const addon = items.find(([key]) => key === appSpace)?.[1] as {accountSid: string; reservations: Reservation[]}
  const orders = items.filter(([key]) => key.startsWith(`${appSpace}/`)).map(([, data]) => data as OrderRecord)
  // At KORE all are in one account, and each app-space's in a fleet of its own.
  const fleetOf = ({fleetSid}: SuperSim) => fleets.find(({sid}) => sid === fleetSid)?.uniqueName ?? ''
  const isFleetOf = (name: string) => name.startsWith(`${appSpace}-aka-twilio-`)
  const isInStock = (sim: SuperSim) =>
    sim.accountSid === mainAccountSid &&
    !/-aka-twilio-\w/.test(fleetOf(sim)) &&
    !eSimProfiles.some(({simSid}) => simSid === sim.sid)
  return {
    orders: orders.toSorted((a, b) => compareText(a.createdAt, b.createdAt)),
    reservations: Object.fromEntries(addon.reservations.map(({order, quantity}) => [order, quantity])),
    sims: superSims.filter((sim) => sim.accountSid === addon.accountSid || isFleetOf(fleetOf(sim))),
    stock: superSims.filter(isInStock),
    profiles: eSimProfiles.filter(({accountSid}) => [addon.accountSid, mainAccountSid].includes(accountSid)),
    held: items.filter(([, data]) => (data as {lease?: unknown}).lease !== undefined).map(([key]) => key),
  }
}

/** The orders, each as far as the test is about it. */
export async function ordersOf(world: World): Promise<unknown[]> {
  const {orders} = await book(world)
  return orders.map(({quantity, state, stock, profiles, iccids}) => ({
    quantity,
    state,
    stock: stock.length,
    profiles: profiles.length,
    iccids: iccids.length,
  }))
}

/** Held and on order, as the command says. */
export async function tallyOf(world: World): Promise<{held: unknown; onOrder: unknown}> {
  const run = await world.aka('twilio:sims -a api-default --json')
  expect(run).toMatchObject({exitCode: 0})
  const {held, onOrder} = JSON.parse(run.stdout) as {held: unknown; onOrder: unknown}
  return {held, onOrder}
}

/** Nobody holds anything, and what is reserved stands for something. */
export function expectTidy({orders, reservations, held}: Book): void {
  // Who takes cards from stock next takes the lock over, whoever died with it.
  expect(held.filter((key) => key !== 'stock/cards')).toEqual([])
  const waiting = orders.filter(({state}) => !['complete', 'cancelled'].includes(state)).map(({order}) => order)
  expect(waiting).toEqual(expect.arrayContaining(Object.keys(reservations)))
}
