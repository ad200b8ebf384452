import {beforeEach, describe, expect, it} from '@jest/globals'

import {acquireAddonLease} from '../../../src/lib/addon/lease.js'
import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {type AddonInProcess, APP, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.write({})
})

const acquire = (options: Parameters<typeof acquireAddonLease>[2] = {}, appSpace = APP) =>
  acquireAddonLease(world.context, appSpace, options)
const held = async () => (await world.record())?.lease !== undefined
const change: Partial<AddonRecord> = {
  state: 'changing',
  intent: {
    operation: 'change-number',
    country: 'US',
    type: 'local',
    made: {operation: 'create', plan: 'small', country: 'US', type: 'local'},
    old: {sid: `PN${'1'.repeat(32)}`, e164: '+18015550100', transferred: false},
    keepOld: false,
    source: {from: 'Twilio', candidates: []},
  },
}

describe('a lease on an add-on', () => {
  it('is had where it is ready, and what changes with it is written at once', async () => {
    const {record} = await acquire({changes: ({plan}) => ({labels: {plan}})})
    expect(record).toMatchObject({state: 'ready', labels: {plan: 'small'}, lease: {seconds: 60}})
    expect(await world.record()).toMatchObject({labels: {plan: 'small'}, lease: {seconds: 60}})
  })

  it('takes the item as it was just read: nothing is read again', async () => {
    const known = await world.context.registry.read(APP)
    const from = world.sandbox.requests.length
    await acquire({...(known && {known})})
    expect(world.sandbox.requests.slice(from).map(({method}) => method)).toEqual(['POST'])
  })

  it('is had in the middle of a change only by what resumes that', async () => {
    await world.write(change)
    await expect(acquire()).rejects.toMatchObject({code: 'ADDON_UNFINISHED', exitCode: 6})
    await expect(acquire({resumes: () => false})).rejects.toMatchObject({code: 'ADDON_UNFINISHED'})
    expect(await held()).toBe(false)
    await acquire({resumes: ({intent}) => intent.operation === 'change-number'})
    expect(await held()).toBe(true)
  })

  it.each(['provisioning', 'destroying'] as const)('is not had while it is %s, whatever is resumed', async (state) => {
    await world.write({state})
    await expect(acquire({resumes: () => true})).rejects.toMatchObject({code: 'ADDON_UNFINISHED', exitCode: 6})
  })

  it('is waited for while another run has it, but not on an app-space of another Akkeris', async () => {
    const other = await world.lease()
    world.duringWait(1, () => other.release())
    await acquire()
    expect(world.progress).toContainEqual(expect.stringContaining('is working on api-default; waiting for it'))
    const from = world.waits.length
    await world.write({host: 'apps.example.com'})
    await expect(acquire()).rejects.toMatchObject({code: 'HOST_MISMATCH', exitCode: 6})
    expect(world.waits.slice(from)).toEqual([])
  })

  it('is not waited for where nobody wants to wait', async () => {
    await world.lease()
    const waiting = {...world.context.waiting, wait: false}
    const acquiring = acquireAddonLease({...world.context, waiting}, APP)
    await expect(acquiring).rejects.toMatchObject({code: 'HELD_BY_ANOTHER_RUN', exitCode: 6})
  })

  it('is not had where there is no add-on', async () => {
    await expect(acquire({}, 'web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND', exitCode: 4})
  })
})
