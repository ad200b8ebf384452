import {describe, expect, it} from '@jest/globals'

import {conflict} from '../../../src/lib/errors.js'
import {acquireOrder, createOrder, updateOrder} from '../../../src/lib/sims/order-lease.js'
import {startSimsInProcess} from '../../support/in-process-sims.js'

async function withOrder(quantity = 2) {
  const world = await startSimsInProcess()
  const lease = await createOrder(world.sims, {kind: 'card', quantity, state: 'waiting'})
  const {order} = lease.record
  const record = async () => (await world.sims.orders.find(order)).record
  return {...world, lease, order, record}
}

describe('an order', () => {
  it('is leased to the run that creates it', async () => {
    const {book, order, sims} = await withOrder()
    expect(await book()).toMatchObject({orders: [{order, state: 'waiting'}], held: [`api-default/${order}`]})
    expect((await sims.orders.find(order)).record).toMatchObject({appSpace: 'api-default', accountSid: sims.accountSid})
  })

  it('that another run works on is waited for, and seen as it is by then', async () => {
    const {lease, order, sims} = await withOrder()
    const onWait = () => void lease.release({quantity: 7})
    const waiting = {...sims, waiting: {wait: true, onWait}}
    expect(await updateOrder(waiting, order, ({quantity}) => ({quantity: quantity + 1}))).toMatchObject({quantity: 8})
  })

  it('is left as it is, and free, when it cannot be used', async () => {
    const {lease, order, sims, book} = await withOrder()
    await lease.release()
    const acquired = acquireOrder(sims, order, () => {
      throw conflict('ORDER_STATE_CONFLICT', 'No.')
    })
    await expect(acquired).rejects.toMatchObject({code: 'ORDER_STATE_CONFLICT'})
    expect((await book()).held).toEqual([])
  })

  it('that is gone cannot be leased: exit 4', async () => {
    const {sims} = await withOrder()
    await expect(acquireOrder(sims, 'ord-23456789')).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
      suggestions: ['Orders: aka twilio:sims:orders -a api-default'],
    })
  })
})
