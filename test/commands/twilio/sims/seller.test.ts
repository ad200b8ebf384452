import {describe, expect, it} from '@jest/globals'

import type {State} from '../../../../src/sandbox/sandbox.js'
import {json, type World} from '../../../support/cli.js'
import {CREATE, inWorld, stateAfter} from '../../../support/faults.js'
import {type Seller, type SellerAnswer, startSeller} from '../../../support/seller.js'
import {book, expectTidy, ORDER, ordersOf, stocked, tallyOf} from '../../../support/sims.js'
import {spoken} from '../../support.js'

const ready = await stateAfter(CREATE)
const noStock = stocked(ready, 0)
const TOKEN = {env: {AKA_TWILIO_SIM_ORDER_TOKEN: 'secret-of-the-seller'}}

/** A world with an ordering endpoint that gives these answers. */
async function selling(
  from: State,
  answers: readonly SellerAnswer[],
  story: (world: World, seller: Seller) => Promise<void>,
): Promise<void> {
  const seller = await startSeller(...answers)
  try {
    await inWorld(from, async (world) => {
      expect(await world.aka(`twilio:settings set sim-order-url ${seller.url}`)).toMatchObject({exitCode: 0})
      await story(world, seller)
    })
  } finally {
    await seller.close()
  }
}

describe('the ordering endpoint', () => {
  it('gets what is not in stock as a form, with a bearer token, and its reference is kept', () =>
    selling(stocked(ready, 1), [], async (world, {purchases}) => {
      const run = await world.aka(`${ORDER} --quantity 3`, TOKEN)
      const order = json(run)
      const {accountSid} = await world.sandbox.read(({syncMaps}) => syncMaps[0]?.items['api-default']?.data as never)
      expect({exitCode: run.exitCode, ...order}).toMatchObject({
        exitCode: 0,
        state: 'ordered',
        fromStock: [expect.any(String)],
        waiting: 2,
        seller: 'endpoint',
        reference: `PO-${(order.order as string).slice(4)}`,
      })
      expect(purchases).toEqual([
        {
          authorization: 'Bearer secret-of-the-seller',
          contentType: expect.stringMatching(/^application\/x-www-form-urlencoded/),
          form: {
            OrderId: order.order,
            AppSpace: 'api-default',
            AccountSid: accountSid,
            Quantity: '2',
            AddressSid: ready.addresses[0]?.sid,
            CustomerName: 'Sandbox Administrator',
            Street: '1 Example Street',
            StreetSecondary: '',
            City: 'Salt Lake City',
            Region: 'UT',
            PostalCode: '84101',
            IsoCountry: 'US',
          },
        },
      ])
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 2})
      expectTidy(await book(world))
      const list = await world.aka('twilio:sims:orders -a api-default')
      expect(list.stdout).toMatch(/1 from stock, 2 from the ordering endpoint/)
    }))

  it('needs no token where none is set, and may answer with nothing', () =>
    selling(noStock, [{status: 204}], async (world, {purchases}) => {
      expect(json(await world.aka(`${ORDER} --quantity 1`))).toMatchObject({state: 'ordered', reference: null})
      expect(purchases).toMatchObject([{authorization: undefined}])
    }))

  it('is not asked where stock has enough, nor for eSIM profiles', () =>
    selling(stocked(ready, 1), [], async (world, {purchases}) => {
      expect(json(await world.aka(`${ORDER} --quantity 1`))).toMatchObject({state: 'complete', seller: null})
      expect(json(await world.aka(`${ORDER} --esim --quantity 1 --no-wait`))).toMatchObject({seller: null})
      expect(purchases).toEqual([])
    }))

  it('that refuses leaves the order to the administrator, and says why', () =>
    selling(noStock, [{status: 422, body: '{"message": "only 1 of secret-of-the-seller left"}'}], async (world) => {
      const run = await world.aka(`${ORDER} --quantity 2`, TOKEN)
      expect(run.exitCode).toBe(0)
      expect(json(run)).toMatchObject({state: 'waiting', seller: 'administrator', waiting: 2})
      expect(run.stderr).toMatch(/refused \(only 1 of .* left\).*administrator/)
      expect(spoken(run)).not.toContain('secret-of-the-seller')
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 2})
    }))

  it('that answers 500 is asked again with the same order id', () =>
    selling(noStock, [{status: 500}, {status: 503}], async (world, {purchases, sold}) => {
      const {order, state} = json(await world.aka(`${ORDER} --quantity 2`))
      expect(state).toBe('ordered')
      expect(purchases.map(({form}) => form.OrderId)).toEqual([order, order, order])
      expect([...sold.values()]).toEqual([2])
    }))

  it('whose answer is lost is asked again with the same order id: one order', () =>
    selling(noStock, ['drop'], async (world, {purchases, sold}) => {
      const {order, state} = json(await world.aka(`${ORDER} --quantity 2`))
      expect(state).toBe('ordered')
      expect(purchases.map(({form}) => form.OrderId)).toEqual([order, order])
      expect([...sold]).toEqual([[order, 2]])
    }))

  it('that stays away is exit 7, the order is kept, and the same command resumes it', () =>
    selling(noStock, Array<SellerAnswer>(4).fill({status: 503}), async (world, {sold}) => {
      const run = await world.aka(`${ORDER} --quantity 2`)
      const [unfinished] = (await book(world)).orders
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({
        exitCode: 7,
        error: {
          suggestions: expect.arrayContaining([expect.stringMatching(new RegExp(`${unfinished?.order} is kept`))]),
        },
      })
      expect((await book(world)).held).toEqual([])
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 2})
      expect(json(await world.aka(`${ORDER} --quantity 2`))).toMatchObject({order: unfinished?.order, resumed: true})
      expect([...sold]).toEqual([[unfinished?.order, 2]])
    }))

  it('that does not know the token is exit 5, and the order is resumed when the token is right', () =>
    selling(noStock, [{status: 401, body: 'who are you?'}], async (world, {sold}) => {
      const run = await world.aka(`${ORDER} --quantity 2`)
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({
        exitCode: 5,
        error: {
          code: 'ORDER_ENDPOINT_UNAUTHORIZED',
          suggestions: expect.arrayContaining([expect.stringMatching(/AKA_TWILIO_SIM_ORDER_TOKEN/)]),
        },
      })
      const [unfinished] = (await book(world)).orders
      expect(unfinished).toMatchObject({state: 'open', quantity: 2})
      expect(json(await world.aka(`${ORDER} --quantity 2`, TOKEN))).toMatchObject({
        resumed: true,
        order: unfinished?.order,
      })
      expect([...sold]).toEqual([[unfinished?.order, 2]])
    }))
})

