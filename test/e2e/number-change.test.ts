import {describe, expect, it} from '@jest/globals'

import {getApp} from '../../src/sandbox/akkeris/apps.js'
import {dynosOf} from '../../src/sandbox/akkeris/dynos.js'
import type {Fault, State} from '../../src/sandbox/sandbox.js'
import {json, type World} from '../support/cli.js'
import {
  callsOfCleanRun,
  CREATE,
  DESTROY,
  expectNoStackTrace,
  inWorld as inAnyWorld,
  isSentOnce,
  isWrite,
  look,
  ownedNumber,
  PAST_THE_LEASE,
  refusal,
  remains,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

/** Time flies while a run waits for the app. */
async function hurry({sandbox}: World): Promise<void> {
  sandbox.faults.add({
    method: 'GET',
    path: '/dynos$',
    when: 'before',
    times: Infinity,
    do: {call: () => sandbox.advanceClock(2)},
  })
}

function inWorld(state: State, story: (world: World) => Promise<void>): Promise<void> {
  return inAnyWorld(state, async (world) => {
    await hurry(world)
    await story(world)
  })
}

/** An add-on whose app has run for a while, and a number in the main account. */
const ready = await stateOf(async (world) => {
  await ownedNumber(world)
  await world.aka(`${CREATE} --voice-url https://example.com/calls --sms-url https://example.com/messages`)
  await world.sandbox.advanceClock(60)
})
const [MAIN, SUB] = [ready.mainAccountSid, ready.accounts.find(({sid}) => sid !== ready.mainAccountSid)?.sid ?? '']
const numberOf = (accountSid: string) => ready.incomingNumbers.find((each) => each.accountSid === accountSid)
const OLD = numberOf(SUB)?.phoneNumber ?? ''
const OWNED = numberOf(MAIN)?.phoneNumber ?? ''

const CHANGE = `twilio:number:change -a api-default --from ${OLD} --yes --json`
const KEEP = `${CHANGE} --keep-old`
const MOVE = `${CHANGE} --phone-number ${OWNED}`

/** After every exchange: whether TWILIO_PHONE_NUMBER names a number that the subaccount does not hold. Never may it. */
function probe({sandbox}: World): readonly string[] {
  const broken: string[] = []
  sandbox.onExchange(({method, url}) => {
    void sandbox.read(({apps, incomingNumbers}) => {
      const {TWILIO_PHONE_NUMBER: named, TWILIO_SID: sid} = apps['api-default']?.configVars ?? {}
      const isHeld = incomingNumbers.some(({phoneNumber, accountSid}) => phoneNumber === named && accountSid === sid)
      if (named !== undefined && !isHeld) broken.push(`${named} after ${method} ${url}`)
    })
  })
  return broken
}

interface Changed {
  /** Numbers of the main account. */
  readonly inMain?: readonly string[]
  readonly restarts?: number
}

/** One number in the subaccount, which the app has, with the webhooks of the old one; nothing is left of the change. */
async function expectChanged(world: World, {inMain = [OWNED], restarts = 2}: Changed = {}): Promise<void> {
  const sight = await look(world)
  const state = await world.sandbox.read((now) => structuredClone(now))
  const held = state.incomingNumbers.filter(({accountSid}) => accountSid === SUB)
  const [number] = held
  expect(held.map(({phoneNumber}) => phoneNumber)).toEqual([expect.not.stringContaining(OLD)])
  expect(number?.settings).toMatchObject({
    voice_url: 'https://example.com/calls',
    sms_url: 'https://example.com/messages',
  })
  expect(sight).toMatchObject({
    accounts: [SUB],
    vars: {TWILIO_SID: SUB, TWILIO_PHONE_NUMBER: number?.phoneNumber},
    items: {'api-default': 'ready'},
  })
  expect(sight.restarts).toBeLessThanOrEqual(restarts)
  expect(numbersIn(state, MAIN).sort()).toEqual([...inMain].sort())
  expect(recordOf(state)).toMatchObject({
    phoneNumber: {sid: number?.sid, e164: number?.phoneNumber},
    intent: {operation: 'create', plan: 'small', voiceUrl: 'https://example.com/calls'},
  })
}

/** As if nothing had been asked for. */
async function expectUnchanged(world: World): Promise<void> {
  const state = await world.sandbox.read((now) => structuredClone(now))
  const withoutDates = ({incomingNumbers}: State) => incomingNumbers.map(({updatedAt, ...rest}) => rest)
  expect(withoutDates(state)).toEqual(withoutDates(ready))
  expect(state.apps['api-default']?.configVars).toEqual(ready.apps['api-default']?.configVars)
  const {nonce, lease, ...record} = recordOf(state)
  const {nonce: before, ...was} = recordOf(ready)
  expect(record).toEqual(was)
}

function numbersIn({incomingNumbers}: State, sid: string): string[] {
  return incomingNumbers.filter(({accountSid}) => accountSid === sid).map(({phoneNumber}) => phoneNumber)
}

function recordOf({syncMaps}: State): Record<string, unknown> {
  return syncMaps[0]?.items['api-default']?.data as Record<string, unknown>
}

const stories = {
  change: {command: CHANGE, inMain: [OWNED]},
  'change and keep the old number': {command: KEEP, inMain: [OWNED, OLD]},
  'change to a number of the main account': {command: MOVE, inMain: []},
}
const each = Object.entries(stories)
/** With everything that can happen to it: that takes as long as all the rest. */
const tried = sample(each, 3)
const left = await Promise.all(
  tried.map(async ([name, story]) =>
    (await remains(story.command, ready, hurry)).map(([title, state]) => [name, title, story, state] as const),
  ),
)
const allCalls = await Promise.all(
  tried.map(async ([name, story]) =>
    (await callsOfCleanRun(story.command, ready, hurry))
      .filter(isWrite)
      .map((call) => [name, call.title, story, call] as const),
  ),
)

/** What two stories share is in one of them alone. */
const told = new Set<string>()
const calls = allCalls.flat().filter(([, title]) => (told.has(title) ? false : told.add(title)))

/** After every exchange: dynos that run with a number that the subaccount does not hold. */
function probeDynos({sandbox}: World): readonly string[] {
  const broken: string[] = []
  sandbox.onExchange(({method, url}) => {
    void sandbox.read((state, now) => {
      const app = {name: 'api-default', app: getApp(state, 'api-default')}
      const running = dynosOf(state, app, now).filter((dyno) => dyno.state === 'running')
      const named = running.map(({vars}) => vars.TWILIO_PHONE_NUMBER ?? '')
      if (!named.every((number) => numbersIn(state, SUB).includes(number))) broken.push(`after ${method} ${url}`)
    })
  })
  return broken
}

it('the old number goes when nothing of the app runs with it any more', () =>
  inAnyWorld(ready, async (world) => {
    const broken = probeDynos(world)
    expect(await world.aka(CHANGE)).toMatchObject({exitCode: 0})
    await expectChanged(world)
    expect(broken).toEqual([])
  }))

describe('a change of the number', () => {
  it.concurrent.each(each)('%s', (_, {command, inMain}) =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      const run = await world.aka(command)
      expect({...run, json: json(run)}).toMatchObject({exitCode: 0, json: {changed: true, oldNumber: OLD}})
      await expectChanged(world, {inMain})
      expect(broken).toEqual([])
    }),
  )

  it.concurrent.each(sample(left.flat(), 10))(
    '%s, killed %s, is finished by the next run',
    (_, _title, {command, inMain}, state) =>
      inWorld(state, async (world) => {
        const broken = probe(world)
        await world.sandbox.advanceClock(PAST_THE_LEASE)
        expect(await world.aka(command)).toMatchObject({exitCode: 0})
        await expectChanged(world, {inMain})
        expect(broken).toEqual([])
      }),
  )

  const faults: Readonly<Record<string, Pick<Fault, 'when' | 'do'>>> = {
    'its answer is lost': {when: 'after', do: {drop: true}},
    'a 500 comes in place of its effect': {when: 'before', do: {status: 500}},
  }
  it.concurrent.each(
    sample(
      calls.flatMap((call) =>
        Object.entries(faults)
          .filter(([, {when}]) => when === 'after' || !isSentOnce(call[3]))
          .map(([faultName, fault]) => [...call, faultName, fault] as const),
      ),
    ),
  )('%s: %s (%#)', (_, _title, {command, inMain}, {title, ...call}, _faultName, fault) =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      world.sandbox.faults.add({...call, ...fault})
      const run = await world.aka(command)
      expect(run).toMatchObject({exitCode: 0})
      expectNoStackTrace(run)
      await expectChanged(world, {inMain})
      expect(broken).toEqual([])
    }),
  )

  it.concurrent.each(sample(calls))(
    '%s, another run takes over before %s',
    (_, _title, {command, inMain}, {title, ...call}) =>
      inWorld(ready, async (world) => {
        const broken = probe(world)
        let second: unknown
        const rival = async (): Promise<void> => {
          await world.sandbox.advanceClock(PAST_THE_LEASE)
          // In a process of its own: those of the pool may all wait like the first.
          second = await world.start(command).finished
        }
        world.sandbox.faults.add({...call, when: 'before', do: {call: rival}})
        const first = await world.aka(command)
        expect(second).toMatchObject({exitCode: 0})
        expect(first).toMatchObject({exitCode: 0})
        await expectChanged(world, {inMain, restarts: 3})
        expect(broken).toEqual([])
      }),
  )

  it.concurrent.each(sample(calls))('%s, nobody answers from %s on', (_, _title, {command, inMain}, {title, ...call}) =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      const away = () => world.sandbox.faults.add({times: Infinity, when: 'before', do: {status: 503}})
      world.sandbox.faults.add({...call, when: 'before', do: {call: away}})
      world.sandbox.faults.add({...call, when: 'before', do: {status: 503}})
      const run = await world.aka(command)
      expect({...run, ...json(run)}).toMatchObject({exitCode: 7, error: {exitCode: 7}})
      world.sandbox.faults.clear()
      await hurry(world)
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      await expectChanged(world, {inMain})
      expect(broken).toEqual([])
    }),
  )
})

