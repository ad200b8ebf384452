import {describe, expect, it} from '@jest/globals'

import {ensureGroup, ensureMoved, ensureOwner} from '../../../src/lib/carrier/ensure.js'
import type {Sim} from '../../../src/lib/carrier/port.js'
import {connectKore} from '../../../src/lib/kore/connect.js'
import {koreSims} from '../../../src/lib/kore/service.js'
import type {HttpRequest, HttpResponse, Send} from '../../../src/lib/transport/types.js'
import {addCard} from '../../../src/sandbox/server/cards.js'
import {startInProcess, transportOf} from '../../support/in-process.js'
import {card} from '../../support/sims.js'

/** Two app-spaces, and some cards in stock; `answers` stands before the sandbox. */
async function start({
  cards = 1,
  answers,
}: {readonly cards?: number; readonly answers?: (request: HttpRequest, next: Send) => Promise<HttpResponse>} = {}) {
  const {sandbox} = await startInProcess()
  await sandbox.change((state, now) => {
    state.superSims = []
    for (let count = 0; count < cards; count++) addCard(state, now, 'supersim')
  })
  const send: Send = (request) => (answers ? answers(request, sandbox.send) : sandbox.send(request))
  const {kore, accountSid} = await sandbox.credentials()
  const account = connectKore(kore, {transport: transportOf(send), endpoint: undefined})
  const service = koreSims(account, {source: 'the test', country: 'US'})
  const of = (appSpace: string) =>
    service.carrierOf({appSpace, host: 'h', registry: 'r', account: {sid: accountSid, authToken: ''}})
  const [api, web] = [of('api-default'), of('web-default')]
  await ensureOwner(api, 'US')
  await ensureOwner(web, 'US')
  const stock = service.stock()
  const fleetOf = async ({sid}: Pick<Sim, 'sid'>) =>
    (await sandbox.read(({superSims}) => superSims.find((sim) => sim.sid === sid)))?.fleetSid
  return {sandbox, api, web, stock, fleetOf, of}
}

const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new Error('there is none')
  return item
}

describe('the SIMs of an app-space', () => {
  it('are those of its fleet, and another one sees, counts and moves none of them', async () => {
    const {api, web, stock} = await start()
    const sim = first(await stock.listSims())
    await ensureMoved(sim, {stock, to: api})
    expect([await api.listSims(), await web.listSims(), await stock.listSims()]).toMatchObject([
      [{sid: sim.sid}],
      [],
      [],
    ])
    expect(await api.fetchSim(sim.sid)).toMatchObject({sid: sim.sid})
    const missing = {code: 'SIM_NOT_FOUND', exitCode: 4}
    await expect(web.fetchSim(sim.sid)).rejects.toMatchObject(missing)
    await expect(stock.fetchSim(sim.sid)).rejects.toMatchObject(missing)
    expect(await web.listSims({iccid: sim.iccid})).toEqual([])
  })

  it('are in a fleet of its own, which is created once', async () => {
    const {api, sandbox} = await start()
    await ensureOwner(api, 'US')
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect(fleets.map(({uniqueName}) => uniqueName)).toEqual([
      expect.stringMatching(/^api-default-aka-twilio-[0-9a-f]{16}$/),
      expect.stringMatching(/^web-default-aka-twilio-[0-9a-f]{16}$/),
    ])
    expect(networkAccessProfiles).toMatchObject([{uniqueName: 'aka-twilio-US'}])
  })

  it('share the networks of a country, whoever is first', async () => {
    const {sandbox, of} = await start()
    await Promise.all(
      ['a', 'b', 'c'].map((name) => ensureGroup(of(name), 'super-sim', {name: of(name).owner, country: 'CA'})),
    )
    const {fleets, networkAccessProfiles} = await sandbox.read((state) => state)
    expect(fleets).toHaveLength(5)
    expect(networkAccessProfiles.map(({uniqueName}) => uniqueName)).toEqual(['aka-twilio-US', 'aka-twilio-CA'])
  })

  it('have the messages that were sent to them and by them, and no others', async () => {
    const {api, web, stock, sandbox} = await start({cards: 2})
    for (const [carrier, sim] of [api, web].map((each, at) => [each, at] as const)) {
      const one = (await stock.listSims())[0] ?? first([])
      await ensureMoved(one, {stock, to: carrier})
      const {sid: group} = first(await carrier.listGroups('super-sim'))
      await carrier.activate(one, group)
      await sandbox.advanceClock(5)
      await carrier.sendMessage({sim: await carrier.fetchSim(one.sid), payload: `to ${sim}`, binary: false})
    }
    const since = new Date('2026-03-10T00:00:00Z')
    const sim = first(await api.listSims())
    for (const only of [{}, {since}, {sim}])
      expect((await api.listMessages(only)).map(({payload}) => payload)).toEqual(['to 0'])
    expect(await web.messageDates?.(since)).toHaveLength(1)
    expect(await web.messageDates?.(new Date('2026-04-01T00:00:00Z'))).toEqual([])
  })
})

