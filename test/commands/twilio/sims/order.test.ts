import {mkdir, readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {addCard} from '../../../../src/sandbox/server/cards.js'
import {json, type World} from '../../../support/cli.js'
import {CREATE, inWorld, refusal, stateAfter, stateAt} from '../../../support/faults.js'
import {book, but, expectTidy, later, ORDER, ordersOf, stocked, tallyOf} from '../../../support/sims.js'
import {changeRecord, changes, runAll, snapshot, spoken, STACK} from '../../support.js'

const ready = await stateAfter(CREATE)
const noStock = stocked(ready, 0)
const ASK = 'twilio:sims:order -a api-default'
const EID = '89049032000000000000000000000001'
const FAILING_EID = '89049032000000000000000000000000'
const MOVE = {method: 'POST', path: 'supersim.twilio.com/v1/Sims/'}
const two = await stateAt(`${ORDER} --quantity 2`, ready, {...MOVE, nth: 2, when: 'before'})

const failure = async (world: World, command: string) => {
  const run = await world.aka(command)
  return {exitCode: run.exitCode, ...(json(run).error as {code: string; message: string; suggestions: string[]})}
}

describe('a quote', () => {
  it('says price, address and what is left of the limit, and orders nothing', () =>
    inWorld(ready, async (world) => {
      const before = await snapshot(world)
      const runs = await runAll(world, {
        cards: `${ASK} --quantity 6 --dry-run`,
        json: `${ASK} --quantity 6 --dry-run --json`,
        esim: `${ASK} --esim --quantity 2 --dry-run`,
        esimJson: `${ASK} --eid ${EID} --dry-run --json`,
      })
      expect(runs.cards).toMatchObject({exitCode: 0, stderr: ''})
      expect(runs.cards.stdout).toMatch(/6 SIM cards for api-default/)
      expect(runs.cards.stdout).toMatch(/\$30 once, and \$40\/month from the first card on/)
      expect(runs.cards.stdout).toMatch(/Sandbox Administrator, 1 Example Street, Salt Lake City, UT 84101, US/)
      expect(runs.cards.stdout).toMatch(/40 \(twilio:small\): 0 held, 0 on order, 34 left after this/)
      expect(runs.cards.stdout).toMatch(/Nothing was ordered/)
      expect(json(runs.json)).toEqual({
        dryRun: true,
        appSpace: 'api-default',
        kind: 'card',
        quantity: 6,
        plan: 'small',
        limit: 40,
        held: 0,
        onOrder: 0,
        leftAfter: 34,
        price: {once: 30, perMonth: 40, startsPerMonth: true},
        addressSid: before.addresses[0]?.sid,
      })
      expect(runs.esim.stdout).toMatch(/2 eSIM profiles/)
      expect(runs.esim.stdout).not.toMatch(/Example Street/)
      expect(json(runs.esimJson)).toMatchObject({kind: 'esim', quantity: 1, price: {once: 0, perMonth: 0}})
      expect(await snapshot(world)).toEqual(before)
    }))

  it('counts what is held and on order, and charges by the month once', () =>
    inWorld(stocked(ready, 1), async (world) => {
      expect(await world.aka(`${ORDER} --quantity 3`)).toMatchObject({exitCode: 0})
      const {human, document} = await runAll(world, {
        human: `${ASK} --quantity 1 --dry-run`,
        document: `${ASK} --quantity 1 --dry-run --json`,
      })
      expect(human.stdout).toMatch(/\$5 once; the \$40\/month .*already/)
      expect(json(document)).toMatchObject({
        held: 1,
        onOrder: 2,
        leftAfter: 36,
        price: {once: 5, startsPerMonth: false},
      })
    }))

  it('orders nothing where an order was interrupted either', async () => {
    const cut = await stateAt(`${ORDER} --quantity 2`, ready, {method: 'POST', path: 'supersim', when: 'before'})
    await inWorld(later(cut), async (world) => {
      const run = await world.aka(`${ASK} --quantity 2 --dry-run --json`)
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({exitCode: 0, dryRun: true})
      expect(changes(world.sandbox.requests)).toEqual([])
    })
  })
})

describe('before anything is ordered', () => {
  it('shows the quote, and where there is no terminal names --yes instead of asking', () =>
    inWorld(ready, async (world) => {
      const {human, document} = await runAll(world, {
        human: [`${ASK} --quantity 2`, {stdin: 'y\n'}],
        document: `${ASK} --quantity 2 --json`,
      })
      expect(human).toMatchObject({exitCode: 2, stdout: ''})
      expect(human.stderr).toMatch(/\$10 once[^]*--yes/)
      expect({exitCode: document.exitCode, ...json(document)}).toMatchObject({
        exitCode: 2,
        error: {code: 'NOT_INTERACTIVE', exitCode: 2, suggestions: [expect.stringContaining('--yes')]},
      })
      expect(changes(world.sandbox.requests)).toEqual([])
    }))

  it('tells what is wrong with the command line, and sends nothing', () =>
    inWorld(ready, async (world) => {
      const runs = await runAll(world, {
        howMany: `${ASK} --yes`,
        none: `${ASK} --yes --quantity 0`,
        negative: `${ASK} --yes --quantity=-1`,
        word: `${ASK} --yes --quantity four`,
        eid: `${ASK} --yes --eid 8904`,
        eidTwice: `${ASK} --yes --eid ${EID} --eid ${EID}`,
        eids: `${ASK} --yes --eid ${EID} --quantity 2`,
        address: `${ASK} --yes --esim --quantity 1 --address-sid AD1`,
        appSpace: 'twilio:sims:order -a api --quantity 1 --yes',
      })
      for (const [name, {exitCode, stdout, stderr}] of Object.entries(runs)) {
        expect({name, exitCode, stdout}).toEqual({name, exitCode: 2, stdout: ''})
        expect(stderr).toMatch(/→ /)
        expect(stderr).not.toMatch(STACK)
      }
      expect(world.sandbox.requests).toEqual([])
    }))

  it('finds no add-on: exit 4, with the way to make one', () =>
    inWorld(ready, async (world) => {
      expect(await failure(world, 'twilio:sims:order -a web-default --quantity 1 --yes --json')).toMatchObject({
        exitCode: 4,
        code: 'ADDON_NOT_FOUND',
        suggestions: expect.arrayContaining([expect.stringContaining('addons:create')]),
      })
    }))
})

describe('the address on file', () => {
  const [home] = ready.addresses
  if (!home) throw new Error('the sandbox has an address')
  const second = {...home, sid: `AD${'2'.repeat(32)}`, customerName: 'Warehouse', street: '2 Side Street'}
  const several = but(ready, ({addresses}) => void addresses.push(second))

  it('is needed: without one the command says how to add one', () =>
    inWorld(
      but(ready, (state) => void (state.addresses = [])),
      async (world) => {
        expect(await failure(world, `${ORDER} --quantity 1`)).toMatchObject({
          exitCode: 1,
          code: 'NO_ADDRESS_ON_FILE',
          suggestions: [expect.stringMatching(/https:\/\/console\.twilio\.com\/\S+addresses/), expect.any(String)],
        })
        expect(changes(world.sandbox.requests)).toEqual([])
        expect(await world.aka(`${ORDER} --esim --quantity 1`)).toMatchObject({exitCode: 0})
      },
    ))

  it('is chosen with --address-sid where there are several; without a terminal the command says so', () =>
    inWorld(several, async (world) => {
      expect(await failure(world, `${ORDER} --quantity 1`)).toMatchObject({
        exitCode: 2,
        suggestions: [expect.stringMatching(new RegExp(`--address-sid.*${second.sid}: Warehouse.*${home.sid}: `))],
      })
      expect(changes(world.sandbox.requests)).toEqual([])
      const chosen = await world.aka(`${ORDER} --quantity 1 --address-sid ${second.sid}`)
      expect({exitCode: chosen.exitCode, ...json(chosen)}).toMatchObject({exitCode: 0, addressSid: second.sid})
    }))

  it('that nobody knows is exit 4, with those there are', () =>
    inWorld(several, async (world) => {
      expect(await failure(world, `${ORDER} --quantity 1 --address-sid AD${'9'.repeat(32)}`)).toMatchObject({
        exitCode: 4,
        suggestions: [expect.stringContaining(home.sid)],
      })
      expect(changes(world.sandbox.requests)).toEqual([])
    }))

  it('of an interrupted order is kept; another one contradicts it', async () => {
    const command = `${ORDER} --quantity 1 --address-sid ${home.sid}`
    const cut = await stateAt(command, several, {method: 'POST', path: 'supersim', when: 'before'})
    await inWorld(later(cut), async (world) => {
      const other = await world.aka(`${ORDER} --quantity 1 --address-sid ${second.sid}`)
      expect(other.exitCode).toBe(6)
      const again = await world.aka(`${ORDER} --quantity 1`)
      expect({exitCode: again.exitCode, ...json(again)}).toMatchObject({
        exitCode: 0,
        resumed: true,
        addressSid: home.sid,
      })
    })
  })
})

describe('past the limit', () => {
  it('exit 3: plan, held, on order, asked, left, and the plan that would do; nothing is left of the order', () =>
    inWorld(stocked(ready, 2), async (world) => {
      expect(await world.aka(`${ORDER} --quantity 5`)).toMatchObject({exitCode: 0})
      const before = await book(world)
      const refused = await failure(world, `${ORDER} --quantity 36`)
      expect(refused).toMatchObject({exitCode: 3, code: 'SIM_LIMIT_EXCEEDED'})
      expect(refused.message).toMatch(/twilio:small.*40 .*2 held.*3 on order.*35.*36/)
      expect(refused.suggestions.join('\n')).toMatch(/35/)
      expect(refused.suggestions.join('\n')).toMatch(/twilio:medium allows 80/)
      expect(await failure(world, `${ORDER} --esim --quantity 36`)).toMatchObject({exitCode: 3})
      expect(await failure(world, `${ASK} --quantity 36 --dry-run --json`)).toMatchObject({exitCode: 3})
      expect((await failure(world, `${ORDER} --quantity 156`)).suggestions.join()).toMatch(/No plan allows that many/)
      expect((await book(world)).orders).toEqual(before.orders)
      expect(await tallyOf(world)).toEqual({held: 2, onOrder: 3})
      expect(await world.aka(`${ORDER} --quantity 35`)).toMatchObject({exitCode: 0})
      expect(await failure(world, `${ORDER} --quantity 1`)).toMatchObject({exitCode: 3})
    }))

  it('names a command to change the plan that can be run as it is', () =>
    inWorld(noStock, async (world) => {
      const {suggestions} = await failure(world, `${ORDER} --quantity 41`)
      expect(suggestions.join('\n')).toMatch(/aka addons:upgrade twilio:medium -a api-default/)
    }))

  it('goes by the plan of the app-space', () =>
    inWorld(noStock, async (world) => {
      await changeRecord(world, 'api-default', (data) => void (data.plan = 'medium'))
      expect(await world.aka(`${ORDER} --quantity 80`)).toMatchObject({exitCode: 0})
      expect((await failure(world, `${ORDER} --quantity 1`)).message).toMatch(/twilio:medium/)
    }))
})

describe('cards', () => {
  it('come from stock: never-activated cards of the main account are transferred', () =>
    inWorld(ready, async (world) => {
      const stock = ready.superSims.map(({sid}) => sid)
      const run = await world.aka(`${ORDER} --quantity 2`)
      const order = json(run)
      const {sims, ...after} = await book(world)
      expect(run.exitCode).toBe(0)
      expect(order).toEqual({
        order: expect.stringMatching(/^ord-[a-z0-9]{8}$/),
        resumed: false,
        appSpace: 'api-default',
        kind: 'card',
        quantity: 2,
        state: 'complete',
        fromStock: expect.any(Array),
        waiting: 0,
        seller: null,
        reference: null,
        addressSid: ready.addresses[0]?.sid,
        profiles: [],
        next: expect.stringContaining('aka twilio:sims -a api-default'),
      })
      expect(sims.map(({sid}) => sid).toSorted()).toEqual((order.fromStock as string[]).toSorted())
      expect(stock).toEqual(expect.arrayContaining(sims.map(({sid}) => sid)))
      expect(sims).toHaveLength(2)
      expect(after.stock).toHaveLength(2)
      expect(after.reservations).toEqual({})
      expectTidy(await book(world))
    }))

  it('that were activated once are not stock', () =>
    inWorld(
      but(stocked(ready, 2), ({superSims}) =>
        superSims.splice(1).forEach((sim) => superSims.push({...sim, status: 'inactive'})),
      ),
      async (world) => {
        const order = json(await world.aka(`${ORDER} --quantity 2`))
        expect(order).toMatchObject({fromStock: [expect.any(String)], waiting: 1})
      },
    ))

  it('are waited for from the administrator, as far as there are none', () =>
    inWorld(stocked(ready, 4), async (world) => {
      const run = await world.aka(`${ASK} --quantity 10 --yes`)
      const [order] = (await book(world)).orders
      expect(run.exitCode).toBe(0)
      expect(run.stdout).toMatch(new RegExp(`${order?.order}: waiting\\. 4 from stock, 6 from the administrator`))
      expect(run.stdout).toMatch(/aka twilio:sims:orders:update ord-\w+ --state ordered/)
      expect(order).toMatchObject({quantity: 10, state: 'waiting', seller: 'administrator'})
      expect((await book(world)).reservations).toEqual({[order?.order ?? '']: 10})
      expect(await tallyOf(world)).toEqual({held: 4, onOrder: 6})
    }))

  it('that Twilio does not move after all stay in stock, and the rest waits', () =>
    inWorld(stocked(ready, 2), async (world) => {
      world.sandbox.faults.add({method: 'POST', path: 'supersim', when: 'before', do: refusal(400, 20001)})
      const run = await world.aka(`${ORDER} --quantity 2`)
      expect(json(run)).toMatchObject({fromStock: [expect.any(String)], waiting: 1, state: 'waiting'})
      expect(run.stderr).toMatch(/stays in stock/)
      expect((await book(world)).stock).toHaveLength(1)
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 1})
    }))

  it('of Programmable Wireless are stock too', () =>
    inWorld(
      but(noStock, (state) => void addCard(state, 0, 'wireless')),
      async (world) => {
        expect(json(await world.aka(`${ORDER} --quantity 1`))).toMatchObject({
          fromStock: [expect.stringMatching(/^DE/)],
        })
      },
    ))
})

