import {expect, it} from '@jest/globals'
import fc from 'fast-check'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {type PlanName, planNames, plans} from '../../../src/lib/addon/plans.js'
import {Failure} from '../../../src/lib/errors.js'
import {changeOrder} from '../../../src/lib/sims/change-order.js'
import {openSims, type SimContext} from '../../../src/lib/sims/context.js'
import type {OrderRecord} from '../../../src/lib/sims/order.js'
import {findUnfinished} from '../../../src/lib/sims/place-order.js'
import {registerCards} from '../../../src/lib/sims/register.js'
import {releaseSim} from '../../../src/lib/sims/release.js'
import {changeReservations, readLedger} from '../../../src/lib/sims/reserve.js'
import {defaultPolicy, retrying} from '../../../src/lib/transport/retry.js'
import type {Transport} from '../../../src/lib/transport/transport.js'
import {NoAnswer, type Send} from '../../../src/lib/transport/types.js'
import {connectTwilio} from '../../../src/lib/twilio/connect.js'
import {listAddresses} from '../../../src/lib/twilio/regulation.js'
import {twilioSims} from '../../../src/lib/twilio/sims/service.js'
import {createSandbox, type Sandbox, type State} from '../../../src/sandbox/sandbox.js'
import {addCard} from '../../../src/sandbox/server/cards.js'
import {memoryStore} from '../../../src/sandbox/state/store.js'
import {placeAndReport} from '../../support/in-process-sims.js'
import {runs} from '../../support/runs.js'
import {bookOf, card, holding, stocked} from '../../support/sims.js'

const APP = 'api-default'
/** Leaves room for twelve more under the smallest plan. */
const HELD = 28

/** What goes wrong with one call of an action: counted from its first. */
interface Trouble {
  readonly nth: number
  readonly kind: 'lost answer' | '500' | 'refused' | 'dies before' | 'dies after'
}

type Action =
  | {readonly do: 'order'; readonly kind: 'card' | 'esim'; readonly quantity: number; readonly isNew: boolean}
  | {readonly do: 'register'; readonly first: number; readonly count: number}
  | {readonly do: 'cancel' | 'release'; readonly which: number}
  | {readonly do: 'change plan'; readonly to: PlanName}
  | {readonly do: 'stock a card' | 'wait'}

interface Step {
  readonly action: Action
  readonly trouble: Trouble | null
}

const actions = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      kind: fc.constantFrom('card' as const, 'esim' as const),
      quantity: fc.integer({min: 1, max: 7}),
      isNew: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('register' as const),
      first: fc.integer({min: 1, max: 6}),
      count: fc.integer({min: 1, max: 4}),
    }),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constantFrom('cancel' as const, 'release' as const), which: fc.nat(9)})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('change plan' as const), to: fc.constantFrom(...planNames)})},
  {weight: 1, arbitrary: fc.record({do: fc.constantFrom('stock a card' as const, 'wait' as const)})},
)

const troubles = fc.record({
  nth: fc.integer({min: 1, max: 30}),
  kind: fc.constantFrom<Trouble['kind']>('lost answer', '500', 'refused', 'dies before', 'dies after'),
})

const steps = fc.array(fc.record({action: actions, trouble: fc.option(troubles)}), {minLength: 1, maxLength: 8})

/** The process is gone: nothing that it still wants happens. */
class Killed extends Error {}

