import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../../../src/sandbox/server/cards.js'
import {json, type World} from '../../../support/cli.js'
import {CREATE, inWorld, PAST_THE_LEASE, said, signal, stateAfter, stateAt, stateFrom} from '../../../support/faults.js'
import {book, bookOf, but, card, holding, ORDER, ordersOf, REGISTER, stocked, tallyOf} from '../../../support/sims.js'
import {changes, runAll, snapshot, STACK} from '../../support.js'

const ready = await stateAfter(CREATE)
const noStock = stocked(ready, 0)
const {iccid, code} = card(1)
/** With a card that is called van-1. */
const registered = await stateFrom(noStock, `${REGISTER} ${iccid} --code ${code} --name van-1`)
const [van] = bookOf(registered).sims
const ACTIVATE = 'twilio:sims:activate -a api-default'
const DEACTIVATE = 'twilio:sims:deactivate -a api-default'
const RELEASE = 'twilio:sims:release -a api-default'
/** Long enough for a change of status. */
const active = but(await stateFrom(registered, `${ACTIVATE} van-1`), (state) => void (state.clockOffsetMs += 5000))
/** With two fleets, and the card as it was before it was activated. */
const twoFleets = but(active, ({fleets, superSims}) => {
  fleets.push(...fleets.map((fleet) => ({...fleet, sid: `HF${'2'.repeat(32)}`, uniqueName: 'vans'})))
  for (const fleet of fleets.slice(0, 1)) fleet.uniqueName = 'bikes'
  for (const sim of superSims) Object.assign(sim, {status: 'new', fleetSid: null})
})
const wirelessSim = await stateFrom(
  but(noStock, (state) => void addCard(state, 0, 'wireless')),
  `${ORDER} --quantity 1`,
)

const run = async (world: World, command: string) => {
  const finished = await world.aka(`${command} --json`)
  return {exitCode: finished.exitCode, ...json(finished)}
}

