import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {LeaseLost} from '../../../src/lib/registry/items.js'
import {guardOf, Lease, LeaseTooShort} from '../../../src/lib/registry/lease.js'
import {startRegistry, type Thing, thing, type Things} from '../../support/registry.js'

const clock = Date.now
let world: Awaited<ReturnType<typeof startRegistry>>
let things: Things
beforeEach(async () => {
  world = await startRegistry()
  things = world.things
})
afterEach(() => {
  Date.now = clock
})

/** Time passes here and at Twilio, or only here, as on a machine whose clock was set. */
async function pass(seconds: number, {atTwilio = true} = {}): Promise<void> {
  const before = Date.now
  Date.now = () => before() + seconds * 1000
  if (atTwilio) await world.sandbox.advanceClock(seconds)
}

async function leased(run = things): Promise<Lease<Thing>> {
  const lease = await Lease.create(run, thing())
  if (!lease) throw new Error('there was one already')
  return lease
}

/** Another run takes the item over. */
async function takenOver(value = 9): Promise<void> {
  const rival = world.newRun()
  const entry = await rival.read('a')
  if (entry) await Lease.take(rival, entry, {value})
}

const stored = async () => (await things.read('a'))?.record
const purchase = (times: string[]) => async () => void times.push('bought')

describe('a lease', () => {
  it('is written with the item, and says who has it for how long', async () => {
    const {isNew} = await leased()
    expect(isNew).toBe(true)
    expect(await stored()).toMatchObject({
      lease: {holder: expect.stringContaining(String(process.pid)) as unknown, seconds: 60},
    })
    expect(await Lease.create(world.newRun(), thing())).toBeUndefined()
  })

  it('of an item that is there is taken as it was read, with a change', async () => {
    await (await leased()).release()
    const entry = await things.read('a')
    if (!entry) throw new Error('it is gone')
    const lease = await Lease.take(things, entry, {value: 5})
    expect([lease.isNew, lease.record.value]).toEqual([false, 5])
    await expect(Lease.take(world.newRun(), entry)).rejects.toBeInstanceOf(LeaseLost)
  })

  it('is given up with what the item has become, or together with it', async () => {
    await (await leased()).release({value: 7})
    expect(await stored()).toEqual(expect.objectContaining({value: 7}))
    expect(await stored()).not.toHaveProperty('lease')
    const entry = await things.read('a')
    if (entry) await (await Lease.take(things, entry)).remove()
    expect(await stored()).toBeUndefined()
  })

  it('writes one after the other, in the order of the calls', async () => {
    const lease = await leased()
    await Promise.all([1, 2, 3].map((value) => lease.save({value})))
    expect(await stored()).toMatchObject({value: 3})
    expect(lease.record.value).toBe(3)
  })

  it('goes on after a write that failed', async () => {
    const lease = await leased()
    world.sandbox.faults.add({method: 'POST', path: 'Items/a', when: 'before', do: {status: 403}})
    await expect(lease.save({value: 2})).rejects.toMatchObject({exitCode: 1})
    await lease.save({value: 3})
    expect(await stored()).toMatchObject({value: 3})
  })

  it.each(['save', 'release', 'remove', 'renew'] as const)('is lost once another run took over: %s', async (write) => {
    const lease = await leased()
    await takenOver()
    // What would not need to write finds out as soon as it is late.
    if (write === 'renew') await pass(45)
    await expect(lease[write]()).rejects.toBeInstanceOf(LeaseLost)
    expect(await stored()).toMatchObject({value: 9})
  })

  it('is looked at again once it has run out: somebody may have removed the item and created it again', async () => {
    const lease = await leased()
    await pass(61)
    await things.remove((await things.read('a')) ?? ({} as never))
    await Lease.create(world.newRun(), thing(9))
    await expect(lease.save({value: 2})).rejects.toBeInstanceOf(LeaseLost)
    expect(await stored()).toMatchObject({value: 9})
  })

  it('that ran out is still ours where nobody took over', async () => {
    const lease = await leased()
    await pass(600)
    await lease.save({value: 2})
    lease.requireTime()
    expect(await stored()).toMatchObject({value: 2})
  })
})

describe('what must not happen twice', () => {
  it('begins only while twice its timeout is left', async () => {
    const lease = await leased()
    await pass(29)
    lease.requireTime()
    await pass(2)
    expect(() => lease.requireTime()).toThrow(LeaseTooShort)
  })

  it('goes by whichever clock says that more time has passed', async () => {
    const lease = await leased()
    await pass(31, {atTwilio: false})
    expect(() => lease.requireTime()).toThrow(LeaseTooShort)
  })

  it('begins again with a fresh lease where too little was left', async () => {
    const lease = await leased()
    const times: string[] = []
    await pass(45)
    await lease.withTime(async () => {
      lease.requireTime()
      await purchase(times)()
    })
    expect(times).toEqual(['bought'])
    lease.requireTime()
  })

  it('does not begin where another run took over meanwhile', async () => {
    const lease = await leased()
    const times: string[] = []
    await pass(45)
    await takenOver()
    const bought = lease.withTime(async () => {
      lease.requireTime()
      await purchase(times)()
    })
    await expect(bought).rejects.toBeInstanceOf(LeaseLost)
    expect(times).toEqual([])
  })

  it('is put off a few times, and then it is a failure that may pass', async () => {
    const lease = await leased()
    const never = lease.withTime(() => Promise.reject(new LeaseTooShort()))
    await expect(never).rejects.toMatchObject({code: 'LEASE_EXPIRED', exitCode: 7})
  })

  it('needs time of each lease that it is under', async () => {
    const [first, second] = [await leased(), await Lease.create(things, thing(1, 'b'))]
    if (!second) throw new Error('there was one already')
    const guard = guardOf(first, second)
    await pass(45)
    await first.save()
    expect(() => guard.requireTime()).toThrow(LeaseTooShort)
    await guard.withTime(async () => guard.requireTime())
    second.requireTime()
  })
})