describe('eSIM profiles', () => {
  it('are ordered over the API, followed until they are available, and shown as QR codes', () =>
    inWorld(ready, async (world) => {
      const run = await world.aka(`${ASK} --esim --quantity 2 --yes`)
      const {orders, profiles, sims} = await book(world)
      expect(run.exitCode).toBe(0)
      expect(orders).toMatchObject([{kind: 'esim', state: 'complete', profiles: profiles.map(({sid}) => sid)}])
      expect(sims).toHaveLength(2)
      for (const {sid} of profiles) expect(run.stdout).toContain(`${sid}  available`)
      expect(run.stdout.match(/^ *█▀▀▀▀▀█ .*█▀▀▀▀▀█/gm)).toHaveLength(2)
      expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
      expectTidy(await book(world))
    }))

  it('come with their activation codes in the document', () =>
    inWorld(ready, async (world) => {
      const order = json(await world.aka(`${ORDER} --esim --quantity 1`))
      expect(order).toMatchObject({
        kind: 'esim',
        state: 'complete',
        fromStock: [],
        waiting: 0,
        addressSid: null,
        profiles: [
          {
            sid: expect.stringMatching(/^HP/),
            status: 'available',
            eid: null,
            sim: expect.stringMatching(/^HS/),
            iccid: expect.stringMatching(/^89/),
            lpa: expect.stringMatching(/^LPA:1\$SM-DP-PLUS\.TWILIO\.COM\$[\w-]+$/),
            activationCode: expect.stringMatching(/^1\$SM-DP-PLUS\.TWILIO\.COM\$[\w-]+$/),
            problem: null,
            qrFile: null,
          },
        ],
      })
    }))

  it('are bound to a device with --eid', () =>
    inWorld(ready, async (world) => {
      const other = '89049032000000000000000000000002'
      const order = json(await world.aka(`${ORDER} --eid ${EID} --eid ${other}`))
      expect(order).toMatchObject({quantity: 2, state: 'complete'})
      expect((order.profiles as {eid: string}[]).map(({eid}) => eid).toSorted()).toEqual([EID, other])
      expect((await book(world)).profiles.map(({eid}) => eid)).toEqual([EID, other])
    }))

  it('that fail are reported with the reason, and take no place', () =>
    inWorld(ready, async (world) => {
      const run = await world.aka(`${ORDER} --eid ${FAILING_EID} --eid ${EID}`)
      expect(run.stdout).toMatch(/No eSIM Profiles are available/)
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 0})
      expect((await book(world)).reservations).toEqual({})
    }))

  it('that fail make the command fail, and are not said to be there', () =>
    inWorld(ready, async (world) => {
      const run = await world.aka(`${ASK} --eid ${FAILING_EID} --yes`)
      expect(run.stdout).not.toMatch(/To see the SIMs/)
      expect(run.exitCode).toBe(1)
    }))

  it('are left on their way with --no-wait, and are on order until they are there', () =>
    inWorld(ready, async (world) => {
      const order = json(await world.aka(`${ORDER} --esim --quantity 3 --no-wait`))
      expect(order).toMatchObject({state: 'ordered', quantity: 3, profiles: [{}, {}, {}]})
      await world.sandbox.advanceClock(5)
      expect(await tallyOf(world)).toEqual({held: 3, onOrder: 0})
    }))

  it('that were left on their way are said to be complete when they are there', () =>
    inWorld(ready, async (world) => {
      const {order} = json(await world.aka(`${ORDER} --esim --quantity 1 --no-wait`))
      await world.sandbox.advanceClock(5)
      const {list, human} = await runAll(world, {
        list: 'twilio:sims:orders -a api-default --json',
        human: 'twilio:sims:orders -a api-default',
      })
      expect(json(list)).toMatchObject({orders: [{order, state: 'complete'}]})
      expect(spoken(human)).not.toMatch(/Twilio makes the profiles available/)
    }))

  it('are written as PNG files with --qr-dir, which is made where it is missing', () =>
    inWorld(ready, async (world) => {
      const folder = join(world.home, 'codes')
      await mkdir(folder)
      const order = json(await world.aka(`${ORDER} --esim --quantity 2 --qr-dir ${folder}`))
      const files = (order.profiles as {sid: string; qrFile: string}[]).map(({sid, qrFile}) => [sid, qrFile])
      expect(files.map(([, file]) => file)).toEqual(files.map(([sid]) => join(folder, `${sid}.png`)))
      expect((await readdir(folder)).toSorted()).toEqual(files.map(([sid]) => `${sid}.png`).toSorted())
      for (const [, file = ''] of files)
        expect((await readFile(file)).subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'))
    }))

  it('ordered until Twilio refuses are what the order is for', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'POST', path: 'ESimProfiles', nth: 2, when: 'before', do: refusal(400, 20001)})
      const refused = await failure(world, `${ORDER} --esim --quantity 3`)
      expect(refused).toMatchObject({
        exitCode: 1,
        suggestions: expect.arrayContaining([expect.stringMatching(/1 of 3/)]),
      })
      expect(await ordersOf(world)).toMatchObject([{quantity: 1, profiles: 1}])
      await world.sandbox.advanceClock(5)
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 0})
      expectTidy(await book(world))
    }))

  it('that Twilio refuses at once leave nothing of the order', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'POST', path: 'ESimProfiles', when: 'before', do: refusal(400, 20001)})
      expect(await failure(world, `${ORDER} --esim --quantity 3`)).toMatchObject({exitCode: 1})
      expect(await book(world)).toMatchObject({orders: [], reservations: {}, held: []})
    }))
})