describe('twilio:sims:activate', () => {
  it('makes a fleet where there is none, and waits until the SIM is active', () =>
    inWorld(registered, async (world) => {
      expect(await run(world, `${ACTIVATE} van-1`)).toEqual({
        exitCode: 0,
        appSpace: 'api-default',
        sims: [{sid: van?.sid, name: 'van-1', status: 'active', fleet: expect.stringMatching(/^HF/)}],
      })
      const {fleets, networkAccessProfiles} = await snapshot(world)
      expect(fleets).toMatchObject([{uniqueName: 'aka-twilio'}])
      expect(networkAccessProfiles).toHaveLength(1)
      const before = await snapshot(world)
      expect(await world.aka(`${ACTIVATE} ${van?.sid}`)).toMatchObject({exitCode: 0, stdout: 'van-1 is active.\n'})
      expect(await snapshot(world)).toEqual(before)
    }))

  it('does not wait with --no-wait', () =>
    inWorld(registered, async (world) => {
      expect(await run(world, `${ACTIVATE} van-1 --no-wait`)).toMatchObject({
        exitCode: 0,
        sims: [{status: 'scheduled'}],
      })
    }))

  it('gives a new fleet the networks of the country', () =>
    inWorld(registered, async (world) => {
      expect(await run(world, `${ACTIVATE} van-1 --country CA --no-wait`)).toMatchObject({exitCode: 0})
      const asked = world.sandbox.requests.filter(({path}) => path === '/v1/Networks')
      expect(asked.map(({url}) => new URL(url).searchParams.get('IsoCountry'))).toEqual(['CA'])
    }))

  it('takes the only fleet; of several one must be named', () =>
    inWorld(twoFleets, async (world) => {
      expect(await run(world, `${ACTIVATE} van-1`)).toMatchObject({
        exitCode: 2,
        error: {
          code: 'FLEET_AMBIGUOUS',
          suggestions: [expect.stringMatching(/--fleet.*vans.*bikes|--fleet.*bikes.*vans/)],
        },
      })
      expect(await run(world, `${ACTIVATE} van-1 --fleet cars`)).toMatchObject({
        exitCode: 2,
        error: {code: 'FLEET_UNKNOWN', suggestions: [expect.stringMatching(/bikes/)]},
      })
      expect(changes(world.sandbox.requests)).toEqual([])
      expect(await run(world, `${ACTIVATE} van-1 --fleet vans --no-wait`)).toMatchObject({
        exitCode: 0,
        sims: [{fleet: `HF${'2'.repeat(32)}`}],
      })
    }))

  it('takes several SIMs', () =>
    inWorld(registered, async (world) => {
      expect(
        await world.aka([...`${REGISTER} --name van-2 --code`.split(' '), card(2).code, card(2).iccid]),
      ).toMatchObject({exitCode: 0})
      expect(await run(world, `${ACTIVATE} van-1 van-2`)).toMatchObject({
        exitCode: 0,
        sims: [
          {name: 'van-1', status: 'active'},
          {name: 'van-2', status: 'active'},
        ],
      })
    }))

  it('reports the SIMs that were activated before one failed, with its exit code', () =>
    inWorld(registered, async (world) => {
      const {human, document} = await runAll(world, {
        document: `${ACTIVATE} van-1 nosuch van-3 --json`,
        human: `${ACTIVATE} van-1 nosuch van-3`,
      })
      expect({exitCode: document.exitCode, ...json(document)}).toMatchObject({
        exitCode: 4,
        sims: [{sid: van?.sid, status: 'active'}],
        error: {code: 'SIM_NOT_FOUND', exitCode: 4, suggestions: ['Not tried: van-3.', expect.any(String)]},
      })
      expect(human).toMatchObject({exitCode: 4, stdout: 'van-1 is active.\n'})
      expect(human.stderr).toMatch(/nosuch[^]*Not tried: van-3/)
    }))

  it('of a SIM that is just being deactivated lets it connect again', async () => {
    await inWorld(active, async (world) => {
      expect(await run(world, `${DEACTIVATE} van-1 --no-wait`)).toMatchObject({sims: [{status: 'scheduled'}]})
      // Not settled before the command has looked, however slow the machine is.
      await world.sandbox.change(({superSims}, now) => {
        for (const sim of superSims) sim.statusAskedAt = now + 1000
      })
      expect(await run(world, `${ACTIVATE} van-1`)).toMatchObject({exitCode: 0, sims: [{status: 'active'}]})
    })
  })

  it('knows Programmable Wireless, whose fleets are rate plans', () =>
    inWorld(wirelessSim, async (world) => {
      const [{sid} = {sid: ''}] = wirelessSim.wirelessSims
      expect(await run(world, `${ACTIVATE} ${sid}`)).toMatchObject({exitCode: 0, sims: [{sid, status: 'active'}]})
      expect((await snapshot(world)).ratePlans).toMatchObject([{uniqueName: 'aka-twilio'}])
      expect(await run(world, `${DEACTIVATE} ${sid}`)).toMatchObject({
        exitCode: 0,
        sims: [{sid, status: 'deactivated'}],
      })
      expect(await run(world, 'twilio:sims -a api-default')).toMatchObject({
        held: 1,
        sims: [{sid, product: 'Programmable Wireless', fleet: 'aka-twilio'}],
      })
    }))
})

describe('twilio:sims:deactivate', () => {
  it('keeps a SIM from connecting, and leaves one alone that does not', () =>
    inWorld(active, async (world) => {
      expect(await run(world, `${DEACTIVATE} van-1`)).toEqual({
        exitCode: 0,
        appSpace: 'api-default',
        sims: [{sid: van?.sid, name: 'van-1', status: 'inactive'}],
      })
      const before = await snapshot(world)
      expect(await world.aka(`${DEACTIVATE} van-1`)).toMatchObject({exitCode: 0, stdout: 'van-1 is inactive.\n'})
      expect(await snapshot(world)).toEqual(before)
    }))

  it('leaves a SIM alone that was never activated', () =>
    inWorld(registered, async (world) => {
      expect(await run(world, `${DEACTIVATE} van-1`)).toMatchObject({exitCode: 0, sims: [{status: 'new'}]})
      expect(changes(world.sandbox.requests)).toEqual([])
    }))
})

