import {describe, expect, it} from '@jest/globals'

import type {Fault} from '../../src/sandbox/sandbox.js'
import {json, type World} from '../support/cli.js'
import {
  CREATE,
  expectNoStackTrace,
  expectNothing,
  expectOneAddon,
  inWorld,
  look,
  ownedNumber,
  PAST_THE_LEASE,
  refusal,
  stateOf,
} from '../support/faults.js'
import {sample} from '../support/runs.js'

const owned = await stateOf(ownedNumber)
const [ownedBefore] = owned.incomingNumbers
const MOVE = `${CREATE} --phone-number ${ownedBefore?.phoneNumber ?? ''}`
const foreignVars = {TWILIO_SID: 'ACforeign', TWILIO_AUTH_TOKEN: 'theirs', UNRELATED: 'stays'}
const foreign = await stateOf((world) => setVars(world, foreignVars))
const withLimit = await stateOf(({sandbox}) => sandbox.change((state) => void (state.subaccountLimit = 0)))

/** What is refused, and how. */
const refusals: Readonly<Record<string, Omit<Fault, 'when'>>> = {
  'every number is gone': {method: 'POST', path: 'IncomingPhoneNumbers.json', do: refusal(400, 21422)},
  'the first record of the subaccount is refused': {
    method: 'POST',
    path: '/Items/api-default',
    do: refusal(403, 20403),
  },
  'the record of the number is refused': {method: 'POST', path: '/Items/api-default', nth: 2, do: refusal(403, 20403)},
  'the last record is refused': {method: 'POST', path: '/Items/api-default', nth: 3, do: refusal(403, 20403)},
  'the config vars are refused': {method: 'PATCH', do: {status: 422, body: 'TWILIO_SID is not to our liking.'}},
  'the config vars are owned by a service': {method: 'PATCH', do: {status: 409, body: 'Set by a service.'}},
}
const each = Object.entries(refusals)
const lastRecord = each.filter(([name]) => name === 'the last record is refused').map(([, fault]) => fault)

function setVars({sandbox}: World, configVars: Record<string, string>): Promise<void> {
  return sandbox.change(({apps}) => {
    apps['api-default'] = {
      configVars,
      addonVars: {},
      addons: [],
      releases: [],
      restarts: 0,
      deleted: false,
      socs: false,
    }
  })
}

describe('after a definite refusal everything this run made is rolled back, exit 1', () => {
  it.concurrent.each(sample(each, 2))('%s', (_, fault) =>
    inWorld(undefined, async (world) => {
      world.sandbox.faults.add({times: 99, ...fault, when: 'before'})
      const run = await world.aka(CREATE)
      expect({...run, error: json(run).error}).toMatchObject({exitCode: 1, error: {exitCode: 1}})
      expectNoStackTrace(run)
      await expectNothing(world)
    }),
  )

  it.concurrent('no more subaccounts may be made', () =>
    inWorld(withLimit, async (world) => {
      const run = await world.aka(CREATE)
      expect(json(run)).toMatchObject({error: {exitCode: 1, twilio: {code: 21480}}})
      expect(run.exitCode).toBe(1)
      await expectNothing(world)
    }),
  )

  it.concurrent.each(
    sample(
      each.filter(([name]) => name.includes('config vars')),
      2,
    ),
  )('%s, though they were set', (_, fault) =>
    inWorld(undefined, async (world) => {
      world.sandbox.faults.add({...fault, when: 'after'})
      const run = await world.aka(CREATE)
      expect(run).toMatchObject({exitCode: 1})
      await expectNothing(world)
    }),
  )

  it.concurrent.each(
    sample(
      each.filter(([name]) => !name.includes('number is gone')),
      2,
    ),
  )('a number that was transferred is back with its webhooks: %s', (_, fault) =>
    inWorld(owned, async (world) => {
      world.sandbox.faults.add({times: 99, ...fault, when: 'before'})
      const run = await world.aka(`${MOVE} --voice-url https://example.com/other`)
      expect(run).toMatchObject({exitCode: 1})
      await expectNothing(world, {numbers: [ownedBefore?.phoneNumber ?? '']})
      expect(await world.sandbox.read(({incomingNumbers}) => incomingNumbers)).toEqual([
        {...ownedBefore, updatedAt: expect.any(Number)},
      ])
    }),
  )

  it.concurrent('config vars that --force overwrote have their values again', () =>
    inWorld(foreign, async (world) => {
      for (const fault of lastRecord) world.sandbox.faults.add({...fault, times: 99, when: 'before'})
      const run = await world.aka(`${CREATE} --force`)
      expect(run).toMatchObject({exitCode: 1})
      await expectNothing(world, {vars: foreignVars})
    }),
  )
})

describe('what was there before a run is not rolled back', () => {
  it.concurrent.each(
    sample(
      each.filter(([name]) => !name.includes('of the')),
      2,
    ),
  )('%s', (what, fault) =>
    inWorld(undefined, async (world) => {
      world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {status: 422}})
      expect(await world.aka(`${CREATE} --keep-on-failure`)).toMatchObject({exitCode: 1})
      const kept = await look(world)
      expect(kept).toMatchObject({accounts: [expect.anything()], numbers: [expect.anything()], vars: {}})

      world.sandbox.faults.clear()
      world.sandbox.faults.add({times: 99, ...fault, nth: 1, when: 'before'})
      const run = await world.aka(CREATE)
      if (what === 'every number is gone') expect(run).toMatchObject({exitCode: 0})
      else {
        expect(run).toMatchObject({exitCode: 1})
        expect(await look(world)).toMatchObject({...kept, restarts: expect.any(Number)})
      }

      world.sandbox.faults.clear()
      await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
      expect((await expectOneAddon(world)).accounts).toEqual(kept.accounts)
    }),
  )
})

describe('--keep-on-failure keeps what was made, and the next run goes on with it', () => {
  it.concurrent.each(sample(each, 2))('%s', (_, fault) =>
    inWorld(undefined, async (world) => {
      world.sandbox.faults.add({times: 99, ...fault, when: 'before'})
      const run = await world.aka(`${CREATE} --keep-on-failure`)
      expect(run).toMatchObject({exitCode: 1})
      const kept = await look(world)
      expect(kept.accounts).toHaveLength(1)

      world.sandbox.faults.clear()
      // Where the record was refused, so was the end of the lease.
      if (fault.path?.includes('Items')) await world.sandbox.advanceClock(PAST_THE_LEASE)
      expect(await world.aka(`${CREATE} --no-wait`)).toMatchObject({exitCode: 0})
      const {accounts, numbers} = await expectOneAddon(world)
      expect({accounts, numbers}).toMatchObject(
        kept.numbers.length > 0 ? {accounts: kept.accounts, numbers: kept.numbers} : {accounts: kept.accounts},
      )
    }),
  )
})
