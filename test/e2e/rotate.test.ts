import {describe, expect, it} from '@jest/globals'

import {getApp} from '../../src/sandbox/akkeris/apps.js'
import {dynosOf} from '../../src/sandbox/akkeris/dynos.js'
import type {State} from '../../src/sandbox/sandbox.js'
import {json, type World} from '../support/cli.js'
import {
  type Call,
  callsOf,
  CREATE,
  DESTROY,
  expectNothing,
  inWorld,
  isWrite,
  look,
  PAST_THE_LEASE,
  stateAfter,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

const ROTATE = 'twilio:rotate -a api-default --json'
/** Long enough ago that the app runs with its first token. */
const ready = await stateOf(async (world) => {
  await world.aka(CREATE)
  await world.sandbox.advanceClock(60)
})

/** The tokens with which Twilio lets the account in. */
function working(state: Readonly<State>): string[] {
  return [...state.accounts.map(({authToken}) => authToken), ...state.secondaryTokens.map(({token}) => token)]
}

/** The app's dynos that run with a token that does not work, after any exchange; there must never be one. */
function probe({sandbox}: World): {readonly broken: string[]} {
  const broken: string[] = []
  sandbox.onExchange(({method, url}) => {
    void sandbox.read((state, now) => {
      const app = {name: 'api-default', app: getApp(state, 'api-default')}
      const held = dynosOf(state, app, now)
        .filter((dyno) => dyno.state === 'running')
        .map((dyno) => dyno.vars.TWILIO_AUTH_TOKEN)
      const bad = held.filter((token) => token !== undefined && !working(state).includes(token))
      if (bad.length > 0) broken.push(`after ${method} ${url}`)
    })
  })
  return {broken}
}

async function expectRotated(world: World, before: State): Promise<void> {
  const old = before.accounts.find(({sid}) => sid !== before.mainAccountSid)?.authToken
  const {accounts, vars, items, numbers} = await look(world)
  const state = await world.sandbox.read((now) => structuredClone(now))
  const now = state.accounts.find(({sid}) => sid === accounts[0])
  expect({accounts: accounts.length, numbers: numbers.length, items}).toEqual({
    accounts: 1,
    numbers: 1,
    items: {'api-default': 'ready'},
  })
  expect(now?.authToken).not.toBe(old)
  expect(vars.TWILIO_AUTH_TOKEN).toBe(now?.authToken)
  expect(state.secondaryTokens).toEqual([])
}

async function writes(): Promise<Call[]> {
  return inWorld(ready, async (world) => {
    expect(await world.aka(ROTATE)).toMatchObject({exitCode: 0})
    return callsOf(world.sandbox, world.accountSid).filter(isWrite)
  })
}

const calls = await writes()

describe('twilio:rotate', () => {
  it.concurrent('gives the app a new token that works, and ends the old one, with the app running all the while', () =>
    inWorld(ready, async (world) => {
      const {broken} = probe(world)
      const run = await world.aka(ROTATE)
      expect({...run, json: json(run)}).toMatchObject({exitCode: 0, json: {rotated: true, resumed: false}})
      expect(run.stderr).toMatch(/signed with the primary token/)
      expect(run.stderr).toMatch(/Waiting until api-default runs .* \(0 s so far, at most until \d\d:\d\d:\d\d\)/)
      await expectRotated(world, ready)
      expect(broken).toEqual([])
      expect((await look(world)).restarts).toBe(2)
    }),
  )

  it.concurrent('shows neither token', () =>
    inWorld(ready, async (world) => {
      const run = await world.aka('twilio:rotate -a api-default')
      const tokens = await world.sandbox.read(working)
      for (const token of [...tokens, ...working(ready)]) expect(run.stdout + run.stderr).not.toContain(token)
    }),
  )

  it.concurrent('waits so long as --grace says, where Akkeris does not tell how far the app is', () =>
    inWorld(ready, async (world) => {
      for (const path of ['dynos', 'formation', 'releases'])
        world.sandbox.faults.add({path: `${path}$`, times: 99, when: 'before', do: {status: 404}})
      const without = await world.aka(ROTATE)
      expect({...without, json: json(without)}).toMatchObject({exitCode: 2, json: {error: {code: 'GRACE_REQUIRED'}}})
      expect(await world.aka(`${ROTATE} --grace 0`)).toMatchObject({exitCode: 0})
      await expectRotated(world, ready)
    }),
  )

  it.concurrent('leaves a secondary token alone that somebody else made', () =>
    inWorld(ready, async (world) => {
      await world.sandbox.change((state) => {
        const accountSid = state.accounts.find(({sid}) => sid !== state.mainAccountSid)?.sid ?? ''
        state.secondaryTokens.push({accountSid, token: 'f'.repeat(32), createdAt: 0})
      })
      const run = await world.aka(ROTATE)
      expect({...run, json: json(run)}).toMatchObject({exitCode: 1, json: {error: {code: 'SECONDARY_TOKEN_EXISTS'}}})
      expect(await world.sandbox.read(({secondaryTokens}) => secondaryTokens)).toHaveLength(1)
      expect((await look(world)).items).toEqual({'api-default': 'ready'})
    }),
  )

  it.concurrent('never takes [redacted] for a token', async () => {
    const socs = await stateAfter('addons:create twilio:small -a api-socs')
    await inWorld(socs, async (world) => {
      expect(await world.aka('twilio:rotate -a api-socs')).toMatchObject({exitCode: 0})
      const {vars} = await look(world, 'api-socs')
      const token = await world.sandbox.read(
        ({accounts, mainAccountSid}) => accounts.find(({sid}) => sid !== mainAccountSid)?.authToken,
      )
      expect(vars.TWILIO_AUTH_TOKEN).toBe(token)
    })
  })

  it.concurrent('lets an add-on be destroyed in the middle of it', () =>
    inWorld(ready, async (world) => {
      world.sandbox.faults.add({method: 'POST', path: 'Promote', when: 'before', times: 99, do: {status: 503}})
      expect(await world.aka(ROTATE)).toMatchObject({exitCode: 7})
      const create = await world.aka(CREATE)
      expect({...create, json: json(create)}).toMatchObject({
        exitCode: 6,
        json: {error: {code: 'OPERATION_UNFINISHED'}},
      })
      expect(await world.aka(DESTROY)).toMatchObject({exitCode: 0})
      await expectNothing(world, {restarts: 9})
    }),
  )

  it.concurrent.each(
    sample(
      ['before', 'after'].flatMap((when) =>
        calls.map(({title, ...call}) => [when as 'before' | 'after', title, call] as const),
      ),
    ),
  )('interrupted right %s %s is finished by the next run', (when, _, call) =>
    inWorld(ready, async (world) => {
      const {broken} = probe(world)
      const {sandbox} = world
      let left: State | undefined
      const keep = async () => {
        left = await sandbox.read((now) => structuredClone(now))
      }
      sandbox.faults.add({...call, when, do: {call: keep}})
      await world.aka(ROTATE)
      await sandbox.change((state) => void Object.assign(state, structuredClone(left)))
      await sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(ROTATE)).toMatchObject({exitCode: 0})
      await expectRotated(world, ready)
      expect(broken).toEqual([])
    }),
  )

  it.concurrent.each(sample(calls.map(({title, ...call}) => [title, call] as const)))(
    'goes on when the answer to %s is lost',
    (_, call) =>
      inWorld(ready, async (world) => {
        const {broken} = probe(world)
        world.sandbox.faults.add({...call, when: 'after', do: {drop: true}})
        expect(await world.aka(ROTATE)).toMatchObject({exitCode: 0})
        await expectRotated(world, ready)
        expect(broken).toEqual([])
      }),
  )
})
