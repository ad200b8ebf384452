import {describe, expect, it} from '@jest/globals'

import {
  ensureActive,
  ensureGroup,
  ensureInactive,
  ensureMoved,
  ensureNamed,
  ensureProfileOrdered,
  ensureRegistered,
  ensureSent,
  untilUnchanging,
} from '../../../src/lib/carrier/ensure.js'
import type {ESimProfile, Refusal, Sim, SimCarrier, SimMessage} from '../../../src/lib/carrier/port.js'
import {Failure, UnknownOutcome} from '../../../src/lib/errors.js'
import type {Transport} from '../../../src/lib/transport/transport.js'
import {stopClock} from '../../support/clock.js'

const transport = stopClock() as Transport
const guard = {requireTime: () => undefined, withTime: <Result>(work: () => Promise<Result>) => work()}
const card = {iccid: '8988307000000000001', code: 'H3LL0W0RLD'}

class Refused extends Failure {
  constructor(readonly refusal: Refusal) {
    super({code: 'TWILIO_REFUSED', message: refusal})
  }
}

/** How requests for a change end, one after the other; at the end they succeed. */
type Ending = 'answer lost' | 'not done' | Refusal

/** A carrier of one SIM, one fleet, one profile and one message, none of which is there yet. */
function carrier(endings: readonly Ending[], sim: Partial<Sim> = {}) {
  const left = [...endings]
  const done: string[] = []
  let now: Sim = {
    sid: 'HS1',
    product: 'super-sim',
    iccid: card.iccid,
    name: undefined,
    status: 'new',
    group: undefined,
    ...sim,
  }
  const change = async <Result>(what: string, work: () => Result): Promise<Result> => {
    const ending = left.shift()
    if (ending === 'not done') throw new UnknownOutcome('500')
    if (ending !== undefined && ending !== 'answer lost') throw new Refused(ending)
    done.push(what)
    const result = work()
    if (ending === 'answer lost') throw new UnknownOutcome('lost')
    return result
  }
  const become = (changes: Partial<Sim>) => (now = {...now, ...changes})
  const there = (what: string) => done.includes(what)
  const profile = {sid: 'HP1', eid: undefined} as ESimProfile
  const message = {sid: 'HC1', direction: 'to SIM', payload: 'hello'} as SimMessage
  const old = {...message, sid: 'HC0'}
  const port: Partial<SimCarrier> = {
    transport,
    owner: 'AC2',
    listSims: async () => (there('register') || there('move AC2') ? [now] : []),
    fetchSim: async () => now,
    register: () => change('register', () => now),
    move: (_, owner) => change(`move ${owner}`, () => undefined),
    rename: (_, name) => change('rename', () => become({name})),
    activate: (_, group) => change('activate', () => become({status: 'scheduled', group})),
    deactivate: () => change('deactivate', () => become({status: 'inactive'})),
    listGroups: async () => (there('group') ? [{sid: 'HF1', name: 'vans'}] : []),
    prepareGroup: async () => undefined,
    createGroup: () => change('group', () => ({sid: 'HF1', name: 'vans'})),
    listProfiles: async () => (there('profile') ? [profile] : []),
    orderProfile: () => change('profile', () => profile),
    listMessages: async () => (there('message') ? [message, old] : [old]),
    sendMessage: () => change('message', () => message),
    refusalOf: (error) => (error instanceof Refused ? error.refusal : undefined),
  }
  return {port: port as SimCarrier, sim: now, done, settle: (status: string) => become({status})}
}

const changes = {
  group: ({port}) => ensureGroup(port, 'super-sim', {name: 'vans', country: 'US'}),
  register: ({port}) => ensureRegistered({sims: port, stock: port}, card),
  'move AC2': ({port, sim}) => ensureMoved(sim, {stock: port, to: port, guard}),
  rename: ({port, sim}) => ensureNamed(port, sim, 'van-1'),
  activate: ({port, sim}) => ensureActive(port, sim, 'HF1'),
  profile: ({port}) => ensureProfileOrdered(port, undefined, {isOurs: ({sid}) => sid === 'HP1', guard}),
  message: ({port, sim}) => ensureSent(port, {sim, payload: 'hello', binary: false}, 'the list'),
} satisfies Record<string, (world: ReturnType<typeof carrier>) => Promise<unknown>>

const single = ['group', 'profile', 'message']
const isSingle = ([what]: readonly [string, unknown]) => single.includes(what)
const each = Object.entries(changes)

describe.each([
  ['all goes well', []],
  ['its answer is lost', ['answer lost']],
] as const)('happens once when %s', (_, endings) => {
  it.each(each)('%s', async (what, ensure) => {
    const world = carrier(endings)
    await ensure(world)
    expect(world.done).toEqual([what])
  })
})

