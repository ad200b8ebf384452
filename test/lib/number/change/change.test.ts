import {beforeEach, describe, expect, it} from '@jest/globals'

import {changeNumber} from '../../../../src/lib/number/change/change.js'
import {unreleasedFailures} from '../../../../src/lib/number/change/document.js'
import {planChange} from '../../../../src/lib/number/change/plan.js'
import {changeRequest} from '../../../../src/lib/number/change/request.js'
import type {NumberChanged} from '../../../../src/lib/number/change/result.js'
import {type AddonInProcess, APP, numbersIn, startReadyAddon} from '../../../support/in-process-addon.js'

const RELEASE = {method: 'DELETE', path: 'IncomingPhoneNumbers'}
const no = {status: 400, body: '{"code": 21685, "message": "An emergency address is attached"}'} as const

let world: AddonInProcess
let old: string
beforeEach(async () => {
  world = await startReadyAddon()
  old = (await world.record())?.phoneNumber?.e164 ?? ''
})

async function change({keepOld = false, from = old}: {keepOld?: boolean; from?: string | undefined} = {}) {
  const request = changeRequest({}, {appSpace: APP, keepOld, from}, 'US')
  const plan = await planChange(world.context, request)
  if (plan.state === 'already') return undefined
  return changeNumber(world.context, request, plan)
}

const numbers = () => numbersIn(world)

describe('an old number that Twilio refuses to release', () => {
  let changed: NumberChanged | undefined
  beforeEach(async () => {
    world.sandbox.faults.add({...RELEASE, when: 'before', times: Infinity, do: no})
    changed = await change()
  })

  it('stays, and the add-on is ready with its new one', async () => {
    expect(changed).toMatchObject({oldIs: 'held', old: {e164: old}})
    const record = await world.record()
    expect(record).toMatchObject({state: 'ready', intent: {operation: 'create'}, unreleased: [{e164: old}]})
    expect(await numbers()).toEqual({sub: [old, record?.phoneNumber?.e164], main: []})
  })

  it('is reported with what Twilio says, and how to release or to keep it later', () => {
    expect(changed && unreleasedFailures(changed)).toMatchObject([
      {
        exitCode: 1,
        message: expect.stringMatching(/is still in the subaccount, and charged\. .*emergency address/),
        suggestions: expect.arrayContaining([
          expect.stringMatching(/aka twilio:number:change -a api-default --from \+\d+$/),
          expect.stringMatching(/--from \+\d+ --keep-old$/),
        ]),
      },
    ])
  })

  it('is refused again, or released by the same command once that is fixed, and then nothing is left to do', async () => {
    expect(await change()).toMatchObject({oldIs: 'held'})
    world.sandbox.faults.clear()
    expect(await change()).toMatchObject({oldIs: 'released', changed: true})
    const {sub} = await numbers()
    expect([sub.length, sub.includes(old)]).toEqual([1, false])
    expect(await world.record()).toMatchObject({state: 'ready', unreleased: []})
    expect(await change()).toBeUndefined()
  })

  it('is moved to the main account instead', async () => {
    expect(await change({keepOld: true})).toMatchObject({oldIs: 'kept'})
    expect((await numbers()).main).toEqual([old])
  })

  it('is none of the next change’s business', async () => {
    const second = (await world.record())?.phoneNumber?.e164 ?? ''
    world.sandbox.faults.clear()
    expect(await change({from: second})).toMatchObject({oldIs: 'released', old: {e164: second}})
    const {sub} = await numbers()
    expect([sub.length, sub[0]]).toEqual([2, old])
  })
})

it('a change that is unfinished because the old number is not released is finished with --keep-old', async () => {
  world.sandbox.faults.add({...RELEASE, when: 'before', times: Infinity, do: {status: 503}})
  await expect(change()).rejects.toMatchObject({exitCode: 7})
  expect(await world.record()).toMatchObject({state: 'changing'})
  expect(await change({keepOld: true})).toMatchObject({oldIs: 'kept'})
  expect((await numbers()).main).toEqual([old])
  expect(await world.record()).toMatchObject({state: 'ready'})
})
