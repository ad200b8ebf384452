import {setImmediate} from 'node:timers/promises'

import {beforeEach, describe, expect, it} from '@jest/globals'

import {awaitPreflight, startPreflight} from '../../../../src/lib/lifecycle/create/preflight.js'
import {type AddonInProcess, APP, startAddonInProcess} from '../../../support/in-process-addon.js'

const refuse = {when: 'before', times: 9} as const

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.newSubaccount('x')
  await world.setConfigVars({OTHER: 'stays'})
})

const start = (areaCode = '801') =>
  startPreflight(world.context, {
    appSpace: APP,
    name: 'x',
    intent: {operation: 'create', plan: 'small', country: 'US', type: 'local', areaCode},
  })
const suspend = () =>
  world.sandbox.change(({accounts}) => accounts.forEach((account) => (account.status = 'suspended')))
const lock = () => world.sandbox.faults.add({...refuse, path: 'config-vars', do: {status: 403}})

it('all that is looked at is asked for at once, and nothing is changed', async () => {
  const from = world.sandbox.requests.length
  let asked = 0
  const all = new Promise<void>((resolve) => {
    const one = () => (++asked < 4 ? all : resolve())
    world.sandbox.faults.add({when: 'before', times: 4, do: {call: one}})
  })
  const {sameName, candidates, ...preflight} = start()
  expect(await awaitPreflight({sameName, candidates, ...preflight})).toMatchObject({
    account: {sid: world.main.sid},
    vars: {OTHER: 'stays'},
  })
  expect(await sameName).toMatchObject([{friendlyName: 'x'}])
  expect((await candidates).numbers[0]).toMatch(/^\+1801/)
  expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
})

describe('of several failures, the one that explains the others is reported:', () => {
  it('the main account first', async () => {
    await suspend()
    lock()
    const preflight = start()
    // However long ago it failed.
    await Promise.allSettled([preflight.vars, preflight.sameName, preflight.candidates])
    await setImmediate()
    await expect(awaitPreflight(preflight)).rejects.toMatchObject({code: 'ACCOUNT_NOT_ACTIVE'})
  })

  it('the app next, and not what nobody waits for any more', async () => {
    lock()
    const preflight = start('533')
    await expect(awaitPreflight(preflight)).rejects.toMatchObject({code: 'AKKERIS_FORBIDDEN'})
    await expect(preflight.candidates).rejects.toMatchObject({code: 'NO_NUMBERS_AVAILABLE'})
  })
})
