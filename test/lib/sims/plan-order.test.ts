import {describe, expect, it} from '@jest/globals'

import {createOrder} from '../../../src/lib/sims/order-lease.js'
import type {OrderRequest} from '../../../src/lib/sims/order-request.js'
import {findUnfinished} from '../../../src/lib/sims/place-order.js'
import {orderPreviewDocument, planOrder} from '../../../src/lib/sims/plan-order.js'
import {startSimsInProcess} from '../../support/in-process-sims.js'

const cards = (quantity: number): OrderRequest => ({
  kind: 'card',
  quantity,
  eids: [],
  address: undefined,
  seller: undefined,
  follow: false,
})

describe('what an order would do', () => {
  it('is to place another one, at its price and within the limit, and nothing is changed', async () => {
    const {sims, book} = await startSimsInProcess({stock: 2})
    const before = await book()
    const plan = await planOrder(sims, cards(2), undefined)
    expect(plan.state).toBe('new')
    expect(orderPreviewDocument(plan)).toMatchObject({dryRun: true, kind: 'card', quantity: 2, held: 0, onOrder: 0})
    expect(await book()).toEqual(before)
  })

  it('is to resume an interrupted one, as that was begun', async () => {
    const {sims} = await startSimsInProcess({stock: 2})
    const lease = await createOrder(sims, {kind: 'card', quantity: 2, state: 'open', addressSid: 'AD1'})
    await lease.release()
    const unfinished = await findUnfinished(sims, {...cards(2), addressSid: undefined})
    const plan = await planOrder(sims, cards(2), unfinished)
    expect(plan.state).toBe('unfinished')
    expect(orderPreviewDocument(plan)).toEqual({
      dryRun: true,
      unfinished: lease.record.order,
      appSpace: sims.appSpace,
      kind: 'card',
      quantity: 2,
      addressSid: 'AD1',
    })
  })

  it('is refused where the limit does not allow another one, not where one is resumed', async () => {
    const {sims} = await startSimsInProcess()
    const tooMany = cards(100_000)
    await expect(planOrder(sims, tooMany, undefined)).rejects.toMatchObject({code: 'SIM_LIMIT_EXCEEDED', exitCode: 3})
    const lease = await createOrder(sims, {kind: 'card', quantity: tooMany.quantity, state: 'open'})
    await lease.release()
    const unfinished = await findUnfinished(sims, {...tooMany, addressSid: undefined})
    expect(await planOrder(sims, tooMany, unfinished)).toMatchObject({state: 'unfinished'})
  })
})