/** An app-space with an add-on and nothing else, in process; time passes only when somebody waits. */
class Story {
  #time = Date.parse('2026-03-01T12:00:00Z')
  #trouble: Trouble | null = null
  #calls = 0
  readonly sandbox: Sandbox = createSandbox({store: memoryStore(), now: () => this.#time})

  readonly #send: Send = async (request) => {
    this.#calls += 1
    const {nth, kind} = this.#trouble ?? {nth: Infinity}
    const died = kind?.startsWith('dies')
    if ((died && this.#calls > nth) || (kind === 'dies before' && this.#calls === nth)) throw new Killed()
    if (this.#calls !== nth) return this.sandbox.send(request)
    if (kind === '500') return {status: 500, headers: {}, body: ''}
    const isWrite = request.method !== 'GET'
    // No app is refused a look at its own things, but any change may be.
    if (kind === 'refused' && isWrite && request.url.includes('supersim'))
      return {status: 400, headers: {}, body: '{"code": 20001, "message": "No", "status": 400}'}
    const response = await this.sandbox.send(request)
    if (kind === 'dies after') throw new Killed()
    if (kind === 'lost answer') throw new NoAnswer('lost', {sent: true})
    return response
  }

  async begin(state: State | undefined): Promise<this> {
    if (state) await this.sandbox.change((fresh) => void Object.assign(fresh, structuredClone(state)))
    return this
  }

  pass(seconds: number): void {
    this.#time += seconds * 1000
  }

  async context() {
    const sleep = async (milliseconds: number) => this.pass(milliseconds / 1000)
    const transport: Transport = {
      sleep,
      now: () => this.#time,
      pause: (time) => sleep(time * 100),
      sender: ({beforeEachTry} = {}) =>
        retrying(
          async (request) => {
            beforeEachTry?.()
            return this.#send(request)
          },
          {...defaultPolicy, sleep},
        ),
    }
    const {accountSid, authToken} = await this.sandbox.credentials()
    const credentials = {accountSid, username: accountSid, password: authToken}
    const main = connectTwilio(credentials, {transport, endpoint: undefined})
    return {
      main,
      registry: new AddonRegistry(main, 'aka-twilio'),
      akkeris: {baseUrl: '', host: '127.0.0.1', authorization: '', transport},
      simService: async () => twilioSims(main, 'US'),
      waiting: {wait: true, onWait: () => undefined},
      progress: <Result>(_: string, work: () => Promise<Result>) => work(),
      warn: () => undefined,
      subaccounts: {limit: () => 1000, keptIn: undefined},
    }
  }

  async sims(): Promise<SimContext> {
    return (await openSims(await this.context(), APP)).context
  }

  state(): Promise<State> {
    return this.sandbox.read((state) => structuredClone(state))
  }

  /** What a command does; that it fails is no matter, as long as it says so. */
  async run({action, trouble}: Step): Promise<void> {
    this.#trouble = trouble
    this.#calls = 0
    try {
      await this.#act(action)
    } catch (error) {
      if (!(error instanceof Failure) && !(error instanceof Killed)) throw error
    } finally {
      this.#trouble = null
      // Past every lease.
      this.pass(80)
    }
  }

  async #act(action: Action): Promise<void> {
    if (action.do === 'wait') return
    if (action.do === 'stock a card') {
      await this.sandbox.change((state, now) => void addCard(state, now, 'supersim'))
      return
    }
    const context = await this.sims()
    switch (action.do) {
      case 'order':
        return order(context, action)
      case 'register': {
        const cards = Array.from({length: action.count}, (_, at) => card(action.first + at))
        await registerCards(context, {cards, order: undefined, activate: undefined})
        return
      }
      case 'cancel': {
        const {orders} = bookOf(await this.state())
        const chosen = orders[action.which % Math.max(1, orders.length)]
        if (chosen) await changeOrder(context, chosen.order, {state: 'cancelled'})
        return
      }
      case 'release': {
        const {sims} = bookOf(await this.state())
        const chosen = sims[(HELD + action.which) % Math.max(1, sims.length)]
        if (chosen) await releaseSim(context, chosen.sid)
        return
      }
      case 'change plan': {
        // As a change of plan does: only while what there is fits.
        const {record, allocation} = await readLedger(context)
        if (allocation.held + allocation.onOrder > plans[action.to].simLimit) return
        const entry = await context.registry.read(APP)
        if (entry) await context.registry.update(entry, {...record, plan: action.to})
      }
    }
  }

  /** Everything that was started is finished, and everything that is on its way arrives. */
  async finish(): Promise<void> {
    const context = await this.sims()
    const open = ({state}: OrderRecord): boolean => state === 'open'
    for (const {order: id} of bookOf(await this.state()).orders.filter(open)) {
      const entry = await context.orders.find(id, APP)
      await placeAndReport(context, await requestFor(context, entry.record), entry).catch((error: unknown) => {
        // There was no room for it, and it had none yet: nothing is left of it then.
        if (!(error instanceof Failure && error.outcome === 'plan')) throw error
      })
      this.pass(80)
    }
    let next = 100
    for (const {order: id, quantity, stock, iccids} of bookOf(await this.state()).orders.filter(isWaiting)) {
      const inHand = iccids.map((iccid) => ({iccid, code: card(1).code}))
      const more = Array.from({length: quantity - stock.length - iccids.length}, () => card(next++))
      if (inHand.length + more.length > 0)
        await registerCards(context, {cards: [...inHand, ...more], order: id, activate: undefined}).catch(
          async (error: unknown) => {
            // Written down by a run that died before it knew whether there is room.
            if (!(error instanceof Failure && error.outcome === 'plan')) throw error
            await changeOrder(context, id, {state: 'cancelled'})
          },
        )
    }
    this.pass(80)
    await changeReservations(context, (_, needed) => needed)
  }
}

const isWaiting = ({kind, state}: OrderRecord): boolean =>
  kind === 'card' && !['open', 'complete', 'cancelled'].includes(state)

async function requestFor(
  context: SimContext,
  {kind, quantity, eids}: Pick<OrderRecord, 'kind' | 'quantity' | 'eids'>,
) {
  const [address] = kind === 'card' ? await listAddresses(context.main) : []
  return {kind, quantity, eids, address, seller: undefined, follow: false}
}

async function order(context: SimContext, {kind, quantity, isNew}: Extract<Action, {do: 'order'}>): Promise<void> {
  const request = await requestFor(context, {kind, quantity, eids: []})
  await placeAndReport(
    context,
    request,
    isNew ? undefined : await findUnfinished(context, {...request, addressSid: undefined}),
  )
}

/** With an add-on, SIMs that nobody ordered, and two cards in stock. */
const start = await (async () => {
  const story = new Story()
  const context = await story.context()
  const {sid} = await (await context.main.api()).v2010.accounts.create({friendlyName: APP})
  await context.registry.create(
    {
      v: 1,
      appSpace: APP,
      host: '127.0.0.1',
      plan: 'small',
      state: 'ready',
      intent: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
      accountSid: sid,
      reservations: [],
      createdAt: '2026-03-01T12:00:00.000Z',
    },
    Promise.resolve(),
  )
  return holding(stocked(await story.state(), 2), HELD)
})()

/** What must be true at any time, by what the sandbox holds. */
async function expectWithinLimit(story: Story): Promise<void> {
  const state = await story.state()
  const {sims, stock, orders} = bookOf(state)
  const {record, allocation} = await readLedger(await story.sims())
  const limit = plans[record.plan].simLimit
  // Those of eSIM profiles that are on their way are among them.
  expect(sims.length).toBeLessThanOrEqual(limit)
  // A profile that was ordered but no longer written down counts for itself too, until its order is resumed.
  const unnoted = orders.some(({kind, state: at}) => kind === 'esim' && at === 'open') ? 1 : 0
  expect(allocation.held + allocation.onOrder - unnoted).toBeLessThanOrEqual(limit)
  expect(allocation.held + allocation.onOrder).toBeGreaterThanOrEqual(sims.length)
  expect(allocation.held).toBe(sims.length)

  expect(new Set([...sims, ...stock].map(({iccid}) => iccid)).size).toBe(state.superSims.length)
  const awaited = orders.filter((each) => isWaiting(each) || each.state === 'open')
  const identities = awaited.flatMap(({stock: cards, iccids, profiles}) => [...cards, ...iccids, ...profiles])
  expect(new Set(identities).size).toBe(identities.length)
}

it('no sequence of orders, arrivals, cancellations and failures passes the limit, or loses or doubles a SIM', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const story = await new Story().begin(start)
      for (const step of sequence) {
        await story.run(step)
        await expectWithinLimit(story)
      }
      await story.finish()
      await expectWithinLimit(story)
      const {sims, reservations, orders, profiles} = bookOf(await story.state())
      expect((await readLedger(await story.sims())).allocation).toEqual({held: sims.length, onOrder: 0})
      expect(reservations).toEqual({})
      expect(orders.filter(({state, kind}) => kind === 'card' && !['complete', 'cancelled'].includes(state))).toEqual(
        [],
      )
      const noted = orders.flatMap((each) => each.profiles)
      expect(profiles.map(({sid}) => sid)).toEqual(expect.arrayContaining(noted))
      // What a cancelled order did not write down in time is somebody's own.
      const isAllNoted = orders.every(({state}) => state !== 'cancelled')
      expect(profiles.length - noted.length).toBeLessThanOrEqual(isAllNoted ? 0 : 1)
    }),
    runs(120, 20),
  )
}, 60_000)
