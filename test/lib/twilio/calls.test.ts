import {beforeEach, describe, expect, it} from '@jest/globals'

import {type CallScript, ensureCalled, fetchCall} from '../../../src/lib/twilio/calls.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'
import {buyIn} from '../../support/in-process-addon.js'

const twiml = '<Response><Say>hello</Say></Response>'
const to = '+14155550101'

let world: InProcess
let account: TwilioAccount
let from: string
beforeEach(async () => {
  world = await startInProcess()
  account = await world.newSubaccount()
  from = (await buyIn(world, account.sid)).e164
})

const call = (script: CallScript = {twiml}) => ensureCalled(account, {from, to}, script)
const sent = () => world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.endsWith('/Calls.json'))
const loseOne = (when: 'before' | 'after') =>
  world.sandbox.faults.add({method: 'POST', path: 'Calls.json', when, do: {drop: true}})

describe('a call', () => {
  it('says what the TwiML says, or what is at a URL', async () => {
    await call()
    await call({url: 'https://example.com/hello'})
    expect(sent()).toMatchObject([
      {form: {From: from, To: to, Twiml: twiml}},
      {form: {From: from, To: to, Url: 'https://example.com/hello'}},
    ])
  })

  it('is made once although its answer is lost, and is not taken for one like it before', async () => {
    const {sid: before} = await call()
    loseOne('after')
    const {sid} = await call()
    expect(sid).not.toBe(before)
    expect((await world.sandbox.read(({calls}) => calls)).map((each) => each.sid).toSorted()).toEqual(
      [before, sid].toSorted(),
    )
    expect(sent()).toHaveLength(2)
  })

  it('is for a person to make again where it is not known whether it was made', async () => {
    await call()
    loseOne('before')
    await expect(call()).rejects.toMatchObject({
      outcome: 'temporary',
      message: expect.stringContaining(`the call to ${to} was made`) as unknown,
      suggestions: [expect.stringMatching(/^Look at https:\/\/console\.twilio\.com .* before sending it again/)],
    })
    expect(sent()).toHaveLength(2)
  })

  it('has a duration once it is over', async () => {
    const placed = await call()
    expect(placed).toMatchObject({from, to, duration: undefined})
    await world.transport.sleep(600_000)
    const {status, duration} = await fetchCall(account, placed.sid)
    expect(status).toBe('completed')
    expect(duration).toBeGreaterThan(0)
  })
})
