import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../../src/lib/addon/record.js'
import {acquireCreateLease} from '../../../../src/lib/lifecycle/create/lease.js'
import {startPreflight} from '../../../../src/lib/lifecycle/create/preflight.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import {type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

async function acquire(plan = 'twilio:small', context = world.context) {
  const request = createRequest({appSpace: APP, plan, number: {}, force: false, keepOnFailure: false}, 'US')
  const preflight = startPreflight(context, {appSpace: APP, name: 'x', intent: request.intent})
  return acquireCreateLease(context, request, preflight)
}

const write = (changes: Partial<AddonRecord>) => world.write({...addonRecord(), ...changes})
const writes = () => world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes('/Items'))

describe('the lease on a new add-on', () => {
  it('is had by writing the item: what is to be done is in it before anything is changed', async () => {
    const acquired = await acquire()
    expect(acquired).toMatchObject({isFirst: true, lease: {isNew: true}})
    expect(await world.record()).toMatchObject({
      state: 'provisioning',
      intent: {operation: 'create', plan: 'small', country: 'US'},
      host: world.akkeris.host,
      lease: {seconds: 60},
    })
  })

  it('is taken over where nobody holds it, with what the earlier run was to do', async () => {
    await write({state: 'provisioning'})
    expect(await acquire()).toMatchObject({isFirst: false, lease: {isNew: false}})
  })

  it.each<[string, Partial<AddonRecord>, string]>([
    ['another plan was asked for before', {state: 'provisioning', plan: 'large'}, 'PLAN_MISMATCH'],
    ['it is another Akkeris', {host: 'other.example.com'}, 'HOST_MISMATCH'],
    ['it is being destroyed', {state: 'destroying'}, 'DESTROY_UNFINISHED'],
  ])('is not to be had where %s', async (_, changes, code) => {
    await write(changes)
    await expect(acquire()).rejects.toMatchObject({code})
    expect((await world.record())?.lease).toBeUndefined()
  })
})

describe('an add-on that is ready', () => {
  it('needs no lease: nothing is written', async () => {
    await write({})
    const before = writes().length
    expect(await acquire()).toMatchObject({ready: {record: {appSpace: APP}}, hasWaited: false})
    expect(writes().length - before).toBe(1)
    expect((await world.record())?.lease).toBeUndefined()
  })

  it('was waited for, where another run had the lease: what was looked at before is outdated', async () => {
    await write({state: 'provisioning'})
    const other = await world.lease()
    world.duringWait(1, () => other.release({state: 'ready'}))
    expect(await acquire()).toMatchObject({ready: {}, hasWaited: true})
    expect(world.progress).toContainEqual(expect.stringMatching(/^Another run \(.*\) is working on api-default/))
  })
})

it('why there is no registry is explained by whoever knows it better', async () => {
  await world.sandbox.change(({accounts}) => {
    for (const account of accounts) account.status = 'suspended'
  })
  world.sandbox.faults.add({path: 'sync', when: 'before', times: Infinity, do: {status: 403}})
  await expect(acquire()).rejects.toMatchObject({code: 'ACCOUNT_NOT_ACTIVE'})
})