it('a number that a request bought late, which was thought lost, is given back', () =>
  inWorld(ready, async (world) => {
    const arrive = () =>
      world.sandbox.change((state) => {
        const {intent} = recordOf(state) as {intent: {source: {candidates: string[]}}}
        const [like] = state.incomingNumbers
        const phoneNumber = intent.source.candidates[1] ?? ''
        if (like)
          state.incomingNumbers.push({
            ...structuredClone(like),
            sid: `PN${'5'.repeat(32)}`,
            accountSid: SUB,
            phoneNumber,
          })
      })
    world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {call: arrive}})
    expect(await world.aka(CHANGE)).toMatchObject({exitCode: 0})
    await expectChanged(world)
    expect(await world.sandbox.read(({releasedNumbers}) => releasedNumbers)).toHaveLength(2)
  }))

describe('five changes of one number at once', () => {
  it('change it once, and all say so', () =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      const runs = await world.akaAtOnce([CHANGE, CHANGE, CHANGE, CHANGE, CHANGE])
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 0, 0])
      expect(runs.map((run) => json(run).changed).filter(Boolean)).toEqual([true])
      await expectChanged(world)
      expect(broken).toEqual([])
    }))

  it('tell those that asked for something else', () =>
    inWorld(ready, async (world) => {
      const runs = await world.akaAtOnce(['212', '415'].map((code) => `${CHANGE} --area-code ${code}`))
      expect(runs.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
      await expectChanged(world)
    }))
})

