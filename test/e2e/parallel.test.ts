import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {type Finished, json, type World} from '../support/cli.js'
import {
  CREATE,
  DESTROY,
  expectNoStackTrace,
  expectNothing,
  expectOneAddon,
  inWorld,
  look,
  said,
  signal,
  stateAfter,
} from '../support/faults.js'
import {inTurn, sample} from '../support/runs.js'

const TEN = Array.from({length: 10}, (_, i) => i)

async function ofMany(world: World, command: string, homes: 'one home' | 'a home each'): Promise<Finished[]> {
  const homeOf = (i: number) => (homes === 'one home' ? world.home : join(world.home, String(i)))
  for (const i of TEN) await mkdir(homeOf(i), {recursive: true})
  return world.akaAtOnce(
    TEN.map(() => command),
    (i) => ({env: {HOME: homeOf(i)}}),
  )
}

const created = (runs: readonly Finished[]): unknown[] =>
  runs.filter(({exitCode}) => exitCode === 0).map((run) => json(run).created)

describe('ten creates of one app-space at once', () => {
  it.each(sample(['one home', 'a home each'] as const, 2))('make one add-on, and all say so (%s)', (homes) =>
    inWorld(undefined, async (world) => {
      const runs = await ofMany(world, CREATE, homes)
      runs.forEach(expectNoStackTrace)
      expect(runs.map(({exitCode}) => exitCode)).toEqual(TEN.map(() => 0))
      expect(created(runs).filter(Boolean)).toEqual([true])
      const {restarts} = await expectOneAddon(world)
      expect(restarts).toBe(1)
    }),
  )

  it('make one add-on where nobody waits; the others hear that it is held', () =>
    inWorld(undefined, async (world) => {
      const runs = await ofMany(world, `${CREATE} --no-wait`, 'a home each')
      runs.forEach(expectNoStackTrace)
      expect(created(runs).filter(Boolean)).toEqual([true])
      for (const run of runs.filter(({exitCode}) => exitCode !== 0))
        expect({...run, json: json(run)}).toMatchObject({
          exitCode: 6,
          json: {error: {code: 'HELD_BY_ANOTHER_RUN', exitCode: 6}},
        })
      await expectOneAddon(world)
    }))
})

describe('different app-spaces at once', () => {
  it('get an add-on each, though the registry does not exist yet', () =>
    inWorld(undefined, async (world) => {
      const apps = ['api-default', 'web-default', 'api-prod', 'web-prod', 'worker-prod']
      const runs = await world.akaAtOnce(apps.map((app) => `addons:create twilio:small -a ${app} --json`))
      runs.forEach(expectNoStackTrace)
      expect(runs.map((run) => [run.exitCode, json(run).created])).toEqual(apps.map(() => [0, true]))
      const {accounts, numbers, items} = await look(world)
      expect(items).toEqual(Object.fromEntries(apps.map((app) => [app, 'ready'])))
      expect(numbers.map(({accountSid}) => accountSid).sort()).toEqual([...accounts].sort())
      expect(new Set(accounts).size).toBe(apps.length)
      expect(await world.sandbox.read(({syncMaps}) => syncMaps.length)).toBe(1)
    }))
})

const ready = await stateAfter(CREATE)

describe('a create and a destroy at once', () => {
  it.each([
    ['nothing there', undefined],
    ['an add-on there', ready],
  ])('end with all of it or nothing of it (%s)', (_, state) =>
    inWorld(state, async (world) => {
      const runs = await world.akaAtOnce([CREATE, DESTROY, CREATE, DESTROY])
      runs.forEach(expectNoStackTrace)
      for (const run of runs)
        expect([0, 'DESTROY_UNFINISHED']).toContain(run.exitCode && (json(run).error as {code: string}).code)
      const {accounts} = await look(world)
      if (accounts.length > 0) await expectOneAddon(world, {restarts: 5})
      else await expectNothing(world, {restarts: 5})
    }),
  )

  inTurn(it, 2)('the create that waited for the destroy makes a new add-on', () =>
    inWorld(ready, async (world) => {
      const begun = signal()
      const waited = signal()
      const hold = (): Promise<void> => (begun.give(), waited.given)
      world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {call: hold}})
      const destroy = world.start(DESTROY)
      await begun.given
      const create = world.start(CREATE)
      await said(create, /waiting/)
      waited.give()

      expect(await destroy.finished).toMatchObject({exitCode: 0})
      const run = await create.finished
      expect({...run, ...json(run)}).toMatchObject({exitCode: 0, created: true})
      await expectOneAddon(world, {restarts: 3})
    }),
  )

  inTurn(it, 2)('the create that found the add-on just before the destroy does not blame others for its end', () =>
    inWorld(ready, async (world) => {
      const begun = signal()
      const destroyed = signal()
      const hold = (): Promise<void> => (begun.give(), destroyed.given)
      world.sandbox.faults.add({method: 'GET', path: 'Accounts.json', when: 'before', do: {call: hold}})
      const create = world.start(CREATE)
      await begun.given
      expect(await world.aka(DESTROY)).toMatchObject({exitCode: 0})
      destroyed.give()

      const run = await create.finished
      expect({...run, ...json(run)}).toMatchObject({exitCode: 0, created: true})
      await expectOneAddon(world, {restarts: 3})
    }),
  )

  inTurn(it, 2)('the create that repairs config vars leaves none of what the destroy ended', () =>
    inWorld(ready, async (world) => {
      await world.sandbox.change(({apps}) => {
        delete apps['api-default']?.configVars.TWILIO_PHONE_NUMBER
      })
      const begun = signal()
      const told = signal()
      const hold = (): Promise<void> => (begun.give(), told.given)
      world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {call: hold}})
      const create = world.start(CREATE)
      await begun.given
      const destroy = world.start(DESTROY)
      await said(destroy, /waiting/)
      told.give()

      expect(await create.finished).toMatchObject({exitCode: 0})
      expect(await destroy.finished).toMatchObject({exitCode: 0})
      await expectNothing(world)
    }),
  )
})
