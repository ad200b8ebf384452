import {beforeEach, describe, expect, it} from '@jest/globals'

import {partWith} from '../../../../src/lib/number/change/part.js'
import {numbersIn} from '../../../support/in-process-addon.js'
import {type ChangeInProcess, startChange} from '../../../support/in-process-change.js'

let world: ChangeInProcess
let old: string
beforeEach(async () => {
  world = await startChange()
  old = world.old.e164
})

const part = ({keepOld = false, isThere = true} = {}) =>
  partWith(world.context, {old: world.old, keepOld}, {from: world.sub.twilio, isThere})
const answer = (status: number) =>
  world.sandbox.faults.add({method: 'DELETE', path: 'Incoming', when: 'before', times: Infinity, do: {status}})
const moved = () => world.sandbox.requests.filter(({method, form}) => method === 'POST' && form?.AccountSid)

describe('the old number', () => {
  it('is released; once it is gone that is no error', async () => {
    expect(await part()).toEqual({oldIs: 'released'})
    expect(await numbersIn(world)).toEqual({main: [], sub: []})
    expect(await part({isThere: false})).toEqual({oldIs: 'released'})
  })

  it('goes to the main account where it is to be kept', async () => {
    expect(await part({keepOld: true})).toEqual({oldIs: 'kept'})
    expect(await numbersIn(world)).toEqual({main: [old], sub: []})
  })

  it('is kept where an earlier run moved it: nothing is sent', async () => {
    await part({keepOld: true})
    expect(await part({keepOld: true, isThere: false})).toEqual({oldIs: 'kept'})
    expect([moved().length, world.warnings]).toEqual([1, []])
  })

  it('that is nowhere is not said to be kept', async () => {
    await part()
    expect(await part({keepOld: true, isThere: false})).toEqual({oldIs: 'gone'})
    expect(world.warnings).toEqual([expect.stringContaining(`${old} is no longer in the subaccount`)])
    expect(moved()).toEqual([])
  })

  it('stays where Twilio refuses for good, which is no failure of the change', async () => {
    answer(400)
    expect(await part()).toMatchObject({oldIs: 'held', refusal: {outcome: 'refused'}})
    expect((await numbersIn(world)).sub).toEqual([old])
  })

  it('is not said to stay where Twilio is only busy', async () => {
    answer(503)
    await expect(part()).rejects.toMatchObject({exitCode: 7})
  })
})