describe('stock', () => {
  it('has neither the SIMs of eSIM profiles, nor those of foreign fleets, nor what was activated', async () => {
    const {stock, sandbox} = await start({cards: 3})
    await stock.orderProfile(undefined, {})
    await sandbox.advanceClock(3600)
    const [one, two, three] = await stock.listSims()
    await sandbox.change((state) => {
      for (const sim of state.superSims) {
        if (sim.sid === one?.sid) sim.fleetSid = state.fleets[0]?.sid ?? ''
        if (sim.sid === two?.sid) sim.status = 'inactive'
      }
    })
    expect(await stock.listSims()).toMatchObject([{sid: three?.sid}])
  })

  const emptyFleet = ({body = ''}: HttpRequest) => new URLSearchParams(body).get('Fleet') === ''
  const refusing = async (request: HttpRequest, next: Send): Promise<HttpResponse> =>
    emptyFleet(request)
      ? {status: 400, headers: {}, body: JSON.stringify({code: 83006, message: 'Not found', status: 400})}
      : next(request)
  const ignoring = async (request: HttpRequest, next: Send): Promise<HttpResponse> =>
    next(emptyFleet(request) ? {...request, body: ''} : request)
  it.each([
    ['is obeyed', undefined, undefined],
    ['is refused', refusing, 'aka-twilio-stock'],
    ['changes nothing', ignoring, 'aka-twilio-stock'],
  ])('gets a card back where an empty fleet %s, and gives it again', async (_, answers, fleet) => {
    const {api, web, stock, sandbox, fleetOf} = await start({...(answers && {answers})})
    const sim = first(await stock.listSims())
    await ensureMoved(sim, {stock, to: api})
    await ensureMoved(sim, {stock, to: stock})
    const {fleets} = await sandbox.read((state) => state)
    expect(await fleetOf(sim)).toBe(fleets.find(({uniqueName}) => uniqueName === fleet)?.sid ?? null)
    expect([await api.listSims(), await stock.listSims()]).toMatchObject([[], [{sid: sim.sid}]])
    await ensureMoved(sim, {stock, to: web})
    expect([await stock.listSims(), await web.listSims()]).toMatchObject([[], [{sid: sim.sid}]])
  })
})

describe('a refusal of KORE’s', () => {
  it('is known by its code, and by its status where a gateway gave it', async () => {
    const {api, sandbox} = await start()
    await api.register(card(1))
    const again = await api.register(card(1)).catch((error: unknown) => error)
    expect([api.refusalOf(again), again]).toMatchObject(['already registered', {exitCode: 1, code: 'KORE_REFUSED'}])
    sandbox.faults.add({path: 'supersim', when: 'before', do: {status: 403, body: '{"message": "Forbidden"}'}})
    await expect(api.listSims()).rejects.toMatchObject({exitCode: 5, code: 'KORE_CREDENTIALS_REFUSED'})
    sandbox.faults.add({path: 'supersim', when: 'before', do: {status: 200, body: '{"sims": [{}], "fleets": [{}]}'}})
    await expect(api.listSims()).rejects.toMatchObject({exitCode: 7, code: 'KORE_RESPONSE_INVALID'})
  })
})
