import {spawnSync} from 'node:child_process'
import {hostname} from 'node:os'

import {beforeEach, describe, expect, it} from '@jest/globals'

import {conflict} from '../../../src/lib/errors.js'
import {acquireLease, createOrAcquireLease, waitUntilReleased} from '../../../src/lib/registry/acquire-lease.js'
import {Lease} from '../../../src/lib/registry/lease.js'
import {startRegistry, type Thing, thing, type Things} from '../../support/registry.js'

let world: Awaited<ReturnType<typeof startRegistry>>
let things: Things
let said: string[]
let holder: Lease<Thing>
beforeEach(async () => {
  world = await startRegistry()
  things = world.newRun()
  said = []
  const lease = await Lease.create(world.things, thing())
  if (!lease) throw new Error('there was one already')
  holder = lease
})

const waiting = (wait = true) => ({wait, onWait: (sentence: string) => void said.push(sentence)})
const waitedSeconds = () => world.waits.reduce((all, each) => all + each, 0) / 1000

describe('an item that another run has a lease on', () => {
  it('is waited for, with one sentence about it, until it is given up', async () => {
    world.duringWait(3, () => holder.release({value: 2}))
    const lease = await acquireLease(things, 'a', waiting())
    expect(world.waits).toHaveLength(3)
    expect(lease?.record).toMatchObject({value: 2})
    expect(lease?.isNew).toBe(false)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/Another run \(.*\) is working on a; waiting/)
  })

  it('is taken over from a run that died, one timeout after its lease by the clock of Twilio', async () => {
    const lease = await acquireLease(things, 'a', waiting())
    expect(lease?.record.value).toBe(1)
    expect(waitedSeconds()).toBeGreaterThan(60 + 15)
    expect(waitedSeconds()).toBeLessThan(60 + 15 + 4)
  })

  describe('whose process has ended', () => {
    const {pid} = spawnSync(process.execPath, ['--version'])
    /** The item as that process would have left it. */
    const leave = (machine = hostname()) =>
      world.sandbox.change(({syncMaps}) => {
        for (const {data} of syncMaps.flatMap(({items}) => Object.values(items)))
          Object.assign(data as object, {lease: {holder: `${machine}, process ${pid}`, seconds: 60}})
      })

    it('is not waited for where nothing that costs can be under way', async () => {
      await leave()
      expect(await waitUntilReleased(things, 'a', {...waiting(), isHarmless: () => true})).toBeDefined()
      expect(world.waits).toEqual([])
    })

    it.each([
      ['something may be under way', hostname(), false],
      ['it was one of another machine', 'another-machine', true],
    ])('is waited for where %s', async (_, machine, isHarmless) => {
      await leave(machine)
      await waitUntilReleased(things, 'a', {...waiting(), isHarmless: () => isHarmless})
      expect(waitedSeconds()).toBeGreaterThan(60 + 15)
    })

    it('and one that has not is, whatever is under way', async () => {
      await waitUntilReleased(things, 'a', {...waiting(), isHarmless: () => true})
      expect(waitedSeconds()).toBeGreaterThan(60 + 15)
    })
  })

  it('is not waited for where that is not wanted', async () => {
    await expect(acquireLease(things, 'a', waiting(false))).rejects.toMatchObject({
      code: 'HELD_BY_ANOTHER_RUN',
      exitCode: 6,
      suggestions: [expect.stringContaining('--no-wait') as unknown],
    })
    expect(world.waits).toEqual([])
  })

  it('is waited for no longer than five minutes, while it is renewed', async () => {
    // As a run does that has much to do: a wait is a second and a half at most.
    for (let nth = 20; nth <= 600; nth += 20) world.duringWait(nth, () => holder.save())
    const failed = waitUntilReleased(things, 'a', waiting())
    await expect(failed).rejects.toMatchObject({code: 'HELD_BY_ANOTHER_RUN', exitCode: 6})
    expect(waitedSeconds()).toBeGreaterThan(300)
    expect(waitedSeconds()).toBeLessThan(302)
  })

  it('is not waited for where it would be of no use', async () => {
    const precondition = () => {
      throw conflict('HOST_MISMATCH', 'No.')
    }
    await expect(acquireLease(things, 'a', {...waiting(), precondition})).rejects.toMatchObject({
      code: 'HOST_MISMATCH',
    })
    expect(said).toEqual([])
  })
})

describe('an item that nobody has a lease on', () => {
  beforeEach(() => holder.release())

  it('is taken with what is written first', async () => {
    const changes = ({value}: Thing) => ({value: value + 1})
    expect((await acquireLease(things, 'a', {...waiting(), changes}))?.record).toMatchObject({value: 2})
  })

  it('is left alone where it may not be taken, or something else will do', async () => {
    const requireUsable = () => {
      throw conflict('ADDON_UNFINISHED', 'No.')
    }
    await expect(acquireLease(things, 'a', {...waiting(), requireUsable})).rejects.toMatchObject({
      code: 'ADDON_UNFINISHED',
    })
    const instead = ({record}: {record: Thing}) => `as it is: ${record.value}`
    expect(await acquireLease(things, 'a', {...waiting(), instead})).toBe('as it is: 1')
    expect((await things.read('a'))?.record).not.toHaveProperty('lease')
  })

  it('is looked at afresh where somebody was faster', async () => {
    let rivals = 0
    const requireUsable = () => {
      // Between the look and the write.
      if (rivals++ === 0)
        world.sandbox.faults.add({method: 'POST', path: 'Items/a', when: 'before', do: {call: () => rival()}})
    }
    const rival = async () => {
      const entry = await world.things.read('a')
      if (entry) await (await Lease.take(world.things, entry)).release({value: 7})
    }
    expect((await acquireLease(things, 'a', {...waiting(), requireUsable}))?.record).toMatchObject({value: 7})
  })

  it('is not read again where it was just read, unless it was changed since', async () => {
    const readsOf = (from: number) => world.sandbox.requests.slice(from).filter(({method}) => method === 'GET')
    const known = await things.read('a')
    const from = world.sandbox.requests.length
    const lease = await acquireLease(things, 'a', {...waiting(), known})
    expect(readsOf(from)).toEqual([])
    await lease?.release({value: 7})
    expect((await acquireLease(things, 'a', {...waiting(), known}))?.record).toMatchObject({value: 7})
    expect(readsOf(from)).not.toEqual([])
  })

  it('is not read again by a run that would have written it', async () => {
    const lease = await createOrAcquireLease(things, thing(3), waiting())
    expect([lease.isNew, lease.record.value]).toEqual([false, 1])
    expect(world.sandbox.requests.slice(-3).map(({method}) => method)).toEqual(['POST', 'GET', 'POST'])
  })
})

describe('an item that is not there', () => {
  it('cannot be leased, but be written and leased', async () => {
    expect(await acquireLease(things, 'b', waiting())).toBeUndefined()
    expect(await waitUntilReleased(things, 'b', waiting())).toBeUndefined()
    const lease = await createOrAcquireLease(things, thing(3, 'b'), waiting())
    expect([lease.isNew, lease.record.value]).toEqual([true, 3])
  })

  it('is written again where it is removed while it was waited for', async () => {
    world.duringWait(2, () => holder.remove())
    expect((await createOrAcquireLease(things, thing(3), waiting())).isNew).toBe(true)
  })
})