describe('twilio:sims:release', () => {
  it('returns a card that was never activated to stock, and ends its reservation', () =>
    inWorld(registered, async (world) => {
      const released = await run(world, `${RELEASE} van-1`)
      expect(released).toEqual({exitCode: 0, appSpace: 'api-default', sim: van?.sid, iccid, released: true})
      expect(await book(world)).toMatchObject({sims: [], stock: [{sid: van?.sid}]})
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 0})
    }))

  it('can be run again', () =>
    inWorld(registered, async (world) => {
      expect(await run(world, `${RELEASE} ${van?.sid}`)).toMatchObject({exitCode: 0})
      expect(await run(world, `${RELEASE} ${van?.sid}`)).toMatchObject({exitCode: 0})
      expect((await book(world)).stock).toHaveLength(1)
    }))

  it('leaves an order that still waits for others waiting for those alone', () =>
    inWorld(stocked(ready, 1), async (world) => {
      expect(await world.aka(`${ORDER} --quantity 3`)).toMatchObject({exitCode: 0})
      const [sim] = (await book(world)).sims
      expect(await run(world, `${RELEASE} ${sim?.sid}`)).toMatchObject({exitCode: 0})
      expect(await ordersOf(world)).toMatchObject([{quantity: 2, state: 'waiting', stock: 0}])
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 2})
    }))

  it('refuses a SIM that was activated, and says what can be done', () =>
    inWorld(active, async (world) => {
      expect(await run(world, `${RELEASE} van-1`)).toMatchObject({
        exitCode: 1,
        error: {
          code: 'SIM_ALREADY_ACTIVATED',
          suggestions: [expect.stringContaining(`twilio:sims:deactivate ${van?.sid}`)],
        },
      })
      expect(await run(world, `${DEACTIVATE} van-1`)).toMatchObject({exitCode: 0})
      expect(await run(world, `${RELEASE} van-1`)).toMatchObject({exitCode: 1, error: {code: 'SIM_ALREADY_ACTIVATED'}})
      expect((await book(world)).sims).toHaveLength(1)
    }))

  it('refuses the SIM of an eSIM profile: it is no card, and nobody could be given it', async () => {
    const esim = but(await stateFrom(noStock, `${ORDER} --esim --quantity 1 --no-wait`), (state) => {
      state.clockOffsetMs += 5000
    })
    await inWorld(esim, async (world) => {
      const [sim] = bookOf(esim).sims
      expect(await run(world, `${RELEASE} ${sim?.sid}`)).toMatchObject({exitCode: 1})
      expect(await book(world)).toMatchObject({sims: [{sid: sim?.sid}], stock: []})
    })
  })

  it('takes the app-space from the flag alone', () =>
    inWorld(registered, async (world) => {
      const {exitCode, stderr} = await world.aka('twilio:sims:release van-1', {env: {AKKERIS_APP: 'api-default'}})
      expect(exitCode).toBe(2)
      expect(stderr).toMatch(/app/)
    }))

  it('takes no card away again that another app-space got from stock since', async () => {
    const both = await stateFrom(registered, 'addons:create twilio:small -a web-default --json')
    await inWorld(both, async (world) => {
      const begun = signal()
      const moved = signal()
      const hold = (): Promise<void> => (begun.give(), moved.given)
      world.sandbox.faults.add({method: 'POST', path: 'supersim.twilio.com/v1/Sims/', when: 'before', do: {call: hold}})
      const slow = world.start(`${RELEASE} ${van?.sid}`)
      await begun.given
      // Each goes on to its end, or waits for the slow one, which is right too.
      const again = world.start(`${RELEASE} ${van?.sid}`)
      await said(again, /waiting/)
      const order = world.start('twilio:sims:order -a web-default --quantity 1 --yes')
      await said(order, /waiting/)
      moved.give()
      await Promise.all([slow.finished, again.finished, order.finished])
      const {orders, sims} = await book(world, 'web-default')
      expect(sims.map(({sid}) => sid)).toEqual(orders.flatMap(({stock}) => stock))
    })
  })
})

