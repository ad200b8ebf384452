import {beforeEach, describe, expect, it} from '@jest/globals'

import {removeVars} from '../../../../src/lib/lifecycle/destroy/remove-vars.js'
import {type AddonInProcess, APP, startAddonInProcess} from '../../../support/in-process-addon.js'

const ours = {TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token of ours', TWILIO_PHONE_NUMBER: '+18015550100'}
const PATCH = {method: 'PATCH', when: 'before'} as const

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
  await world.write({state: 'destroying'})
})

const remove = async () => removeVars(world.context, await world.lease(), ours)
const patches = () => world.sandbox.requests.filter(({method}) => method === 'PATCH').length - 1

describe('config vars of an add-on that is destroyed', () => {
  it('are removed in one change, as far as they are there', async () => {
    await world.setConfigVars({TWILIO_SID: 'AC1', TWILIO_AUTH_TOKEN: ours.TWILIO_AUTH_TOKEN, OTHER: 'stays'})
    expect((await remove()).sort()).toEqual(['TWILIO_AUTH_TOKEN', 'TWILIO_SID'])
    expect(await world.configVars()).toEqual({OTHER: 'stays'})
    expect(patches()).toBe(1)
    expect(world.warnings).toEqual([])
  })

  it('stay, with a warning, where they are somebody else’s', async () => {
    const theirs = {...ours, TWILIO_SID: 'AC9'}
    await world.setConfigVars(theirs)
    expect(await remove()).toEqual([])
    expect(await world.configVars()).toEqual(theirs)
    expect(world.warnings).toEqual([expect.stringMatching(/TWILIO_SID of api-default do not belong to this add-on/)])
  })

  it('are none where the app has none, or is gone: nothing is sent', async () => {
    await world.setConfigVars({OTHER: 'stays'})
    expect(await remove()).toEqual([])
    await world.sandbox.change(({apps}) => void Object.assign(apps[APP] ?? {}, {deleted: true}))
    await world.transport.sleep(90_000)
    expect(await remove()).toEqual([])
    expect(patches()).toBe(0)
  })

  it('are looked at again where somebody removes one at the same moment, and all that are gone are named', async () => {
    await world.setConfigVars({...ours, OTHER: 'stays'})
    const half = () =>
      world.sandbox.change(({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_PHONE_NUMBER'))
    world.sandbox.faults.add({...PATCH, do: {call: half}})
    expect((await remove()).sort()).toEqual(['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'TWILIO_SID'])
    expect(await world.configVars()).toEqual({OTHER: 'stays'})
    expect(world.warnings).toEqual([])
  })

  it('are a failure where Akkeris refuses twice', async () => {
    await world.setConfigVars(ours)
    world.sandbox.faults.add({...PATCH, times: Infinity, do: {status: 409, body: 'Set by a service.'}})
    await expect(remove()).rejects.toMatchObject({code: 'AKKERIS_REFUSED', exitCode: 1})
    expect(patches()).toBe(2)
  })
})
