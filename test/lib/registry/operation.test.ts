import {beforeEach, describe, expect, it} from '@jest/globals'

import {type Failure, interrupted, refused, temporary, UnknownOutcome} from '../../../src/lib/errors.js'
import {acquireLease} from '../../../src/lib/registry/acquire-lease.js'
import {LeaseLost} from '../../../src/lib/registry/items.js'
import {Lease} from '../../../src/lib/registry/lease.js'
import {type Operation, restartIfLeaseLost, runOperation, withLease} from '../../../src/lib/registry/operation.js'
import {NoAnswer} from '../../../src/lib/transport/types.js'
import {startRegistry, type Thing, thing} from '../../support/registry.js'

let world: Awaited<ReturnType<typeof startRegistry>>
let lease: Lease<Thing>
beforeEach(async () => {
  world = await startRegistry()
  const created = await Lease.create(world.things, thing())
  if (!created) throw new Error('there was one already')
  lease = created
})

/** A lease on an item that was there before. */
async function onFoundItem(): Promise<Lease<Thing>> {
  await lease.release()
  const entry = await world.things.read('a')
  if (!entry) throw new Error('it is gone')
  return Lease.take(world.things, entry)
}

const stored = async () => (await world.things.read('a'))?.record
const isHeld = async () => (await stored())?.lease !== undefined

/** What an operation that fails like this ends with, and what was done of it. */
async function failing(error: Error, operation: Partial<Operation<Thing, never>> = {}, on = lease) {
  const undone: string[] = []
  const rollback = () => ({undo: async () => undone.push('undone') > 0, otherwise: 'tidy up by hand'})
  const steps = () => Promise.reject(error)
  const ended = (await runOperation(on, {steps, rollback, resume: () => ['run it again'], ...operation}).catch(
    (thrown: unknown) => thrown,
  )) as Failure
  return {ended, undone, held: await isHeld(), left: await stored()}
}

describe('an operation', () => {
  it('writes its intent before the first step, and what the item became at the end', async () => {
    const seen: unknown[] = []
    const steps = async () => {
      seen.push((await stored())?.value)
      return 3
    }
    expect(await runOperation(lease, {intent: {value: 2}, steps, commit: (value) => lease.release({value})})).toBe(3)
    expect([seen, (await stored())?.value, await isHeld()]).toEqual([[2], 3, false])
  })

  it('leaves the item as its steps left it where there is no other end', async () => {
    await runOperation(lease, {steps: () => lease.save({value: 5})})
    expect([(await stored())?.value, await isHeld()]).toEqual([5, false])
  })
})

describe('an operation whose preconditions do not hold', () => {
  const preconditions = () => Promise.reject(refused('TRIAL_ACCOUNT', 'No.'))

  it('leaves no item that it wrote, and says nothing of resuming', async () => {
    const {ended, undone, left} = await failing(new Error('it began'), {preconditions})
    expect({code: ended.code, suggestions: ended.suggestions, undone, left}).toEqual({
      code: 'TRIAL_ACCOUNT',
      suggestions: [],
      undone: [],
      left: undefined,
    })
  })

  it('says where an item that it wrote could not be removed', async () => {
    world.sandbox.faults.add({method: 'DELETE', path: 'Items/a', when: 'before', times: 9, do: {status: 503}})
    const {ended, held} = await failing(new Error('it began'), {preconditions})
    expect([ended.code, held]).toEqual(['TRIAL_ACCOUNT', true])
    expect(ended.suggestions).toEqual([expect.stringMatching(/^The lease on a expires within 76 s/)])
  })

  it('leaves an item that was there before as it was', async () => {
    const {undone, held, left} = await failing(
      new Error('it began'),
      {preconditions, intent: {value: 9}},
      await onFoundItem(),
    )
    expect({undone, held, value: left?.value}).toEqual({undone: [], held: false, value: 1})
  })
})

describe('an operation that fails', () => {
  it('is rolled back after a definite refusal, and says so', async () => {
    const {ended, undone} = await failing(refused('TWILIO_REFUSED', 'No.'))
    expect([ended.code, ended.suggestions, undone]).toEqual([
      'TWILIO_REFUSED',
      ['Rolled back: nothing of this run is left.'],
      ['undone'],
    ])
  })

  it('says nothing of a rollback where there was nothing to take back', async () => {
    const nothing = () => ({undo: async () => false, otherwise: ''})
    expect((await failing(refused('TWILIO_REFUSED', 'No.'), {rollback: nothing})).ended.suggestions).toEqual([])
  })

  it('is kept after a definite refusal where there is only the way forward', async () => {
    const {ended, held} = await failing(refused('TWILIO_REFUSED', 'No.'), {rollback: () => undefined})
    expect([ended.suggestions, held]).toEqual([['run it again'], false])
  })

  it.each([
    ['what may pass', temporary('SERVICE_UNAVAILABLE', 'Later.')],
    ['Ctrl-C', interrupted()],
    ['an answer that says nothing', new UnknownOutcome('odd')],
    ['a bug', new TypeError('x is not a function')],
  ])('is kept and given to others after %s', async (_, error) => {
    const {ended, undone, held} = await failing(error)
    expect([undone, held]).toEqual([[], false])
    if (!(error instanceof TypeError)) expect(ended.suggestions).toContain('run it again')
    else expect(ended).toBe(error)
  })

  it('keeps its lease where a request may still arrive', async () => {
    const lost = new UnknownOutcome('lost', new NoAnswer('lost', {sent: true}))
    const {ended, undone, held} = await failing(lost)
    expect([ended.suggestions.includes('run it again'), undone, held]).toEqual([true, [], true])
  })

  async function takeOver(): Promise<void> {
    const rival = world.newRun()
    const entry = await rival.read('a')
    if (entry) await Lease.take(rival, entry, {value: 9})
  }

  it('believes no refusal where another run took over meanwhile: that run may be why', async () => {
    const lease = await onFoundItem()
    await takeOver()
    const {ended, held} = await failing(refused('TWILIO_REFUSED', 'No.'), {rollback: () => undefined}, lease)
    expect([ended instanceof LeaseLost, held]).toEqual([true, true])
  })

  it('touches nothing of what another run took over', async () => {
    await takeOver()
    const {ended, undone, held} = await failing(new LeaseLost('a'))
    expect([ended instanceof LeaseLost, undone, held]).toEqual([true, [], true])
  })
})

