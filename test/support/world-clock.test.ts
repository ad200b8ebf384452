import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {startWorld, type World} from './cli.js'
import {CREATE, expectOneAddon} from './faults.js'

const MINUTE = 60_000

describe('the clock of a world', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  const timeIn = ({sandbox}: World) => sandbox.read((_, now) => now)
  /** How much time passes meanwhile: for the machine, and in the world. */
  async function passing(happens: () => Promise<unknown>): Promise<{real: number; inWorld: number}> {
    const [real, inWorld] = [Date.now(), await timeIn(world)]
    await happens()
    return {real: Date.now() - real, inWorld: (await timeIn(world)) - inWorld}
  }

  it('is moved on while a command waits, and the command sees it', async () => {
    const busy = {status: 429, headers: {'Retry-After': '50'}}
    world.sandbox.faults.add({method: 'POST', path: 'Accounts.json', when: 'before', times: 3, do: busy})
    const passed = await passing(async () => expect(await world.aka(CREATE)).toMatchObject({exitCode: 0}))
    expect(passed.inWorld).toBeGreaterThanOrEqual(150_000)
    expect(passed.inWorld - passed.real).toBeGreaterThan(2 * MINUTE)
    await expectOneAddon(world)
  })

  it('is moved on while a command waits for an answer that never comes, until it no longer does', async () => {
    world.sandbox.faults.add({method: 'GET', when: 'before', do: {delayMs: 60 * MINUTE}})
    const passed = await passing(async () => expect(await world.aka('twilio:whoami')).toMatchObject({exitCode: 0}))
    expect(passed.inWorld).toBeGreaterThanOrEqual(15_000)
    expect(passed.inWorld).toBeLessThan(10 * MINUTE)
  })

  it('is moved on for several commands together, when the last of them waits', async () => {
    const slow = {status: 503, headers: {'Retry-After': '40'}}
    world.sandbox.faults.add({method: 'GET', when: 'before', times: 4, do: slow})
    const passed = await passing(async () => {
      const runs = await world.akaAtOnce(['twilio:whoami', 'twilio:whoami', 'twilio:whoami', 'twilio:whoami'])
      expect(runs.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 0])
    })
    expect(passed.inWorld).toBeGreaterThanOrEqual(40_000)
    expect(passed.inWorld - passed.real).toBeLessThan(4 * 40_000)
  })
})
