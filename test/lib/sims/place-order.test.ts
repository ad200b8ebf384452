import {describe, expect, it} from '@jest/globals'

import {createOrder} from '../../../src/lib/sims/order-lease.js'
import type {OrderRequest} from '../../../src/lib/sims/order-request.js'
import {findUnfinished, placeOrder} from '../../../src/lib/sims/place-order.js'
import {reserveRoom} from '../../../src/lib/sims/reserve.js'
import {NoAnswer, type Send} from '../../../src/lib/transport/types.js'
import type {StoredAddress} from '../../../src/lib/twilio/regulation.js'
import {createItem} from '../../../src/lib/twilio/sync-map.js'
import {bothCarriers, placeAndReport, startSimsInProcess} from '../../support/in-process-sims.js'
import {order} from '../../support/sim-records.js'

const cards = (quantity: number): OrderRequest => ({
  kind: 'card',
  quantity,
  eids: [],
  address: undefined,
  seller: undefined,
  follow: false,
})
const esims = (quantity: number, follow = true): OrderRequest => ({...cards(quantity), kind: 'esim', follow})
const PROFILE = {method: 'POST', path: 'ESimProfiles'}
const refusal = {status: 400, body: '{"code": 20001, "message": "No"}'}
const terms = (request: OrderRequest) => ({...request, addressSid: undefined})

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  describe('an order of cards', () => {
    it('is complete where stock has enough', async () => {
      const {sims, book} = await startSimsInProcess({carrier, stock: 3})
      expect(await placeAndReport(sims, cards(2))).toMatchObject({order: {state: 'complete'}, profiles: []})
      expect(await book()).toMatchObject({reservations: {}, held: []})
      expect((await book()).sims).toHaveLength(2)
    })

    it('waits for the administrator for the rest, and keeps its room', async () => {
      const {sims, book} = await startSimsInProcess({carrier, stock: 1})
      const {order} = await placeAndReport(sims, cards(3))
      expect(order).toMatchObject({state: 'waiting', seller: 'administrator', stock: [expect.any(String)]})
      expect(await book()).toMatchObject({reservations: {[order.order]: 3}, held: []})
    })

    it('is not placed while another of the app-space cannot be read: it may be the same', async () => {
      const {sims} = await startSimsInProcess({carrier})
      const {main, registry, appSpace} = sims
      await createItem(main, registry.name, `${appSpace}/ord-edited`, {...order(), state: 'opened'})
      await expect(findUnfinished(sims, terms(cards(1)))).rejects.toMatchObject({
        code: 'REGISTRY_VERSION_MISMATCH',
        message: expect.stringMatching(/ord-edited .*: it is about/),
      })
      expect(await sims.orders.list()).toEqual([])
    })

    it('that may be at an endpoint is not left to the administrator too', async () => {
      const {sims} = await startSimsInProcess({carrier})
      const lease = await createOrder(sims, {kind: 'card', quantity: 1, state: 'open', seller: 'endpoint'})
      await lease.release()
      const unfinished = await findUnfinished(sims, terms(cards(1)))
      await expect(placeAndReport(sims, cards(1), unfinished)).rejects.toMatchObject({
        code: 'ORDER_ENDPOINT_MISSING',
        suggestions: expect.arrayContaining([expect.stringMatching(/is kept: the same command resumes it/)]),
      })
    })
  })

  describe('an order of eSIM profiles', () => {
    it('is complete when it was waited for, and goes on by itself when not', async () => {
      const {sims} = await startSimsInProcess({carrier})
      expect(await placeAndReport(sims, esims(2))).toMatchObject({order: {state: 'complete'}, profiles: [{}, {}]})
      expect(await placeAndReport(sims, esims(1, false))).toMatchObject({order: {state: 'ordered'}, profiles: [{}]})
    })

    it('is for what was ordered before a refusal, and the refusal is passed on', async () => {
      const {sims, sandbox, book} = await startSimsInProcess({carrier})
      sandbox.faults.add({...PROFILE, nth: 2, when: 'before', do: refusal})
      await expect(placeAndReport(sims, esims(3))).rejects.toMatchObject({
        outcome: 'refused',
        suggestions: [
          expect.stringMatching(/^1 of 3 eSIM profiles were ordered before that: order ord-\w+ is for those/),
          expect.any(String),
        ],
      })
      expect(await book()).toMatchObject({orders: [{quantity: 1, requested: 3, state: 'ordered'}], held: []})
    })
  })

  describe('nothing is left of an order', () => {
    it('that got nothing before a refusal', async () => {
      const {sims, sandbox, book} = await startSimsInProcess({carrier})
      sandbox.faults.add({...PROFILE, when: 'before', do: refusal})
      await expect(placeAndReport(sims, esims(3))).rejects.toMatchObject({outcome: 'refused'})
      expect(await book()).toMatchObject({orders: [], reservations: {}, held: []})
    })

    it('for which there is no room', async () => {
      const {sims, book} = await startSimsInProcess({carrier, stock: 1})
      await expect(placeAndReport(sims, cards(41))).rejects.toMatchObject({outcome: 'plan'})
      expect(await book()).toMatchObject({orders: [], reservations: {}, held: [], sims: []})
    })
  })

  describe('an order that was interrupted', () => {
    async function interrupted() {
      const world = await startSimsInProcess({carrier})
      world.sandbox.faults.add({...PROFILE, nth: 2, when: 'before', times: 9, do: {status: 503}})
      const failure = await placeAndReport(world.sims, esims(3)).catch((error: unknown) => error)
      world.sandbox.faults.clear()
      return {...world, failure}
    }

    it('is kept with what it got, and says how to resume or cancel it', async () => {
      const {failure, book} = await interrupted()
      const [order] = (await book()).orders
      expect(failure).toMatchObject({
        outcome: 'temporary',
        suggestions: expect.arrayContaining([
          `Order ${order?.order ?? ''} is kept: the same command resumes it.`,
          `To cancel it: aka twilio:sims:orders:update ${order?.order ?? ''} --state cancelled`,
        ]),
      })
      expect(order).toMatchObject({state: 'open', profiles: [expect.any(String)]})
    })

    it('is resumed by a request for the same', async () => {
      const {sims, book} = await interrupted()
      const unfinished = await findUnfinished(sims, terms(esims(3)))
      expect(await placeAndReport(sims, esims(3), unfinished)).toMatchObject({order: {state: 'complete'}})
      expect((await book()).profiles).toHaveLength(3)
    })

    it('is in the way of a request for something else: exit 6 with what can be done', async () => {
      const {sims} = await interrupted()
      await expect(findUnfinished(sims, terms(esims(2)))).rejects.toMatchObject({
        code: 'ORDER_UNFINISHED',
        message: expect.stringContaining('of api-default (3 eSIM profiles) was interrupted'),
        suggestions: [
          'To resume it: aka twilio:sims:order -a api-default --esim --quantity 3',
          expect.stringMatching(/^To cancel it: aka twilio:sims:orders:update ord-/),
          expect.stringContaining('--new'),
        ],
      })
    })

    it('is none while another run works on it', async () => {
      const {sims} = await startSimsInProcess({carrier})
      const lease = await createOrder(sims, {kind: 'card', quantity: 1, state: 'open'})
      await reserveRoom(sims, lease)
      const onWait = () => void lease.release({state: 'waiting'})
      expect(await findUnfinished({...sims, waiting: {wait: true, onWait}}, terms(cards(1)))).toBeUndefined()
      expect(lease.record.state).toBe('waiting')
    })
  })
})