describe('a SIM or an add-on that nobody knows', () => {
  it.each([ACTIVATE, DEACTIVATE, RELEASE])('is exit 4: %s', (command) =>
    inWorld(active, async (world) => {
      const runs = await runAll(world, {
        name: `${command} nosuch --json`,
        superSim: `${command} HS${'0'.repeat(32)} --json`,
        wireless: `${command} DE${'0'.repeat(32)} --json`,
        addon: `${command.replace('api-default', 'web-default')} van-1 --json`,
      })
      for (const [name, {exitCode, stderr, stdout}] of Object.entries(runs)) {
        expect({name, exitCode, stdout}).toEqual({name, exitCode: 4, stdout: expect.stringMatching(/"exitCode": 4/)})
        expect(stderr).not.toMatch(STACK)
      }
      expect(changes(world.sandbox.requests)).toEqual([])
    }),
  )
})

describe('twilio:sims', () => {
  it('lists the SIMs with name, status, fleet and order, and what is left of the limit', () =>
    inWorld(
      but(active, (state) => void addCard(state, 0, 'supersim')),
      async (world) => {
        const {order} = json(await world.aka(`${ORDER} --quantity 2`))
        const {human, document} = await runAll(world, {
          human: 'twilio:sims -a api-default',
          document: 'twilio:sims -a api-default --json',
        })
        const [own] = (await book(world)).orders
        expect(human.stdout).toMatch(new RegExp(`${van?.sid} +van-1 +${iccid} +active +aka-twilio +${own?.order}`))
        expect(human.stderr).toMatch(/2 held and 1 on order of 40 \(twilio:small\)/)
        expect(json(document)).toEqual({
          appSpace: 'api-default',
          plan: 'small',
          limit: 40,
          held: 2,
          onOrder: 1,
          sims: expect.arrayContaining([
            {
              sid: van?.sid,
              name: 'van-1',
              iccid,
              status: 'active',
              fleet: 'aka-twilio',
              product: 'Super SIM',
              order: own?.order,
            },
            expect.objectContaining({name: null, status: 'new', fleet: null, order}),
          ]),
        })
      },
    ))

  it('says how to order some where there are none', () =>
    inWorld(noStock, async (world) => {
      const {exitCode, stdout, stderr} = await world.aka('twilio:sims -a api-default')
      expect({exitCode, stdout}).toEqual({exitCode: 0, stdout: 'api-default has no SIMs.\n'})
      expect(stderr).toMatch(/aka twilio:sims:order -a api-default --quantity N/)
    }))

  it('names the order that a card came with last, when it was in stock in between', () =>
    inWorld(stocked(ready, 1), async (world) => {
      await world.aka(`${ORDER} --quantity 1`)
      const [sim] = (await book(world)).sims
      expect(await run(world, `${RELEASE} ${sim?.sid}`)).toMatchObject({exitCode: 0})
      const {order} = json(await world.aka(`${ORDER} --quantity 1`))
      expect(await run(world, 'twilio:sims -a api-default')).toMatchObject({sims: [{sid: sim?.sid, order}]})
    }))

  it('counts SIMs that nobody ordered through here', () =>
    inWorld(holding(noStock, 2), async (world) => {
      expect(await run(world, 'twilio:sims -a api-default')).toMatchObject({
        held: 2,
        onOrder: 0,
        sims: [{order: null}, {order: null}],
      })
    }))

  it('does not wait for a run that was killed while it ordered eSIM profiles', async () => {
    const cut = await stateAt(`${ORDER} --esim --quantity 1`, ready, {
      method: 'POST',
      path: 'ESimProfiles',
      when: 'before',
    })
    await inWorld(cut, async (world) => {
      const running = world.start('twilio:sims -a api-default')
      await said(running, /Waiting/)
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      const {exitCode, stderr} = await running.finished
      expect(exitCode).toBe(0)
      expect(stderr).not.toMatch(/waiting/i)
    })
  })
})
