import {beforeEach, describe, expect, it} from '@jest/globals'

import type {RegistrationForm} from '../../../src/lib/registration/form.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import type {Registrar} from '../../../src/lib/twilio/registrar.js'
import {
  compareVerification,
  ensureVerification,
  findVerification,
  type NewVerification,
  resubmitVerification,
} from '../../../src/lib/twilio/toll-free.js'
import {freely, type InProcess, startInProcess} from '../../support/in-process.js'
import {buyIn} from '../../support/in-process-addon.js'
import {formWith} from '../../support/in-process-submission.js'

const {tollFree: wanted} = formWith() as Required<RegistrationForm>
const rejected: NewVerification = {...wanted, productionMessageSample: 'Your order was sent. [30475]'}
const tollFree = (digits: string) => ({phoneNumber: `+1800555${digits}`})
const WEEK_MS = 7 * 86_400_000

let world: InProcess
let account: TwilioAccount
let registrar: Registrar
let numberSid: string
beforeEach(async () => {
  world = await startInProcess()
  account = await world.newSubaccount()
  registrar = {account, guard: freely}
  numberSid = (await buyIn(world, account.sid, tollFree('0100'))).sid
})

const sent = () => world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes('/Tollfree/'))
const onSending = (when: 'before' | 'after', times = 1) =>
  world.sandbox.faults.add({method: 'POST', path: '/Tollfree/', when, times, do: {drop: true}})

/** A verification whose review has ended. */
async function reviewed(verification: NewVerification): Promise<string> {
  const {sid} = await ensureVerification(registrar, numberSid, verification)
  await world.transport.sleep(10_000)
  return sid
}

describe('the verification of a toll-free number', () => {
  it('is that of this number alone', async () => {
    expect(await findVerification(account, numberSid)).toBeUndefined()
    const sid = await reviewed(wanted)
    expect(await findVerification(account, numberSid)).toMatchObject({sid, state: 'approved', reasons: []})
    const other = await buyIn(world, account.sid, tollFree('0102'))
    expect(await findVerification(account, other.sid)).toBeUndefined()
  })

  it('is asked for once, whether or not the answer arrives', async () => {
    onSending('after')
    const {sid, state} = await ensureVerification(registrar, numberSid, wanted)
    expect(state).toBe('in-review')
    expect(await ensureVerification(registrar, numberSid, rejected)).toMatchObject({sid})
    expect(sent()).toMatchObject([{form: {TollfreePhoneNumberSid: numberSid, BusinessName: 'Example'}}])
  })

  it('is not asked for again where it does not show', async () => {
    onSending('before')
    await expect(ensureVerification(registrar, numberSid, wanted)).rejects.toMatchObject({
      exitCode: 7,
      message: expect.stringContaining(`the verification of ${numberSid} was asked for`) as unknown,
    })
    expect(sent()).toHaveLength(1)
  })
})

describe('why a verification was rejected', () => {
  const list = [{code: 30446, reason: 'The sample is unclear.'}]
  const single = {rejection_reason: 'The website is down.', error_code: 30475}

  it.each([
    ['the list of reasons, which is newer', {...single, rejection_reasons: list}, [[30446, 'The sample is unclear.']]],
    ['the single one where the list is empty', {...single, rejection_reasons: []}, [[30475, 'The website is down.']]],
    ['the single one where there is no list', single, [[30475, 'The website is down.']]],
    ['nothing where there is neither', {rejection_reason: '', error_code: 30475}, []],
  ])('is %s', async (_, reasons, expected) => {
    const sid = await reviewed(rejected)
    const dates = {date_created: '2026-03-10T12:00:00Z', date_updated: '2026-03-10T12:00:00Z'}
    const verification = {sid, account_sid: account.sid, status: 'TWILIO_REJECTED', ...dates, ...reasons}
    const body = JSON.stringify({verifications: [verification], meta: {key: 'verifications'}})
    world.sandbox.faults.add({method: 'GET', path: '/Tollfree/', when: 'before', do: {status: 200, body}})
    const found = await findVerification(account, numberSid)
    expect(found?.reasons.map(({code, message}) => [code, message])).toEqual(expected)
  })
})

describe('a verification that was rejected', () => {
  it('differs in the fields that are wanted otherwise, each as a whole', async () => {
    const sid = await reviewed(rejected)
    const fieldsFor = async (changes: Partial<NewVerification>) =>
      (await compareVerification(registrar, sid, {...rejected, ...changes})).fields
    expect(await fieldsFor({})).toEqual([])
    expect(await fieldsFor({optInImageUrls: ['https://example.com/order.png']})).toEqual([])
    expect(await fieldsFor({optInImageUrls: ['https://example.com/new.png'], messageVolume: '10'})).toEqual([
      'optInImageUrls',
      'messageVolume',
    ])
  })

  it('can be edited until its time is over; one that was not rejected may still be', async () => {
    const isEditable = async (sid: string) => (await compareVerification(registrar, sid, wanted)).editable
    const {sid} = await ensureVerification(registrar, numberSid, rejected)
    expect(await isEditable(sid)).toBe(true)
    await world.transport.sleep(10_000)
    expect(await isEditable(sid)).toBe(true)
    await world.transport.sleep(WEEK_MS)
    expect(await isEditable(sid)).toBe(false)
  })

  it('is handed in again with what is wanted, and with a reason where there is one', async () => {
    const sid = await reviewed(rejected)
    expect(await resubmitVerification(registrar, sid, {wanted, reason: 'The website is back.'})).toMatchObject({
      sid,
      state: 'in-review',
    })
    expect((await compareVerification(registrar, sid, wanted)).fields).toEqual([])
    expect(sent().at(-1)?.form).toMatchObject({EditReason: 'The website is back.'})
  })

  it.each([
    ['is not handed in twice where the answer is lost', 'after', 1],
    ['is handed in once more where that did not arrive', 'before', 2],
  ] as const)('%s', async (_, when, times) => {
    const sid = await reviewed(rejected)
    onSending(when)
    expect(await resubmitVerification(registrar, sid, {wanted, reason: undefined})).toMatchObject({state: 'in-review'})
    const edits = sent().slice(1)
    expect(edits).toHaveLength(times)
    for (const {form} of edits) expect(form).not.toHaveProperty('EditReason')
  })
})