/** Items: the lease, the intent, the new number, that it is the add-on's, the end. */
const ITEM = {method: 'POST', path: '/Items/api-default'}
const PURCHASE = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`}
const early: Readonly<Record<string, Omit<Fault, 'when'>>> = {
  'every number is gone': {...PURCHASE, do: refusal(400, 21422), times: 99},
  'numbers there need an address': {...PURCHASE, do: refusal(400, 21631), times: 99},
  'the intent is refused': {...ITEM, nth: 2, do: refusal(403, 20403)},
  'the record of the number is refused': {...ITEM, nth: 3, do: refusal(403, 20403)},
  'the config vars are refused': {
    method: 'PATCH',
    do: {status: 422, body: 'TWILIO_PHONE_NUMBER is not to our liking.'},
  },
}
const late: Readonly<Record<string, Omit<Fault, 'when'>>> = {
  'the record that it is the number now is refused': {...ITEM, nth: 4, do: refusal(403, 20403)},
  'the release is refused': {method: 'DELETE', path: 'IncomingPhoneNumbers', do: refusal(403, 20403)},
  'the last record is refused': {...ITEM, nth: 5, do: refusal(403, 20403)},
}

describe('after a definite refusal', () => {
  it.concurrent.each(sample(Object.entries(early), 2))('everything is as before: %s', (_, fault) =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      world.sandbox.faults.add({...fault, when: 'before'})
      const run = await world.aka(CHANGE)
      expect({...run, json: json(run)}).toMatchObject({exitCode: 1, json: {error: {exitCode: 1}}})
      await expectUnchanged(world)
      expect(broken).toEqual([])
    }),
  )

  it.concurrent('everything is as before, though the config vars were set', () =>
    inWorld(ready, async (world) => {
      const broken = probe(world)
      world.sandbox.faults.add({method: 'PATCH', when: 'after', do: {status: 409, body: 'No.'}})
      expect(await world.aka(CHANGE)).toMatchObject({exitCode: 1})
      await expectUnchanged(world)
      expect(broken).toEqual([])
    }),
  )

  it.concurrent('a number that was transferred is back in the main account, with its webhooks', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {status: 422}})
      expect(await world.aka(MOVE)).toMatchObject({exitCode: 1})
      await expectUnchanged(world)
    }),
  )

  it.concurrent('a run that goes on with another one rolls back what that one bought', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'PATCH', when: 'before', times: 99, do: {status: 503}})
      expect(await world.aka(CHANGE)).toMatchObject({exitCode: 7})
      world.sandbox.faults.clear()
      await hurry(world)
      world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {status: 422}})
      expect(await world.aka(CHANGE)).toMatchObject({exitCode: 1})
      await expectUnchanged(world)
    }),
  )

  it.concurrent.each(sample(Object.entries(late), 2))(
    'the app keeps its new number, and the next run goes on: %s',
    (_, fault) =>
      inWorld(ready, async (world) => {
        const broken = probe(world)
        world.sandbox.faults.add({...fault, when: 'before'})
        const run = await world.aka(CHANGE)
        expect({...run, json: json(run)}).toMatchObject({exitCode: 1, json: {error: {exitCode: 1}}})
        expect(run.stdout).toMatch(/aka twilio:number:change -a api-default/)
        expect((await look(world)).vars.TWILIO_PHONE_NUMBER).not.toBe(OLD)
        await world.sandbox.advanceClock(PAST_THE_LEASE)
        expect(await world.aka(CHANGE)).toMatchObject({exitCode: 0})
        await expectChanged(world)
        expect(broken).toEqual([])
      }),
  )
})

describe('an add-on whose number is half changed', () => {
  it.concurrent.each(sample(left.flat(), 15))(
    '%s, killed %s, can be destroyed, and leaves what was to be kept',
    (_, _title, story, state) =>
      inWorld(state, async (world) => {
        await world.sandbox.advanceClock(PAST_THE_LEASE)
        const isHalf = recordOf(state).state === 'changing'
        expect(await world.aka(DESTROY)).toMatchObject({exitCode: 0})
        const {accounts, vars, items} = await look(world)
        expect({accounts, vars, items}).toEqual({accounts: [], vars: {}, items: {}})
        const now = await world.sandbox.read((after) => structuredClone(after))
        const before = new Set(numbersIn(state, MAIN))
        if (isHalf && story.command === KEEP) before.add(OLD)
        if (isHalf && story.command === MOVE) before.add(OWNED)
        expect(now.incomingNumbers.map(({phoneNumber}) => phoneNumber).sort()).toEqual([...before].sort())
      }),
  )

  it.concurrent.each(sample(left.flat(), 20))(
    '%s, killed %s, keeps its numbers with --keep-number',
    (_, _title, _story, state) =>
      inWorld(state, async (world) => {
        await world.sandbox.advanceClock(PAST_THE_LEASE)
        expect(await world.aka(`${DESTROY} --keep-number`)).toMatchObject({exitCode: 0})
        const now = await world.sandbox.read((after) => structuredClone(after))
        expect(numbersIn(now, MAIN).sort()).toEqual([...numbersIn(state, MAIN), ...numbersIn(state, SUB)].sort())
      }),
  )

  it.concurrent('is shown, and nothing else is begun with it', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'PATCH', when: 'before', times: 99, do: {status: 503}})
      const stopped = await world.aka(CHANGE)
      expect({...stopped, json: json(stopped)}).toMatchObject({exitCode: 7})
      world.sandbox.faults.clear()
      await hurry(world)
      const again = /aka twilio:number:change -a api-default/
      const refused = {
        [CREATE]: 'OPERATION_UNFINISHED',
        'twilio:rotate -a api-default --json': 'ADDON_UNFINISHED',
        'twilio:sims -a api-default --json': 'ADDON_UNFINISHED',
        [`${CHANGE} --area-code 212`]: 'OPTIONS_MISMATCH',
        [`${CHANGE} --voice-url https://example.com/other`]: 'OPTIONS_MISMATCH',
      }
      for (const [command, code] of Object.entries(refused)) {
        const run = await world.aka(command)
        expect({...run, json: json(run)}).toMatchObject({exitCode: 6, json: {error: {code}}})
        expect(run.stdout).toMatch(again)
      }
      const info = await world.aka('addons:info -a api-default')
      expect(info.stdout).toMatch(/changing/)
      expect(info.stderr).toMatch(again)
      const shown = json(await world.aka('addons:info -a api-default --json'))
      expect(shown).toMatchObject({
        state: 'changing',
        phoneNumber: OLD,
        unfinished: {command: expect.stringMatching(again)},
      })
      const dry = json(await world.aka(`${CHANGE} --dry-run`))
      expect(dry).toMatchObject({state: 'unfinished', oldNumber: OLD})
      expect(await world.aka(CHANGE)).toMatchObject({exitCode: 0})
      await expectChanged(world)
    }),
  )
})
