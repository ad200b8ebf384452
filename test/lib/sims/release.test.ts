import {describe, expect, it} from '@jest/globals'

import {releaseSim, withoutCard} from '../../../src/lib/sims/release.js'
import {bothCarriers, placeAndReport, startSimsInProcess} from '../../support/in-process-sims.js'
import {order, sim} from '../../support/sim-records.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  const card = sim(1)
  const at = new Date('2026-03-10T12:00:00Z')
  const returnedToStock = [{sim: 'HS1', at: at.toISOString()}]

  describe('an order without a card that was returned', () => {
    it.each([
      ['waits for the others alone', order({quantity: 3, stock: ['HS1']}), {quantity: 2, stock: [], iccids: []}],
      [
        'is complete, if it waited for this one last',
        order({quantity: 2, iccids: [card.iccid, '8988']}),
        {quantity: 1, stock: [], iccids: ['8988'], state: 'complete'},
      ],
      [
        'is cancelled, if it was for this one alone',
        order({stock: ['HS1']}),
        {quantity: 0, stock: [], iccids: [], state: 'cancelled'},
      ],
      ['stays complete', order({state: 'complete', stock: ['HS1']}), {quantity: 0, stock: [], iccids: []}],
      ['stays open, to be resumed', order({state: 'open', stock: ['HS1']}), {quantity: 0, stock: [], iccids: []}],
    ])('%s, and is charged for it until then', (_, record, changes) => {
      expect(withoutCard(record, card, at)).toEqual({...changes, returnedToStock})
    })

    it('is as it was, if it never had it', () => {
      expect(withoutCard(order({stock: ['HS2']}), card, at)).toEqual({})
    })
  })

  describe('releasing', () => {
    const request = {quantity: 1, eids: [], address: undefined, seller: undefined, follow: true} as const

    it('returns a card to stock, by SID or name, and can be repeated', async () => {
      const world = await startSimsInProcess({carrier, stock: 1})
      await placeAndReport(world.sims, {...request, kind: 'card'})
      const [held] = await world.sims.sims.listSims()
      await world.sims.sims.rename(held ?? card, 'van-1')
      expect(await releaseSim(world.sims, 'van-1')).toMatchObject({sid: held?.sid})
      expect(await releaseSim(world.sims, held?.sid ?? '')).toMatchObject({sid: held?.sid})
      expect(await world.book()).toMatchObject({sims: [], stock: [{sid: held?.sid}], orders: [{quantity: 0}], held: []})
    })

    it('finds in stock what another run returns while it looks', async () => {
      const world = await startSimsInProcess({carrier, stock: 1})
      await placeAndReport(world.sims, {...request, kind: 'card'})
      const {sims} = world.sims
      const [held] = await sims.listSims()
      const sid = held?.sid ?? ''
      const listSims: typeof sims.listSims = async (only) => {
        await releaseSim(world.sims, sid)
        return sims.listSims(only)
      }
      expect(await releaseSim({...world.sims, sims: {...sims, listSims}}, sid)).toMatchObject({sid})
    })

    it('refuses the SIM of an eSIM profile, one that was activated, and one that nobody has', async () => {
      const world = await startSimsInProcess({carrier, stock: 1})
      await placeAndReport(world.sims, {...request, kind: 'esim'})
      const [esim] = await world.sims.sims.listSims()
      await expect(releaseSim(world.sims, esim?.sid ?? '')).rejects.toMatchObject({code: 'SIM_IS_ESIM'})
      await world.sandbox.change((state) => state.superSims.forEach((each) => void (each.status = 'inactive')))
      await expect(releaseSim(world.sims, esim?.sid ?? '')).rejects.toMatchObject({code: 'SIM_ALREADY_ACTIVATED'})
      await expect(releaseSim(world.sims, 'nosuch')).rejects.toMatchObject({code: 'SIM_NOT_FOUND', outcome: 'notFound'})
    })
  })
})