describe('an order whose run could not tell about it', () => {
  const one = cards(1)
  const addressed = {...one, address: {sid: 'AD1', customerName: 'ACME'} as StoredAddress}
  const seller = {url: 'https://sims.example.com/orders', token: undefined}
  const kinds = {
    'from stock': {request: cards(2), stock: 2, state: 'complete'},
    'left to the administrator': {request: one, stock: 0, state: 'waiting'},
    'of eSIM profiles': {request: esims(2), stock: 0, state: 'complete'},
    'of eSIM profiles that are on their way': {request: esims(2, false), stock: 0, state: 'ordered'},
    'at an endpoint': {request: {...addressed, seller}, stock: 0, state: 'ordered'},
  } as const

  /** Nothing is heard of Twilio any more from the order's last write on, which arrives. */
  async function cutShort(kind: keyof typeof kinds) {
    const {request, stock} = kinds[kind]
    const world = await startSimsInProcess({stock})
    const {sandbox, book, sims, transport} = world
    const toSeller: string[] = []
    const sender = transport.sender.bind(transport)
    Object.assign(transport, {
      sender: (options: Parameters<typeof sender>[0]): Send => {
        const send = sender(options)
        return async (asked) => {
          if (asked.url !== seller.url) return send(asked)
          toSeller.push(new URLSearchParams(asked.body).get('OrderId') ?? '')
          return {status: 201, headers: {}, body: '{"reference": "PO-7"}'}
        }
      },
    })
    const lastWrite = async () => {
      if ((await book()).orders[0]?.state === 'open') return
      sandbox.faults.add({times: Infinity, when: 'before', do: {drop: true}})
      throw new NoAnswer('lost', {sent: true})
    }
    sandbox.faults.add({
      method: 'POST',
      path: 'Items/api-default%2Ford',
      times: 99,
      when: 'after',
      do: {call: lastWrite},
    })
    const failure = await placeOrder(sims, request).catch((error: unknown) => error)
    sandbox.faults.clear()
    return {...world, request, failure, toSeller}
  }

  it.each(Object.entries(kinds))(
    'is reported by the next one, and nothing ordered again: %s',
    async (kind, {state}) => {
      const {sims, request, failure, book, toSeller} = await cutShort(kind as keyof typeof kinds)
      const before = await book()
      expect(failure).toMatchObject({exitCode: 7})
      expect(before.orders).toMatchObject([{state}])
      const unreported = await findUnfinished(sims, terms(request))
      const {order} = await placeAndReport(sims, request, unreported)
      expect(order.order).toBe(before.orders[0]?.order)
      const after = await book()
      expect([after.orders.length, after.sims.length, after.profiles.length, after.held]).toEqual([
        1,
        before.sims.length,
        before.profiles.length,
        [],
      ])
      expect(toSeller).toHaveLength(kind === 'at an endpoint' ? 1 : 0)
      // Told now: the same again is another order.
      expect(await findUnfinished(sims, terms(request))).toBeUndefined()
    },
  )

  it('is nobody’s business for a request for something else, or after an hour', async () => {
    const {sims, sandbox, request} = await cutShort('from stock')
    expect(await findUnfinished(sims, terms(cards(3)))).toBeUndefined()
    await sandbox.advanceClock(3700)
    expect(await findUnfinished(sims, terms(request))).toBeUndefined()
  })

  it('is the other run’s while that one is about to tell', async () => {
    const {sims} = await startSimsInProcess({stock: 2})
    const placed = await placeOrder(sims, one)
    const onWait = () => void placed.release({isReported: true})
    expect(await findUnfinished({...sims, waiting: {wait: true, onWait}}, terms(one))).toBeUndefined()
  })
})
