import {beforeAll, describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../src/lib/addon/context.js'
import {requireEntry} from '../../src/lib/addon/info.js'
import {changePlan} from '../../src/lib/lifecycle/change-plan.js'
import {provision} from '../../src/lib/lifecycle/create/provision.js'
import {createRequest} from '../../src/lib/lifecycle/create/request.js'
import {destroy} from '../../src/lib/lifecycle/destroy/destroy.js'
import {rotate} from '../../src/lib/lifecycle/rotate.js'
import {openSims} from '../../src/lib/sims/context.js'
import {placeOrder} from '../../src/lib/sims/place-order.js'
import type {State} from '../../src/sandbox/sandbox.js'
import {type Crowd, type Limits, startCrowd} from '../support/crowd.js'
import {inTurn, isFull} from '../support/runs.js'
import {bookOf, stocked} from '../support/sims.js'
import {leasesIn} from './sight.js'

const APP = 'api-default'
/** What Twilio is known to take at once, or less. */
const NARROW = {concurrent: 10, perSecond: 20}

const many = <Each>(count: number, each: Each): Each[] => Array.from({length: count}, () => each)
const named = (count: number): string[] => Array.from({length: count}, (_, index) => `app${index}-default`)

const create = (appSpace: string) => (context: AddonContext) => {
  const asked = {appSpace, plan: 'twilio:small', number: {}, force: false, keepOnFailure: false}
  return provision(context, createRequest(asked, 'US'))
}
const remove = (context: AddonContext) => destroy(context, {appSpace: APP, keepNumber: false})
const rotation = (context: AddonContext) => rotate(context, {appSpace: APP, graceSeconds: 0})
const plan = (to: 'small' | 'large') => async (context: AddonContext) =>
  changePlan(context, await requireEntry(context, APP), to)
const order = (quantity: number) => async (context: AddonContext) => {
  const {context: sims} = await openSims(context, APP)
  const placed = await placeOrder(sims, {
    kind: 'card',
    quantity,
    eids: [],
    address: undefined,
    seller: undefined,
    follow: true,
  })
  await placed.release({isReported: true})
}

const stateOf = ({sandbox}: Crowd): Promise<State> => sandbox.read((state) => structuredClone(state))

/** Why those failed that did. */
const failures = (runs: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  runs.flatMap((run) =>
    run.status === 'rejected' ? [((run.reason as {code?: unknown}).code ?? run.reason) as unknown] : [],
  )

/** Each app-space has one subaccount, one number and right config vars, written once, and nothing else is anywhere. */
async function expectOneEach(crowd: Crowd, apps: readonly string[], {restarts = 1} = {}): Promise<void> {
  const state = await stateOf(crowd)
  const accounts = state.accounts.filter(({sid, status}) => sid !== state.mainAccountSid && status !== 'closed')
  const bought = new Map(state.incomingNumbers.map(({accountSid, phoneNumber}) => [accountSid, phoneNumber]))
  expect([accounts.length, bought.size, state.incomingNumbers.length]).toEqual(many(3, apps.length))
  const vars = apps.map((app) => state.apps[app]?.configVars)
  const right = vars.map((each) => accounts.find(({sid}) => sid === each?.TWILIO_SID))
  expect(new Set(right).size).toBe(apps.length)
  expect(vars).toEqual(
    right.map((account) => ({
      TWILIO_SID: account?.sid,
      TWILIO_AUTH_TOKEN: account?.authToken,
      TWILIO_PHONE_NUMBER: bought.get(account?.sid ?? ''),
    })),
  )
  expect(apps.filter((app) => (state.apps[app]?.restarts ?? 0) > restarts)).toEqual([])
  // What was destroyed meanwhile is kept for the invoices.
  const items = Object.entries(state.syncMaps[0]?.items ?? {}).filter(([key]) => !key.includes('/destroyed-'))
  expect(items.map(([key, {data}]) => [key, (data as {state: string}).state]).toSorted()).toEqual(
    apps.map((app) => [app, 'ready']).toSorted(),
  )
  expect(leasesIn(state)).toEqual([])
}

let ready: State
let large: State
beforeAll(async () => {
  const crowd = await startCrowd()
  expect(failures(await crowd.run(create(APP)))).toEqual([])
  ready = stocked(await stateOf(crowd), 0)
  expect(failures(await crowd.run(plan('large')))).toEqual([])
  large = stocked(await stateOf(crowd), 0)
})

type Case = [takes: string, Limits | undefined]
const plenty: Case = ['as much as is wanted', undefined]
const little: Case = ['10 calls at once, and 20 reads and writes of the registry a second', NARROW]

// Who is first is drawn by lot, so the full run repeats both. In the usual one the narrow case stands for both: it has the same races,
// and refusals as well.
describe.each(isFull ? many(3, [plenty, little]).flat() : [little])('where Twilio takes %s', (_, limits) => {
  const count = limits ? 40 : 20

  inTurn(it)(
    `${count} creates of different app-spaces make an add-on each, and take few numbers from each other`,
    async () => {
      const crowd = await startCrowd({limits})
      const apps = named(count)
      expect(failures(await crowd.run(...apps.map(create)))).toEqual([])
      await expectOneEach(crowd, apps)
      const purchases = crowd.sandbox.requests.filter(
        ({method, path}) => method === 'POST' && path.endsWith('/IncomingPhoneNumbers.json'),
      )
      expect(purchases.filter(({status}) => status !== 201).length).toBeLessThan(count / 2)
      expect(crowd.limited > 0).toBe(limits !== undefined)
    },
  )

  inTurn(it)(`${count} creates of one app-space make one add-on`, async () => {
    const crowd = await startCrowd({limits})
    const runs = await crowd.run(...many(count, create(APP)))
    expect(failures(runs)).toEqual([])
    expect(runs.filter((run) => run.status === 'fulfilled' && run.value.created)).toHaveLength(1)
    await expectOneEach(crowd, [APP])
  })

  inTurn(it)('creates beside destroys end with all of an add-on or nothing of it', async () => {
    const crowd = await startCrowd({limits, from: ready})
    const runs = await crowd.run<unknown>(...many(count / 2, [create(APP), remove]).flat())
    expect(failures(runs).filter((code) => code !== 'DESTROY_UNFINISHED')).toEqual([])
    const {accounts, mainAccountSid} = await stateOf(crowd)
    const isThere = accounts.some(({sid, status}) => sid !== mainAccountSid && status !== 'closed')
    await expectOneEach(crowd, isThere ? [APP] : [], {restarts: 2 * count + 1})
  })

  inTurn(it)('upgrades beside orders: each order that is placed is within the plan', async () => {
    const crowd = await startCrowd({limits, from: ready})
    const runs = await crowd.run<unknown>(...many(count / 2, [plan('large'), order(10)]).flat())
    expect(failures(runs).filter((code) => code !== 'SIM_LIMIT_EXCEEDED')).toEqual([])
    await expectOrders(crowd, 'large', runs)
  })

  inTurn(it)('downgrades beside orders: whichever is first decides', async () => {
    const crowd = await startCrowd({limits, from: large})
    const runs = await crowd.run<unknown>(...many(count / 2, [order(15), plan('small')]).flat())
    expect(failures(runs).filter((code) => code !== 'SIM_LIMIT_EXCEEDED')).toEqual([])
    await expectOrders(crowd, undefined, runs)
  })

  inTurn(it)('rotations at once leave one token, which the app has', async () => {
    const crowd = await startCrowd({limits, from: ready})
    expect(failures(await crowd.run(...many(isFull ? count : 4, rotation)))).toEqual([])
    await expectOneEach(crowd, [APP], {restarts: Infinity})
    expect((await stateOf(crowd)).secondaryTokens).toEqual([])
  })
})

/** What was ordered is what the runs say, and no more than the plan allows. */
async function expectOrders(
  crowd: Crowd,
  expected: string | undefined,
  runs: readonly PromiseSettledResult<unknown>[],
): Promise<void> {
  const state = await stateOf(crowd)
  const {plan: now} = state.syncMaps[0]?.items[APP]?.data as {plan: 'small' | 'large'}
  if (expected !== undefined) expect(now).toBe(expected)
  const {orders, reservations, held} = bookOf(state)
  const placed = orders.reduce((sum, {quantity}) => sum + quantity, 0)
  expect(placed).toBeLessThanOrEqual({small: 40, large: 160}[now])
  expect(Object.values(reservations).reduce((sum, each) => sum + each, 0)).toBe(placed)
  expect(orders).toHaveLength(runs.filter((run) => run.status === 'fulfilled' && run.value === undefined).length)
  expect(held.filter((key) => key !== 'stock/cards')).toEqual([])
}