describe('an order that the endpoint may have got', () => {
  const lost = Array<SellerAnswer>(4).fill('drop')
  const later = (world: World) => world.sandbox.advanceClock(80)

  it('is not forgotten because the next run has no token', () =>
    selling(noStock, [...lost, {status: 401}], async (world, {sold}) => {
      expect(await world.aka(`${ORDER} --quantity 2`, TOKEN)).toMatchObject({exitCode: 7})
      await later(world)
      expect(await world.aka(`${ORDER} --quantity 2`)).toMatchObject({exitCode: 5})
      await later(world)
      expect(await world.aka(`${ORDER} --quantity 2`, TOKEN)).toMatchObject({exitCode: 0})
      expect([...sold.values()]).toEqual([2])
      expect(await ordersOf(world)).toMatchObject([{quantity: 2, state: 'ordered'}])
    }))

  it('does not go to the administrator too because the next run knows of no endpoint', () =>
    selling(noStock, lost, async (world, {sold}) => {
      expect(await world.aka(`${ORDER} --quantity 2`)).toMatchObject({exitCode: 7})
      await later(world)
      await world.aka('twilio:settings unset sim-order-url')
      await world.aka(`${ORDER} --quantity 2`)
      expect(sold.size).toBe(1)
      expect((await book(world)).orders).not.toMatchObject([{state: 'waiting', seller: 'administrator'}])
    }))
})

describe('the address of the endpoint', () => {
  it('is https, or on this machine', () =>
    inWorld(ready, async (world) => {
      const refused = await world.aka('twilio:settings set sim-order-url http://example.com/orders --json')
      expect({exitCode: refused.exitCode, ...json(refused)}).toMatchObject({exitCode: 2})
      expect(await world.aka('twilio:settings set sim-order-url https://example.com/orders')).toMatchObject({
        exitCode: 0,
      })
      expect(json(await world.aka('twilio:settings --json'))).toMatchObject({
        settings: {'sim-order-url': 'https://example.com/orders'},
      })
    }))
})
