import {beforeEach, describe, expect, it} from '@jest/globals'

import {changeOrder} from '../../../src/lib/sims/change-order.js'
import type {OrderState} from '../../../src/lib/sims/order.js'
import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'

let world: SimsInProcess
let order: string
beforeEach(async () => {
  world = await startSimsInProcess()
})

/** An order of two cards in this state, for which the limit has room reserved. */
async function begin(state: OrderState): Promise<void> {
  const lease = await createOrder(world.sims, {kind: 'card', quantity: 2, state})
  order = lease.record.order
  await lease.release()
  await world.changeAddon({reservations: [{order, quantity: 2}]})
}

const change = (changes: Parameters<typeof changeOrder>[2]) => changeOrder(world.sims, order, changes)
const reservations = async () => (await world.book()).reservations
const recorded = async () => (await world.sims.orders.find(order)).record

describe('what the administrator reports of an order', () => {
  it('is recorded, and counts against the limit until it is cancelled', async () => {
    await begin('waiting')
    expect(await change({state: 'shipped', tracking: '1Z999'})).toMatchObject({state: 'shipped', tracking: '1Z999'})
    expect(await reservations()).toEqual({[order]: 2})
    expect(await change({state: 'cancelled'})).toMatchObject({state: 'cancelled', tracking: '1Z999'})
    expect(await reservations()).toEqual({})
  })

  it('may be a tracking number alone, whatever became of the order', async () => {
    await begin('complete')
    expect(await change({tracking: '1Z999'})).toMatchObject({state: 'complete', tracking: '1Z999'})
  })

  it('leaves the order free for the next run', async () => {
    await begin('waiting')
    await change({state: 'ordered'})
    expect((await world.book()).held).toEqual([])
  })

  it('cannot be what may not follow: then nothing is changed', async () => {
    await begin('complete')
    await expect(change({state: 'shipped', tracking: '1Z999'})).rejects.toMatchObject({code: 'ORDER_STATE_CONFLICT'})
    expect(await recorded()).toMatchObject({state: 'complete'})
    expect(await recorded()).not.toHaveProperty('tracking')
    expect(await reservations()).toEqual({[order]: 2})
  })
})
