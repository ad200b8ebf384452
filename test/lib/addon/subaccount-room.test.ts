import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {
  countRoom,
  isNearlyFull,
  noteSubaccounts,
  recentRoom,
  roomOf,
  type SubaccountLimit,
} from '../../../src/lib/addon/subaccount-room.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

let folder: string
let world: InProcess
let of: SubaccountLimit & {readonly keptIn: string}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  world = await startInProcess()
  of = {limit: () => 10, keptIn: join(folder, 'cache', 'subaccounts.txt')}
  for (const name of ['one', 'two', 'three']) await world.newSubaccount(name)
})
afterEach(() => rm(folder, {recursive: true}))

const everyOne = () => true

/** How many pages of subaccounts were asked for meanwhile. */
async function counting<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const before = world.sandbox.requests.length
  const result = await work()
  return [result, world.sandbox.requests.slice(before).filter(({url}) => url.includes('PageSize=1000')).length]
}

describe('the room for subaccounts', () => {
  it('is counted at once where somebody asks, and then known for an hour', async () => {
    const [room, pages] = await counting(() => countRoom(world.main, of))
    expect([room, pages]).toMatchObject([{used: 3, limit: 10, left: 7}, 1])
    await world.newSubaccount('of another machine')
    expect(await counting(() => recentRoom(world.main, of, everyOne))).toEqual([room, 0])

    const [, ...rest] = (await readFile(of.keptIn, 'utf8')).split('\n')
    const longAgo = new Date(Date.now() - 3_700_000).toISOString()
    await writeFile(of.keptIn, [JSON.stringify({used: 3, countedAt: longAgo}), ...rest].join('\n'))
    expect(await counting(() => recentRoom(world.main, of, everyOne))).toMatchObject([{used: 4}, 1])
  })

  it('knows what this machine created and closed since, however many did at the same time', async () => {
    await countRoom(world.main, of)
    await Promise.all([1, 1, 1, -1, 1].map((change) => noteSubaccounts(of, change)))
    expect(await recentRoom(world.main, of, everyOne)).toMatchObject({used: 6, left: 4})
  })

  it('leaves out the one that is just being created', async () => {
    expect(await recentRoom(world.main, of, (name) => name !== 'two')).toMatchObject({used: 2})
  })

  it('is not known where Twilio does not say, and nobody waits for it', async () => {
    world.sandbox.faults.add({path: String.raw`/Accounts\.json$`, when: 'before', times: Infinity, do: {status: 429}})
    expect(await counting(() => recentRoom(world.main, of, everyOne))).toEqual([undefined, 1])
    expect(world.waits).toEqual([])
    // What was never counted cannot be changed.
    await noteSubaccounts(of, 1)
    await expect(readFile(of.keptIn)).rejects.toMatchObject({code: 'ENOENT'})
  })

  it.each(['', 'not JSON', '[]', '{"used":"3"}', `{"used":3,"countedAt":"2999-01-01T00:00:00Z"}`])(
    'is counted again where the file has %j',
    async (text) => {
      await countRoom(world.main, of)
      await writeFile(of.keptIn, text)
      expect((await recentRoom(world.main, of, everyOne))?.used).toBe(3)
    },
  )

  it('is never less than none, and runs out when a tenth is left', () => {
    expect(roomOf(12, 10)).toMatchObject({left: 0})
    expect([899, 900, 901].map((used) => isNearlyFull(roomOf(used, 1000)))).toEqual([false, false, true])
  })
})
