import {describe, expect, it} from '@jest/globals'

import {json, type World} from '../../../support/cli.js'
import {CREATE, inWorld, stateAfter} from '../../../support/faults.js'
import {book, card, expectTidy, ORDER, REGISTER, stocked, tallyOf} from '../../../support/sims.js'
import {changeRecord, changes, runAll, spoken, STACK} from '../../support.js'

const ready = await stateAfter(CREATE, 'addons:create twilio:small -a web-default --json')
const noStock = stocked(ready, 0)
const UPDATE = 'twilio:sims:orders:update'

async function ordered(world: World, flags: string): Promise<string> {
  const run = await world.aka(`${ORDER} ${flags}`)
  expect(run).toMatchObject({exitCode: 0})
  return json(run).order as string
}

const update = async (world: World, args: string) => {
  const run = await world.aka(`${UPDATE} ${args} --json`)
  return {exitCode: run.exitCode, ...json(run)}
}

describe('twilio:sims:orders', () => {
  it('lists the orders of an app-space with state, sources and what happens next; all of them for the administrator', () =>
    inWorld(stocked(ready, 1), async (world) => {
      const mixed = await ordered(world, '--quantity 3')
      const esim = await ordered(world, '--esim --quantity 1')
      const other = json(await world.aka('twilio:sims:order -a web-default --quantity 2 --yes --json')).order
      const runs = await runAll(world, {
        one: 'twilio:sims:orders -a api-default',
        document: 'twilio:sims:orders -a api-default --json',
        all: 'twilio:sims:orders --all --json',
        queue: 'twilio:sims:orders --all --state waiting --json',
        queueForPeople: 'twilio:sims:orders --all --state waiting',
        none: 'twilio:sims:orders -a api-default --state shipped --json',
        variable: ['twilio:sims:orders --json', {env: {AKKERIS_APP: 'web-default'}}],
      })
      expect(runs.one.stdout).toMatch(
        new RegExp(`${mixed} +3 SIM cards +waiting +1 from stock, 2 from the administrator`),
      )
      expect(runs.one.stdout).toMatch(new RegExp(`${esim} +1 eSIM profile +complete +1 of 1 ordered from Twilio`))
      expect(runs.one.stderr).toMatch(new RegExp(`aka ${UPDATE} ${mixed} --state ordered`))
      const [account] = await world.sandbox.read(({accounts}) =>
        accounts.filter((each) => each.friendlyName.startsWith('api')),
      )
      expect(json(runs.document)).toEqual({
        orders: [
          {
            order: mixed,
            appSpace: 'api-default',
            host: expect.any(String),
            accountSid: account?.sid,
            kind: 'card',
            quantity: 3,
            state: 'waiting',
            fromStock: [expect.stringMatching(/^HS/)],
            profiles: [],
            activationCodes: [],
            registered: [],
            addressSid: expect.stringMatching(/^AD/),
            seller: 'administrator',
            reference: null,
            tracking: null,
            createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
            next: expect.stringContaining(`${UPDATE} ${mixed} --state ordered`),
          },
          expect.objectContaining({order: esim, kind: 'esim', state: 'complete', profiles: [expect.any(String)]}),
        ],
      })
      const ids = (run: keyof typeof runs) => (json(runs[run]).orders as {order: string}[]).map(({order}) => order)
      expect(ids('all')).toEqual([mixed, esim, other])
      expect(ids('queue')).toEqual([mixed, other])
      expect(ids('none')).toEqual([])
      expect(ids('variable')).toEqual([other])
      expect(runs.queueForPeople.stdout).toMatch(new RegExp(`${String(other)} +web-default +2 SIM cards`))
    }))

  it('says that there are none', () =>
    inWorld(ready, async (world) => {
      const run = await world.aka('twilio:sims:orders -a api-default')
      expect(run).toMatchObject({exitCode: 0, stdout: 'There are no SIM orders.\n'})
      const shipped = await world.aka('twilio:sims:orders --all --state shipped')
      expect(shipped).toMatchObject({exitCode: 0, stdout: 'No SIM order is shipped.\n'})
    }))

  it('of an app-space without an add-on is exit 4', () =>
    inWorld(ready, async (world) => {
      expect(await world.aka('twilio:sims:orders -a nothing-here --json')).toMatchObject({exitCode: 4})
    }))
})