describe('a rollback that fails', () => {
  const rollback = (error: Error) => ({
    rollback: () => ({undo: () => Promise.reject(error), otherwise: 'do it by hand'}),
  })

  it('says what is left and what to do about it; why the operation failed comes first', async () => {
    const {ended, held} = await failing(
      refused('TWILIO_REFUSED', 'No.'),
      rollback(temporary('SERVICE_UNAVAILABLE', 'Later.')),
    )
    expect([ended.code, held]).toEqual(['TWILIO_REFUSED', false])
    expect(ended.suggestions.join()).toMatch(/be rolled back \(Later\.\): do it by hand/)
  })

  it('ends as interrupted where Ctrl-C ended it, and as taken over where it was', async () => {
    expect((await failing(refused('TWILIO_REFUSED', 'No.'), rollback(interrupted()))).ended.exitCode).toBe(130)
    expect((await failing(refused('TWILIO_REFUSED', 'No.'), rollback(new LeaseLost('a')))).ended).toBeInstanceOf(
      LeaseLost,
    )
  })
})

describe('a lease that cannot be released', () => {
  const stuck = {method: 'POST', path: 'Items/a', when: 'before', times: 99} as const

  it.each([429, 500, 403])('is reported, and what was done stays done, when Twilio answers %d', async (status) => {
    world.sandbox.faults.add({...stuck, do: {status}})
    const warnings: string[] = []
    const done = await withLease(
      lease,
      async ({record}) => record.value,
      (sentence) => void warnings.push(sentence),
    )
    expect([done, warnings.length]).toEqual([1, 1])
    expect(warnings[0]).toMatch(/^The lease on a expires within 76 s \(it could not be released: .*\); until then/)
  })

  it('is reported beside why the operation failed', async () => {
    world.sandbox.faults.add({...stuck, do: {status: 503}})
    const {ended} = await failing(temporary('SERVICE_UNAVAILABLE', 'Later.'))
    expect(ended.message).toBe('Later.')
    expect(ended.suggestions).toContainEqual(expect.stringContaining('could not be released'))
  })

  it('is not waited for by the process that had it, but by others', async () => {
    world.sandbox.faults.add({...stuck, do: {status: 503}})
    await failing(temporary('SERVICE_UNAVAILABLE', 'Later.'))
    world.sandbox.faults.clear()
    const waited = () => world.waits.reduce((all, each) => all + each, 0)
    const before = waited()
    const again = await acquireLease(world.newRun(), 'a', {wait: true, onWait: () => undefined})
    expect(waited() - before).toBe(0)
    // That one is at work again.
    await expect(acquireLease(world.newRun(), 'a', {wait: false, onWait: () => undefined})).rejects.toMatchObject({
      code: 'HELD_BY_ANOTHER_RUN',
    })
    await again?.release()
  })
})

it('a lease on something else that was lost is a failure as any other', async () => {
  const {ended, held} = await failing(new LeaseLost('b'), {rollback: () => undefined})
  expect([ended.code, held]).toEqual(['HELD_BY_ANOTHER_RUN', false])
})

describe('starting over', () => {
  const losing = (times: number) => {
    let attempt = 0
    return async () => {
      if (++attempt <= times) throw new LeaseLost('a')
      return attempt
    }
  }

  it('happens when another run took over, a few times', async () => {
    expect(await restartIfLeaseLost(losing(4))).toBe(5)
    await expect(restartIfLeaseLost(losing(5))).rejects.toBeInstanceOf(LeaseLost)
  })

  it('does not happen after any other failure', async () => {
    let attempts = 0
    const failed = restartIfLeaseLost(async () => {
      attempts += 1
      throw refused('TWILIO_REFUSED', 'No.')
    })
    await expect(failed).rejects.toMatchObject({code: 'TWILIO_REFUSED'})
    expect(attempts).toBe(1)
  })

  it('tidies up behind a run that failed after it had started over, and only then', async () => {
    const tidied: string[] = []
    const onFailure = async () => void tidied.push('tidied')
    await restartIfLeaseLost(() => Promise.reject(refused('TWILIO_REFUSED', 'No.')), {onFailure}).catch(() => undefined)
    expect(tidied).toEqual([])
    let attempt = 0
    const afterRestart = async () => {
      throw ++attempt === 1 ? new LeaseLost('a') : refused('TWILIO_REFUSED', 'No.')
    }
    await expect(restartIfLeaseLost(afterRestart, {onFailure})).rejects.toMatchObject({code: 'TWILIO_REFUSED'})
    expect(tidied).toEqual(['tidied'])
  })
})