describe('when Twilio no longer serves SIMs to the account', () => {
  it.each([
    ['410', {status: 410}],
    ['404 for the whole collection', {status: 404}],
    ['403', refusal(403, 20403)],
  ])('the error says what that means (%s)', (_, answer) =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({path: 'supersim', when: 'before', times: Infinity, do: answer})
      expect(await failure(world, `${ORDER} --quantity 1`)).toMatchObject({
        exitCode: 1,
        code: 'SIMS_UNAVAILABLE',
        suggestions: expect.arrayContaining([expect.stringMatching(/KORE/)]),
      })
      expect((await book(world)).orders).toEqual([])
    }),
  )

  it('goes on without Programmable Wireless where only that is gone', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({path: 'wireless.', when: 'before', times: Infinity, do: {status: 410}})
      expect(await world.aka(`${ORDER} --quantity 1`)).toMatchObject({exitCode: 0})
      expect(await world.aka('twilio:sims -a api-default')).toMatchObject({exitCode: 0})
    }))
})

describe('an order that was interrupted', () => {
  it('is resumed by the same command, which says so', () =>
    inWorld(later(two), async (world) => {
      const [unfinished] = (await book(world)).orders
      const run = await world.aka(`${ASK} --quantity 2 --yes`)
      expect(run.exitCode).toBe(0)
      expect(spoken(run)).toMatch(new RegExp(`Resuming order ${unfinished?.order}`))
      expect(await ordersOf(world)).toEqual([{quantity: 2, state: 'complete', stock: 2, profiles: 0, iccids: 0}])
      expect((await book(world)).stock).toHaveLength(2)
    }))

  it('stands beside another one with --new, and is finished after that', () =>
    inWorld(later(two), async (world) => {
      const second = json(await world.aka(`${ORDER} --quantity 2 --new`))
      const first = json(await world.aka(`${ORDER} --quantity 2`))
      expect([second, first]).toMatchObject([{resumed: false}, {resumed: true}])
      expect(await ordersOf(world)).toMatchObject([
        {quantity: 2, state: 'complete', stock: 2},
        {quantity: 2, state: 'complete', stock: 2},
      ])
      expect((await book(world)).sims).toHaveLength(4)
    }))

  it('is in the way of one for something else, with the ways out', () =>
    inWorld(later(two), async (world) => {
      const [unfinished] = (await book(world)).orders
      const refused = await failure(world, `${ORDER} --quantity 3`)
      expect(refused).toMatchObject({exitCode: 6, code: 'ORDER_UNFINISHED'})
      expect(refused.suggestions.join('\n')).toMatch(
        new RegExp(`--quantity 2[^]*orders:update ${unfinished?.order} --state cancelled[^]*--new`),
      )
    }))

  it('can be cancelled, which ends its reservation', () =>
    inWorld(later(two), async (world) => {
      const [unfinished] = (await book(world)).orders
      const run = await world.aka(`twilio:sims:orders:update ${unfinished?.order} --state cancelled`)
      expect(run.exitCode).toBe(0)
      expect(await tallyOf(world)).toEqual({held: 1, onOrder: 0})
      expect((await book(world)).reservations).toEqual({})
    }))

  it('for certain devices is resumed by the command that is named', async () => {
    const cut = await stateAt(`${ORDER} --eid ${EID}`, ready, {method: 'POST', path: 'ESimProfiles', when: 'before'})
    await inWorld(later(cut), async (world) => {
      const {suggestions} = await failure(world, `${ORDER} --esim --quantity 1`)
      const [, command = ''] = /To resume it: aka (.*)/.exec(suggestions.join('\n')) ?? []
      const run = await world.aka(`${command} --yes --json`)
      expect({exitCode: run.exitCode, ...json(run)}).toMatchObject({exitCode: 0, resumed: true, profiles: [{eid: EID}]})
    })
  })

  it('shares no card with an order that was placed since', async () => {
    const chosen = await stateAt(`${ORDER} --quantity 1`, ready, {...MOVE, when: 'before'})
    await inWorld(later(chosen), async (world) => {
      expect(await world.aka(`${ORDER} --quantity 1 --new`)).toMatchObject({exitCode: 0})
      expect(await world.aka(`${ORDER} --quantity 1`)).toMatchObject({exitCode: 0})
      const {orders, sims} = await book(world)
      expect(sims).toHaveLength(2)
      expect(new Set(orders.flatMap(({stock}) => stock)).size).toBe(2)
    })
  })
})