describe('twilio:sims:orders:update', () => {
  it('follows an order from the queue to its arrival, with the tracking number', () =>
    inWorld(noStock, async (world) => {
      const order = await ordered(world, '--quantity 1')
      expect(await update(world, `${order} --state ordered`)).toEqual({
        exitCode: 0,
        order,
        appSpace: 'api-default',
        state: 'ordered',
        tracking: null,
      })
      expect(await update(world, `${order} --state shipped --tracking 1Z999`)).toMatchObject({tracking: '1Z999'})
      expect(await update(world, `${order} --tracking 1Z998`)).toMatchObject({state: 'shipped', tracking: '1Z998'})
      const listed = await world.aka('twilio:sims:orders -a api-default')
      expect(spoken(listed)).toMatch(/shipped[^]*1Z998/)
      const delivered = await world.aka(`${UPDATE} ${order} --state delivered`)
      expect(delivered.stdout).toBe(`Order ${order} of api-default is delivered.\n`)
      expect(delivered.stderr).toMatch(/twilio:sims:register -a api-default/)
      expect(await update(world, `${order} --state delivered`)).toMatchObject({exitCode: 0, state: 'delivered'})
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 1})
      expectTidy(await book(world))
    }))

  it('refuses what may not follow, with what may', () =>
    inWorld(stocked(ready, 1), async (world) => {
      const complete = await ordered(world, '--quantity 1')
      const waiting = await ordered(world, '--quantity 1')
      const profiles = await ordered(world, '--esim --quantity 1')
      await update(world, `${waiting} --state shipped`)
      const before = await book(world)
      for (const [args, way] of [
        [`${complete} --state shipped`, /Nothing follows after complete/],
        [`${complete} --state cancelled`, /Nothing follows after complete/],
        [`${waiting} --state ordered`, /can become delivered, cancelled/],
        [`${profiles} --state shipped`, /nobody ships them/],
      ] as const)
        expect(await update(world, args)).toMatchObject({
          exitCode: 6,
          error: {code: 'ORDER_STATE_CONFLICT', suggestions: expect.arrayContaining([expect.stringMatching(way)])},
        })
      const {orders, held} = await book(world)
      expect(orders.map(({state}) => state)).toEqual(before.orders.map(({state}) => state))
      expect(held).toEqual([])
    }))

  it('cannot bring back what was cancelled', () =>
    inWorld(noStock, async (world) => {
      const order = await ordered(world, '--quantity 1')
      expect(await update(world, `${order} --state cancelled`)).toMatchObject({exitCode: 0})
      expect(await update(world, `${order} --state cancelled`)).toMatchObject({exitCode: 0, state: 'cancelled'})
      expect(await update(world, `${order} --state ordered`)).toMatchObject({exitCode: 6})
    }))

  it('wants to know what became of which order', () =>
    inWorld(ready, async (world) => {
      const runs = await runAll(world, {
        what: `${UPDATE} ord-23456789`,
        which: `${UPDATE} --state shipped`,
        state: `${UPDATE} ord-23456789 --state lost`,
        complete: `${UPDATE} ord-23456789 --state complete`,
      })
      for (const [name, {exitCode, stdout, stderr}] of Object.entries(runs)) {
        expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
        expect(stderr).not.toMatch(STACK)
      }
      expect(changes(world.sandbox.requests)).toEqual([])
    }))

  it('knows no such order: exit 4', () =>
    inWorld(ready, async (world) => {
      expect(await update(world, 'ord-23456789 --state shipped')).toMatchObject({
        exitCode: 4,
        error: {code: 'ORDER_NOT_FOUND', suggestions: [expect.stringContaining('twilio:sims:orders --all')]},
      })
    }))
})

describe('a cancelled order', () => {
  it('no longer counts against the limit', () =>
    inWorld(noStock, async (world) => {
      const order = await ordered(world, '--quantity 40')
      expect(await world.aka(`${ORDER} --quantity 1`)).toMatchObject({exitCode: 3})
      expect(await update(world, `${order} --state cancelled`)).toMatchObject({exitCode: 0, state: 'cancelled'})
      expect(await tallyOf(world)).toEqual({held: 0, onOrder: 0})
      expect((await book(world)).reservations).toEqual({})
      expect(await world.aka(`${ORDER} --quantity 40`)).toMatchObject({exitCode: 0})
    }))

  it('keeps what has come of it', () =>
    inWorld(stocked(ready, 2), async (world) => {
      const order = await ordered(world, '--quantity 5')
      expect(await world.aka([...`${REGISTER} ${card(1).iccid} --code`.split(' '), card(1).code])).toMatchObject({
        exitCode: 0,
      })
      await update(world, `${order} --state cancelled`)
      expect(await tallyOf(world)).toEqual({held: 3, onOrder: 0})
    }))

  it('of eSIM profiles still counts those that are still to come: they cannot be returned', () =>
    inWorld(noStock, async (world) => {
      const order = await ordered(world, '--esim --quantity 40 --no-wait')
      await world.aka(`${UPDATE} ${order} --state cancelled`)
      const again = await world.aka(`${ORDER} --esim --quantity 1 --no-wait`)
      await world.sandbox.advanceClock(5)
      const {sims} = await book(world)
      expect(again.exitCode).toBe(3)
      expect(sims).toHaveLength(40)
    }))

  it('takes no card that was on its way into it when a registration was interrupted', () =>
    inWorld(noStock, async (world) => {
      const order = await ordered(world, '--quantity 1')
      // As a run leaves it that was killed just before the request.
      await changeRecord(world, `api-default/${order}`, (data) => void (data.iccids = [card(1).iccid]))
      expect(await update(world, `${order} --state cancelled`)).toMatchObject({exitCode: 0})
      expect(await world.aka(`${ORDER} --quantity 40`)).toMatchObject({exitCode: 0})
      const {iccid, code} = card(1)
      await world.aka(`${REGISTER} ${iccid} --code ${code}`)
      const {held, onOrder} = await tallyOf(world)
      expect(Number(held) + Number(onOrder)).toBeLessThanOrEqual(40)
    }))
})

describe('the orders of an add-on that was destroyed', () => {
  it('are no business of the next one of that app-space', () =>
    inWorld(stocked(ready, 2), async (world) => {
      const cancelled = await ordered(world, '--quantity 3')
      await update(world, `${cancelled} --state cancelled`)
      const waiting = await ordered(world, '--quantity 1')
      const destroyed = json(await world.aka('addons:destroy twilio -a api-default --confirm api-default --json'))
      expect(destroyed).toMatchObject({
        sims: {cancelledOrders: [waiting], toStock: [expect.any(String), expect.any(String)]},
      })
      expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
      expect(json(await world.aka('twilio:sims:orders -a api-default --json'))).toEqual({orders: []})
      expect(json(await world.aka('twilio:invoice -a api-default --json'))).toMatchObject({simCardsPerMonth: 0})
    }))
})
