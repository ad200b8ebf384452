import {describe, expect, it} from '@jest/globals'

import {registerCards, type Registered, type RegisterRequest} from '../../../src/lib/sims/register.js'
import {bothCarriers, type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'
import {card, WRONG_CODE} from '../../support/sims.js'

const REGISTER = {method: 'POST', path: '/v1/Sims$'}

async function register(
  {sims}: SimsInProcess,
  cards: RegisterRequest['cards'],
  activate?: RegisterRequest['activate'],
): Promise<readonly Registered[]> {
  const registered = await registerCards(sims, {cards, order: undefined, activate})
  expect(registered.unsettled).toBeUndefined()
  return registered.cards
}

describe.each(bothCarriers)('with SIMs of %s', (carrier) => {
  describe('registering cards', () => {
    it('makes them the app-space’s, named, and tells of each in the order of the list', async () => {
      const world = await startSimsInProcess({carrier})
      const cards = [3, 1, 2].map(card)
      const results = await register(world, cards)
      expect(results.map(({iccid, outcome, sim}) => [iccid, outcome, sim?.name])).toEqual(
        cards.map(({iccid}) => [iccid, 'registered', `api-default-${iccid.slice(-6)}`]),
      )
      expect(await world.book()).toMatchObject({orders: [{state: 'complete', quantity: 3}], reservations: {}, held: []})
    })

    it('can be repeated', async () => {
      const world = await startSimsInProcess({carrier})
      await register(world, [card(1)])
      expect(await register(world, [card(1), card(2)])).toMatchObject([{outcome: 'already'}, {outcome: 'registered'}])
      expect((await world.book()).sims).toHaveLength(2)
    })

    it('registers each once when answers are lost', async () => {
      const world = await startSimsInProcess({carrier})
      world.sandbox.faults.add({...REGISTER, when: 'after', do: {drop: true}})
      world.sandbox.faults.add({...REGISTER, nth: 2, when: 'before', do: {status: 500}})
      expect(await register(world, [card(1), card(2)])).toMatchObject([
        {outcome: 'registered'},
        {outcome: 'registered'},
      ])
      expect((await world.book()).sims).toHaveLength(2)
    })

    it('takes a card that is refused out of its order, and goes on with the others', async () => {
      const world = await startSimsInProcess({carrier})
      const results = await register(world, [{...card(1), code: WRONG_CODE}, card(2)])
      expect(results).toMatchObject([{outcome: 'failed', problem: {outcome: 'refused'}}, {outcome: 'registered'}])
      expect(await world.book()).toMatchObject({orders: [{quantity: 1, iccids: [card(2).iccid], state: 'complete'}]})
    })

    it('keeps a card in its order when it is not known whether it was registered', async () => {
      const world = await startSimsInProcess({carrier})
      world.sandbox.faults.add({...REGISTER, when: 'before', times: 9, do: {status: 503}})
      expect(await register(world, [card(1)])).toMatchObject([{outcome: 'failed', problem: {outcome: 'temporary'}}])
      expect(await world.book()).toMatchObject({orders: [{iccids: [card(1).iccid], state: 'delivered'}], held: []})
      world.sandbox.faults.clear()
      expect(await register(world, [card(1)])).toMatchObject([{outcome: 'registered'}])
      expect(await world.book()).toMatchObject({orders: [{state: 'complete'}], reservations: {}})
    })
  })
})

describe('the orders of registered cards', () => {
  it('are completed by the next run where they cannot be now, and the run says what became of the cards', async () => {
    const world = await startSimsInProcess()
    const away = (): void =>
      world.sandbox.faults.add({path: 'sync.twilio.com', when: 'before', times: Infinity, do: {status: 503}})
    world.sandbox.faults.add({...REGISTER, when: 'after', do: {call: away}})
    const {cards, unsettled} = await registerCards(world.sims, {
      cards: [{...card(1), name: 'van-1'}],
      order: undefined,
      activate: undefined,
    })
    expect(cards).toMatchObject([{outcome: 'registered', sim: {name: 'van-1'}}])
    expect(unsettled).toMatchObject({
      exitCode: 7,
      suggestions: expect.arrayContaining([expect.stringMatching(/completes/)]),
    })
    world.sandbox.faults.clear()
    await register(world, [card(1)])
    expect(await world.book()).toMatchObject({orders: [{state: 'complete'}], reservations: {}, held: []})
  })
})

describe('the name of a SIM', () => {
  it('is the one of the list, also for a card that was registered before', async () => {
    const world = await startSimsInProcess()
    await register(world, [card(1)])
    expect(await register(world, [{...card(1), name: 'van-1'}])).toMatchObject([{sim: {name: 'van-1'}}])
    expect(await register(world, [card(1)])).toMatchObject([{sim: {name: 'van-1'}}])
  })

  it('that another SIM has is left out, with a word', async () => {
    const world = await startSimsInProcess()
    const cards = [card(1), card(2)].map((each) => ({...each, name: 'van-1'}))
    await register(world, cards.slice(0, 1))
    expect((await register(world, cards))[1]).toMatchObject({outcome: 'registered', sim: {name: undefined}})
    expect(world.warnings).toEqual([expect.stringMatching(/has no name: another SIM is called van-1/)])
  })
})

it('cards are activated in a fleet that is created where there is none', async () => {
  const world = await startSimsInProcess()
  const results = await register(world, [card(1), card(2)], {group: undefined, country: 'US'})
  const fleets = await world.sims.sims.listGroups('super-sim')
  expect(results.map(({sim}) => sim?.group)).toEqual([fleets[0]?.sid, fleets[0]?.sid])
  expect(fleets).toMatchObject([{name: 'aka-twilio'}])
})
