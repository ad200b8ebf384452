import {beforeEach, describe, expect, it} from '@jest/globals'

import {rollOutConfigVars} from '../../../src/lib/addon/roll-out.js'
import {type AddonInProcess, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.write({})
  // So that the app runs.
  await world.setConfigVars({OTHER: 'x'})
  await world.transport.sleep(60_000)
})

const rollOut = async (graceSeconds?: number) =>
  rollOutConfigVars(world.context, await world.lease(), {TWILIO_SID: 'AC1'}, {graceSeconds})
const restarts = () => world.sandbox.requests.filter(({method}) => method === 'PATCH').length - 1
const waited = (from: number) => world.waits.slice(from).reduce((all, each) => all + each, 0) / 1000

describe('config vars', () => {
  it('are rolled out once every dyno runs with them, after one restart', async () => {
    const from = world.waits.length
    expect(await rollOut()).toBe(true)
    expect(await world.configVars()).toMatchObject({OTHER: 'x', TWILIO_SID: 'AC1'})
    expect(restarts()).toBe(1)
    expect(waited(from)).toBeGreaterThan(0.5)
    expect(waited(from)).toBeLessThan(10)
  })

  it('are waited for as long as was said, and Akkeris is not asked then', async () => {
    const [from, asked] = [world.waits.length, world.sandbox.requests.length]
    expect(await rollOut(30)).toBe(true)
    expect(waited(from)).toBeGreaterThanOrEqual(30)
    expect(waited(from)).toBeLessThan(33)
    expect(world.sandbox.requests.slice(asked).filter(({path}) => path.includes('dynos'))).toEqual([])
  })

  it('are not waited for where Akkeris does not tell', async () => {
    for (const path of ['dynos', 'formation', 'releases'])
      world.sandbox.faults.add({path: `${path}$`, when: 'before', times: 99, do: {status: 404}})
    const from = world.waits.length
    expect(await rollOut()).toBe(true)
    expect(waited(from)).toBe(0)
  })

  it('are given up where the app does not come up', async () => {
    const body = JSON.stringify([{id: 'new', type: 'web', state: 'crashed'}])
    world.sandbox.faults.add({path: 'dynos$', nth: 2, when: 'before', times: Infinity, do: {status: 200, body}})
    const from = world.waits.length
    expect(await rollOut()).toBe(false)
    expect(waited(from)).toBeGreaterThanOrEqual(600)
  })
})
