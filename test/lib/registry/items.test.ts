import {beforeEach, describe, expect, it} from '@jest/globals'

import {type Entry, LeaseLost} from '../../../src/lib/registry/items.js'
import {atOnce, startRegistry, type Thing, thing, type Things} from '../../support/registry.js'

let world: Awaited<ReturnType<typeof startRegistry>>
let things: Things
beforeEach(async () => {
  world = await startRegistry()
  things = world.things
})

const stored = () => world.sandbox.read(({syncMaps: [map]}) => Object.values(map?.items ?? {}).map(({data}) => data))
const writes = () =>
  world.sandbox.requests.filter(({method}) => method !== 'GET').map(({method, status}) => [method, status])
const losing = (when: 'before' | 'after', path: string) =>
  world.sandbox.faults.add({method: 'POST', path, when, do: {drop: true}})

async function created(value = 1): Promise<Entry<Thing>> {
  const entry = await things.create(thing(value), atOnce)
  if (!entry) throw new Error('there was one already')
  return entry
}

describe('a new item', () => {
  it('makes the Map with the first, but no sooner than it may', async () => {
    let allow = (): void => undefined
    const creating = things.create(thing(), new Promise<void>((resolve) => (allow = resolve)))
    await new Promise(setImmediate)
    expect(await world.sandbox.read(({syncMaps}) => syncMaps)).toEqual([])
    allow()
    expect(await creating).toMatchObject({record: thing()})
    expect(await world.sandbox.read(({syncMaps}) => syncMaps.length)).toBe(1)
  })

  it('is temporary where Twilio does not show the Map that was made', async () => {
    const missing = {status: 404, body: '{"code": 54200, "message": "Map not found", "status": 404}'}
    world.sandbox.faults.add({method: 'POST', path: 'Items$', when: 'before', times: 99, do: missing})
    await expect(things.create(thing(), atOnce)).rejects.toMatchObject({code: 'REGISTRY_NOT_CREATED', exitCode: 7})
    world.sandbox.faults.add({method: 'POST', path: 'Maps$', when: 'before', times: 99, do: missing})
    await expect(things.create(thing(), atOnce)).rejects.toMatchObject({code: 'REGISTRY_NOT_CREATED', exitCode: 7})
  })

  it('makes no Map where it may not', async () => {
    await expect(things.create(thing(), Promise.reject(new Error('a trial account')))).rejects.toThrow('trial')
    expect(await world.sandbox.read(({syncMaps}) => syncMaps)).toEqual([])
  })

  it('is one: whoever comes second gets none', async () => {
    await created()
    expect(await world.newRun().create(thing(2), atOnce)).toBeUndefined()
    expect(await stored()).toMatchObject([{value: 1}])
  })

  it.each(['before', 'after'] as const)('is ours although the answer was lost, %s it was made', async (when) => {
    await created()
    losing(when, 'Items$')
    expect(await things.create(thing(2, 'b'), atOnce)).toMatchObject({record: {value: 2}})
    expect(await stored()).toHaveLength(2)
  })
})

describe('a change of an item', () => {
  it('is one of what was read', async () => {
    const first = await created()
    const second = await things.update(first, thing(2))
    expect(await things.read('a')).toMatchObject({record: {value: 2}, revision: second.revision})
    await expect(things.update(first, thing(3))).rejects.toBeInstanceOf(LeaseLost)
    expect(await stored()).toMatchObject([{value: 2}])
  })

  it.each(['before', 'after'] as const)('is made once although the answer was lost, %s it was made', async (when) => {
    const entry = await created()
    losing(when, 'Items/a')
    const second = await things.update(entry, thing(2))
    expect(await things.update(second, thing(3))).toMatchObject({record: {value: 3}})
  })

  it('whose answer was lost is not taken for ours where somebody else made one meanwhile', async () => {
    const entry = await created()
    // Another run writes the very same, after ours was lost on its way.
    world.sandbox.faults.add({
      method: 'POST',
      path: 'Items/a',
      when: 'before',
      do: {
        call: async () => {
          await world.newRun().update(entry, thing(2))
        },
      },
    })
    losing('before', 'Items/a')
    await expect(things.update(entry, thing(2))).rejects.toBeInstanceOf(LeaseLost)
  })

  it('of one that is gone is lost', async () => {
    const entry = await created()
    await things.remove(entry)
    await expect(things.update(entry, thing(2))).rejects.toBeInstanceOf(LeaseLost)
  })

  it('has a nonce of its own each time', async () => {
    const first = await created()
    const second = await things.update(first, thing())
    const other = await world.newRun().update(second, thing())
    expect(new Set([first, second, other].map(({record}) => record.nonce)).size).toBe(3)
  })
})

it('what was written counts, however the answer that says so repeats it', async () => {
  const answers = (value: unknown) => ({v: 1, name: 'a', value})
  world.sandbox.onExchange((_, response) => {
    const {data, ...item} = JSON.parse(response.body) as {data?: {nonce: string}}
    const odd = JSON.stringify({...item, data: {...answers('odd'), nonce: data?.nonce}})
    Object.assign(response, data && {body: odd})
  })
  const first = await created()
  expect(first.record).toMatchObject(thing())
  expect((await things.update(first, thing(2))).record).toMatchObject(thing(2))
})

describe('removing an item', () => {
  it('is done as it was read, and no error where it is gone', async () => {
    const first = await created()
    const second = await things.update(first, thing(2))
    await expect(things.remove(first)).rejects.toBeInstanceOf(LeaseLost)
    for (let time = 1; time <= 2; time++) await things.remove(second)
    expect(await things.read('a')).toBeUndefined()
    expect(writes().at(-1)).toEqual(['DELETE', 404])
  })
})

describe('reading', () => {
  it('finds nothing where there is no Map', async () => {
    expect(await things.read('a')).toBeUndefined()
    expect(await things.items()).toEqual([])
  })

  it('refuses what another version wrote, and leaves it alone', async () => {
    await created()
    await world.sandbox.change(({syncMaps: [map]}) => {
      for (const item of Object.values(map?.items ?? {})) item.data = {v: 2}
    })
    await expect(things.read('a')).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_MISMATCH',
      exitCode: 6,
      message: expect.stringContaining('item a cannot be read: its version is another'),
    })
    await expect(things.create(thing(), atOnce)).rejects.toMatchObject({code: 'REGISTRY_VERSION_MISMATCH'})
  })
})