describe.each([
  ['it is not done at first', ['not done']],
  ['it is not done at first, and then its answer is lost', ['not done', 'answer lost']],
] as const)('when %s', (_, endings) => {
  it.each(each.filter((change) => !isSingle(change)))('is sent again: %s', async (what, ensure) => {
    const world = carrier(endings)
    await ensure(world)
    expect(world.done).toEqual([what])
  })

  it.each(each.filter(isSingle))('is not known, and not sent again: %s', async (_what, ensure) => {
    const world = carrier(endings)
    await expect(ensure(world)).rejects.toMatchObject({outcome: 'temporary', code: 'OUTCOME_UNKNOWN'})
    expect(world.done).toEqual([])
  })
})

describe('a change whose outcome stays unknown', () => {
  const unknown = Array<Ending>(9).fill('not done')

  it.each(Object.entries(changes))('is exit 7: %s', async (_, ensure) => {
    await expect(ensure(carrier(unknown))).rejects.toMatchObject({outcome: 'temporary'})
  })

  it('is for a person to decide when it is a message', async () => {
    await expect(changes.message(carrier(unknown))).rejects.toMatchObject({
      suggestions: [expect.stringMatching(/^Look at the list before sending it again/)],
    })
  })
})

describe('a refusal', () => {
  it.each(Object.entries(changes))('is passed on: %s', async (_, ensure) => {
    await expect(ensure(carrier(['other']))).rejects.toMatchObject({refusal: 'other'})
  })

  it('of a card that is registered already means that it is, if it is ours', async () => {
    const lost = carrier([])
    await changes.register(lost)
    const again = {...lost.port, register: () => Promise.reject(new Refused('already registered'))}
    expect(await ensureRegistered({sims: again, stock: again}, card)).toMatchObject({sid: 'HS1'})
    await expect(changes.register(carrier(['already registered']))).rejects.toMatchObject({
      refusal: 'already registered',
    })
  })

  it('of a fleet means that it is there, if another run has just created it', async () => {
    const other = carrier([])
    let looks = 0
    const listGroups: SimCarrier['listGroups'] = async () => (++looks < 3 ? [] : [{sid: 'HF1', name: 'vans'}])
    const createGroup = () => Promise.reject(new Refused('other'))
    const port = {...other.port, listGroups, createGroup}
    expect(await ensureGroup(port, 'super-sim', {name: 'vans', country: 'US'})).toMatchObject({sid: 'HF1'})
  })

  it('of a SIM that is no longer there means that it was moved, if it arrived', async () => {
    const lost = carrier([])
    await changes['move AC2'](lost)
    const again = {...lost.port, move: () => Promise.reject(new Refused('not found'))}
    await ensureMoved(lost.sim, {stock: again, to: again, guard})
    await expect(changes['move AC2'](carrier(['not found']))).rejects.toMatchObject({refusal: 'not found'})
  })

  it('of a name that is taken leaves the SIM without one', async () => {
    expect(await changes.rename(carrier(['name taken']))).toBeUndefined()
  })
})

describe('nothing is sent', () => {
  it.each([
    ['for a fleet that is there', (world) => ensureGroup(world.port, 'super-sim', {name: 'vans', country: 'US'}), {}],
    ['for a SIM of that name', ({port, sim}) => ensureNamed(port, sim, 'van-1'), {name: 'van-1'}],
    ['for one that is active there', ({port, sim}) => ensureActive(port, sim, 'HF1'), {status: 'active', group: 'HF1'}],
    ['for one that is not active', ({port, sim}) => ensureInactive(port, sim), {status: 'inactive'}],
  ] as readonly (readonly [string, (world: ReturnType<typeof carrier>) => Promise<unknown>, Partial<Sim>])[])(
    '%s',
    async (_, ensure, sim) => {
      const world = carrier([], sim)
      await world.port.createGroup('super-sim', {name: 'vans', country: 'US'}, undefined)
      await ensure(world)
      expect(world.done).toEqual(['group'])
    },
  )
})

describe('the status of a SIM', () => {
  it('changes to another fleet, and to inactive, once', async () => {
    const moved = carrier(['answer lost'], {status: 'active', group: 'HF2'})
    expect(await ensureActive(moved.port, moved.sim, 'HF1')).toMatchObject({group: 'HF1'})
    const stopped = carrier(['answer lost'], {status: 'ready'})
    expect(await ensureInactive(stopped.port, stopped.sim)).toMatchObject({status: 'inactive'})
    expect([moved.done, stopped.done]).toEqual([['activate'], ['deactivate']])
  })

  it('is waited for while it changes', async () => {
    const {port, sim, settle} = carrier([], {status: 'updating'})
    const waiting = {...transport, pause: async () => void settle('active')}
    expect(await untilUnchanging({...port, transport: waiting}, sim)).toMatchObject({status: 'active'})
  })

  it('that never settles is exit 7 after two minutes', async () => {
    const {port, sim} = carrier([], {status: 'scheduled'})
    await expect(untilUnchanging(port, sim)).rejects.toMatchObject({code: 'SIM_STATUS_PENDING'})
  })
})
