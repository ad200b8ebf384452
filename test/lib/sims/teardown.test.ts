import {describe, expect, it} from '@jest/globals'

import {changeOrder} from '../../../src/lib/sims/change-order.js'
import {planTeardown, tearDownSims} from '../../../src/lib/sims/teardown.js'
import {bothCarriers, placeAndReport, startSimsInProcess} from '../../support/in-process-sims.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  const request = {eids: [], address: undefined, seller: undefined, follow: true} as const

  /** With two cards of which one is active, the SIM of an eSIM profile, and orders that wait, are complete and cancelled. */
  async function start() {
    const world = await startSimsInProcess({carrier, stock: 2})
    const {sims} = world
    await placeAndReport(sims, {...request, kind: 'card', quantity: 3})
    await placeAndReport(sims, {...request, kind: 'esim', quantity: 1})
    const {order} = await placeAndReport(sims, {...request, kind: 'card', quantity: 1})
    await changeOrder(sims, order.order, {state: 'cancelled'})
    const [waiting, complete] = (await world.book()).orders
    const [active, unused] = waiting?.stock ?? []
    await world.sandbox.change(({superSims}) => {
      for (const sim of superSims) if (sim.sid === active) sim.status = 'active'
    })
    return {...world, waiting: waiting?.order, active, unused, esim: complete?.profiles[0]}
  }

  const MOVE = {method: 'POST', path: ['supersim.', '/v1/Sims/HS']}
  const renew = async () => undefined

  describe('an add-on that is destroyed', () => {
    it('tells before what becomes of its SIMs', async () => {
      const {sims, active, unused, waiting} = await start()
      const {neverActivated, connected, others, outstanding} = await planTeardown(sims)
      expect([neverActivated, connected, others].map((some) => some.map(({sid}) => sid))).toEqual([
        [unused],
        [active],
        [expect.stringMatching(/^HS/)],
      ])
      expect(outstanding).toMatchObject([{order: waiting}])
    })

    it('returns cards to stock, deactivates what is connected, and leaves no order', async () => {
      const {sims, active, unused, waiting, book} = await start()
      let renewed = 0
      const done = await tearDownSims(sims, async () => void (renewed += 1))
      expect(done).toEqual({toStock: [unused], deactivated: [active], cancelledOrders: [waiting]})
      const now = await book()
      expect(now).toMatchObject({orders: [], stock: [{sid: unused}]})
      expect(now.sims.find(({sid}) => sid === active)).toMatchObject({status: 'inactive'})
      expect(renewed).toBeGreaterThan(3)
    })

    it('can be repeated after an interruption', async () => {
      const {sims, sandbox, book, active, unused} = await start()
      sandbox.faults.add({method: 'POST', path: `Sims/${active ?? ''}`, when: 'before', times: 9, do: {status: 503}})
      await expect(tearDownSims(sims, renew)).rejects.toMatchObject({outcome: 'temporary'})
      sandbox.faults.clear()
      await tearDownSims(sims, renew)
      expect(await book()).toMatchObject({orders: [], stock: [{sid: unused}]})
    })

    it('leaves a card that is not moved back where it is, and says so', async () => {
      const {sims, sandbox, unused, warnings} = await start()
      sandbox.faults.add({
        ...MOVE,
        when: 'before',
        times: carrier === 'twilio' ? 1 : 2,
        do: {status: 400, body: '{"code": 20001, "message": "No"}'},
      })
      expect(await tearDownSims(sims, renew)).toMatchObject({toStock: []})
      expect(warnings).toEqual([
        expect.stringMatching(
          new RegExp(
            `${unused ?? ''} .*${carrier === 'twilio' ? 'closed with the subaccount' : 'stays in the account at KORE'}: .*20001`,
          ),
        ),
      ])
    })

    it('has no SIMs where Twilio serves none', async () => {
      const {sims, sandbox, waiting} = await start()
      sandbox.faults.add({path: 'supersim', when: 'before', times: 99, do: {status: 410}})
      expect(await tearDownSims(sims, renew)).toEqual({toStock: [], deactivated: [], cancelledOrders: [waiting]})
    })
  })
})
