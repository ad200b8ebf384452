import {describe, expect, it} from '@jest/globals'

import {ensureOwner} from '../../../src/lib/carrier/ensure.js'
import {LeaseTooShort} from '../../../src/lib/registry/lease.js'
import {createOrder} from '../../../src/lib/sims/order-lease.js'
import {returnToStock, selectCards, takeFromStock, withStockLock} from '../../../src/lib/sims/stock.js'
import {bothCarriers, type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'
import {order, sim} from '../../support/sim-records.js'

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  const [one, two, three] = [sim(1), sim(2), sim(3)]

  describe('the cards that an order gets', () => {
    const wanted = order({quantity: 2})
    const cases = [
      ['as many as it lacks', wanted, {inStock: [one, two, three], held: []}, ['HS1', 'HS2'], ['HS1', 'HS2']],
      ['as many as there are', wanted, {inStock: [one], held: []}, ['HS1'], ['HS1']],
      [
        'those it chose before',
        {...wanted, stock: ['HS3']},
        {inStock: [one, three], held: []},
        ['HS3', 'HS1'],
        ['HS1', 'HS3'],
      ],
      [
        'those that have arrived',
        {...wanted, stock: ['HS1', 'HS2']},
        {inStock: [two], held: [one]},
        ['HS1', 'HS2'],
        ['HS2'],
      ],
      [
        'others for those that went elsewhere',
        {...wanted, stock: ['HS1', 'HS2']},
        {inStock: [two, three], held: []},
        ['HS2', 'HS3'],
        ['HS2', 'HS3'],
      ],
      [
        'none that an interrupted order may still get',
        wanted,
        {inStock: [one, two], held: [], others: [order({state: 'open', stock: ['HS1']})]},
        ['HS2'],
        ['HS2'],
      ],
      [
        'none that another order has got',
        {...wanted, stock: ['HS1']},
        {inStock: [two], held: [one], others: [order({state: 'complete', stock: ['HS1']})]},
        ['HS2'],
        ['HS2'],
      ],
    ] as const
    it.each(cases)('are %s', (_, record, found, cards, toMove) => {
      const selected = selectCards(record, {others: [], ...found})
      expect([selected.cards, selected.toMove.map(({sid}) => sid)]).toEqual([cards, toMove])
    })
  })

  const MOVE = {method: 'POST', path: ['supersim.', '/v1/Sims/HS']}
  const newOrder = ({sims}: SimsInProcess, quantity: number) =>
    createOrder(sims, {kind: 'card', quantity, state: 'open'})

  describe('taking from stock', () => {
    it('moves the cards, and the order knows each before it moves', async () => {
      const world = await startSimsInProcess({carrier, stock: 3})
      const lease = await newOrder(world, 2)
      world.sandbox.faults.add({
        ...MOVE,
        when: 'before',
        do: {call: async () => expect((await world.book()).orders[0]?.stock).toHaveLength(2)},
      })
      await takeFromStock(world.sims, lease)
      const {sims, stock, held} = await world.book()
      expect(sims.map(({sid}) => sid).toSorted()).toEqual(lease.record.stock.toSorted())
      expect([sims.length, stock.length, held]).toEqual([2, 1, [`api-default/${lease.record.order}`]])
    })

    it('moves a card once when the answer is lost', async () => {
      const world = await startSimsInProcess({carrier, stock: 2})
      const lease = await newOrder(world, 1)
      world.sandbox.faults.add({...MOVE, when: 'after', do: {drop: true}})
      await takeFromStock(world.sims, lease)
      expect((await world.book()).sims).toHaveLength(1)
      expect(
        world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes('/Sims/')),
      ).toHaveLength(1)
    })

    it('leaves a card in stock that Twilio does not move, and says so', async () => {
      const world = await startSimsInProcess({carrier, stock: 2})
      const lease = await newOrder(world, 2)
      world.sandbox.faults.add({...MOVE, when: 'before', do: {status: 400, body: '{"code": 20001, "message": "No"}'}})
      await takeFromStock(world.sims, lease)
      expect(lease.record.stock).toHaveLength(1)
      expect(world.warnings).toEqual([expect.stringMatching(/stays in stock: .*20001/)])
    })

    it('takes no lock where there is nothing to take', async () => {
      const world = await startSimsInProcess({carrier})
      const lease = await newOrder(world, 2)
      const sofar = world.sandbox.requests.length
      await takeFromStock(world.sims, lease)
      expect(
        world.sandbox.requests
          .slice(sofar)
          .filter(({method, host}) => method !== 'GET' && host !== 'api.korewireless.com'),
      ).toEqual([])
    })

    it('does not wait for itself where the lock could not be released, and says that others do', async () => {
      const world = await startSimsInProcess({carrier, stock: 2})
      const lease = await newOrder(world, 1)
      world.sandbox.faults.add({method: 'POST', path: 'Items/stock', when: 'before', times: 9, do: {status: 503}})
      await withStockLock(world.sims, async () => undefined)
      world.sandbox.faults.clear()
      await takeFromStock(world.sims, lease)
      expect(world.warnings).toEqual([
        expect.stringMatching(/^The lease on stock\/cards expires within 76 s \(it could not be released: .*503.*\)/),
      ])
      expect(world.progress).not.toEqual(expect.arrayContaining([expect.stringMatching(/waiting/)]))
    })

    it('starts over where another run took the lock over, and keeps the order’s own lease', async () => {
      const world = await startSimsInProcess({carrier, stock: 2})
      const lease = await newOrder(world, 2)
      const rival = async () => {
        await world.sandbox.change(({syncMaps}) => {
          const item = syncMaps[0]?.items['stock/cards']
          if (item) item.revision += 1
        })
        throw new LeaseTooShort()
      }
      world.sandbox.faults.add({...MOVE, when: 'before', do: {call: rival}})
      await takeFromStock(world.sims, lease)
      expect((await world.book()).sims).toHaveLength(2)
      await lease.renew()
    })

    it('waits for another run that takes some, and takes over from one that has died', async () => {
      const world = await startSimsInProcess({carrier, stock: 2})
      const lease = await newOrder(world, 1)
      // Killed in the middle: its lock stays.
      const died = new Promise<void>(() => undefined)
      await new Promise<void>((resolve) => {
        void withStockLock(world.sims, async () => {
          resolve()
          await died
        })
      })
      await takeFromStock(world.sims, lease)
      expect(world.progress).toEqual(
        expect.arrayContaining([expect.stringMatching(/working on stock\/cards; waiting/)]),
      )
      expect((await world.book()).sims).toHaveLength(1)
    })
  })

  describe('returning to stock', () => {
    const held = async (world: SimsInProcess) => {
      const lease = await newOrder(world, 1)
      await takeFromStock(world.sims, lease)
      await lease.release()
      const [card] = await world.sims.sims.listSims()
      if (!card) throw new Error('there is a card')
      return card
    }

    it('moves the card back, once', async () => {
      const world = await startSimsInProcess({carrier, stock: 1})
      const card = await held(world)
      world.sandbox.faults.add({...MOVE, when: 'after', do: {drop: true}})
      await withStockLock(world.sims, (lock) => returnToStock(world.sims, lock, card))
      expect(await world.book()).toMatchObject({sims: [], stock: [{sid: card.sid}]})
    })

    it('leaves a card alone that another app-space has got since', async () => {
      const world = await startSimsInProcess({carrier, stock: 1})
      const card = await held(world)
      const web = await world.addAddon('web-default')
      await ensureOwner(web.sims, 'US')
      await world.sims.stock.move(card.sid, web.sims.owner, {})
      await withStockLock(world.sims, (lock) => returnToStock(world.sims, lock, card))
      expect(await web.sims.listSims()).toMatchObject([{sid: card.sid}])
    })
  })
})
