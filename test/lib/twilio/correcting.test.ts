import {beforeEach, describe, expect, it} from '@jest/globals'

import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {compareCampaign, correctItems, resubmitBrand, resubmitCampaign} from '../../../src/lib/twilio/correcting.js'
import {
  ensureAssigned,
  ensureBundle,
  ensureCampaign,
  ensureDocument,
  ensureEndUser,
  type NewCampaign,
} from '../../../src/lib/twilio/registering.js'
import type {Registrar} from '../../../src/lib/twilio/registrar.js'
import {freely, type InProcess, startInProcess} from '../../support/in-process.js'
import {buyIn} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'

let world: InProcess
let account: TwilioAccount
let registrar: Registrar
beforeEach(async () => {
  world = await startInProcess()
  account = await world.newSubaccount()
  registrar = {account, guard: freely}
})

const sent = (path: RegExp) =>
  world.sandbox.requests.filter((request) => request.method === 'POST' && path.test(request.path))

describe('what is in a rejected bundle', () => {
  const kind = 'customerProfiles'
  let bundleSid: string
  beforeEach(async () => {
    bundleSid = await ensureBundle(registrar, kind, {friendlyName: 'aka-twilio api', email: 'ada@example.com'})
    const person = {
      friendlyName: 'person',
      type: 'person',
      attributes: {first_name: 'Ada', last_name: 'X', title: 'Dr'},
    }
    const address = {friendlyName: 'address', type: 'address', attributes: {address_sids: 'AD1'}}
    const objectSids = [await ensureEndUser(registrar, person), await ensureDocument(registrar, address)]
    await ensureAssigned(registrar, kind, {bundleSid, objectSids})
  })
  const correct = (wanted: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
    correctItems(registrar, kind, {bundleSid, wanted})
  const attributes = async () => {
    const {trustItems} = await world.sandbox.read((state) => state)
    return Object.fromEntries(trustItems.map((item) => [item.type, item.attributes]))
  }
  const updates = () => sent(/\/(EndUsers|SupportingDocuments)\/\w+$/)

  it('gets what is wanted of its type, and keeps what nobody wants otherwise', async () => {
    const wanted = {person: {first_name: 'Ada', last_name: 'Example'}, address: {address_sids: 'AD2'}, other: {a: 'b'}}
    expect((await correct(wanted)).toSorted()).toEqual(['address_sids', 'last_name'])
    expect(await attributes()).toEqual({
      person: {first_name: 'Ada', last_name: 'Example', title: 'Dr'},
      address: {address_sids: 'AD2'},
    })
  })

  it('is left alone where it is so already', async () => {
    expect(await correct({person: {first_name: 'Ada'}})).toEqual([])
    expect(updates()).toEqual([])
  })

  it.each([
    ['answer', 'after', 1],
    ['request', 'before', 2],
  ] as const)('is corrected although the %s is lost', async (_, when, times) => {
    world.sandbox.faults.add({method: 'POST', path: 'EndUsers/', when, do: {drop: true}})
    expect(await correct({person: {last_name: 'Example'}})).toEqual(['last_name'])
    expect(await attributes()).toMatchObject({person: {last_name: 'Example'}})
    expect(updates()).toHaveLength(times)
  })
})

const campaign: NewCampaign = {
  description: 'Tells customers who asked for it when their order was sent.',
  messageFlow: 'Customers tick a box in the order form at https://example.com/order.',
  messageSamples: ['Your order 1234 was sent today.', 'Your order 1234 arrives tomorrow.'],
  usAppToPersonUsecase: 'DELIVERY_NOTIFICATION',
  hasEmbeddedLinks: true,
  hasEmbeddedPhone: false,
  ageGated: false,
  directLending: false,
}
const rejected: NewCampaign = {...campaign, messageFlow: `${campaign.messageFlow} [30893]`}
const approved = {profiles: [['approved']], a2pProfiles: [['approved']]} as const
const serviceSid = sidAt('MG', 1)

/** A campaign that was reviewed. */
async function reviewed(wanted: NewCampaign): Promise<string> {
  const {sid: numberSid} = await buyIn(world, account.sid)
  await putReviewed(world, account.sid, {...approved, brands: [['approved', 1]], campaign: {numberSid}})
  const {sid} = await ensureCampaign(registrar, {serviceSid, brandSid: sidAt('BN', 1)}, wanted)
  await world.transport.sleep(10_000)
  return sid
}

describe('a campaign', () => {
  it('differs in what can be edited, and in what stays as it is', async () => {
    await reviewed(campaign)
    const compare = (changes: Partial<NewCampaign>) => compareCampaign(registrar, serviceSid, {...campaign, ...changes})
    expect(await compare({})).toEqual({editable: [], fixed: []})
    expect(await compare({messageSamples: [...campaign.messageSamples, 'Another one.'], ageGated: true})).toEqual({
      editable: ['messageSamples', 'ageGated'],
      fixed: [],
    })
    expect(await compare({usAppToPersonUsecase: 'MIXED', optInMessage: 'Hello.'})).toEqual({
      editable: [],
      fixed: ['usAppToPersonUsecase', 'optInMessage'],
    })
  })

  it('that is not there differs in all that can be edited', async () => {
    const {sid: numberSid} = await buyIn(world, account.sid)
    await putReviewed(world, account.sid, {campaign: {numberSid}})
    const {editable, fixed} = await compareCampaign(registrar, serviceSid, campaign)
    expect([editable, fixed]).toEqual([Object.keys(campaign).filter((key) => key !== 'usAppToPersonUsecase'), []])
  })

  it('that was rejected is handed in as it should be, with what can be edited alone', async () => {
    const sid = await reviewed(rejected)
    const resubmitted = await resubmitCampaign(registrar, {serviceSid, sid}, campaign)
    expect(resubmitted).toMatchObject({sid, state: 'in-review'})
    expect(await compareCampaign(registrar, serviceSid, campaign)).toEqual({editable: [], fixed: []})
    const [{form} = {form: undefined}] = sent(/Usa2p\/QE/)
    expect(Object.keys(form ?? {})).not.toContain('UsAppToPersonUsecase')
  })

  it.each([
    ['found again where the answer is lost', 'after', {state: 'in-review'}],
    ['not sent again where it does not show: it may cost', 'before', undefined],
  ] as const)('that was handed in is %s', async (_, when, found) => {
    const sid = await reviewed(rejected)
    world.sandbox.faults.add({method: 'POST', path: 'Usa2p/QE', when, do: {drop: true}})
    const resubmitted = resubmitCampaign(registrar, {serviceSid, sid}, campaign)
    if (found) expect(await resubmitted).toMatchObject(found)
    else await expect(resubmitted).rejects.toMatchObject({exitCode: 7})
    expect(sent(/Usa2p\/QE/)).toHaveLength(1)
  })
})

describe('a brand that failed', () => {
  const sid = sidAt('BN', 1)
  beforeEach(() =>
    putReviewed(world, account.sid, {
      ...approved,
      brands: [
        ['rejected', 1],
        ['approved', 1, 'mock'],
      ],
    }),
  )

  it('is resubmitted, once where the answer is lost', async () => {
    world.sandbox.faults.add({method: 'POST', path: `${sid}$`, when: 'after', do: {drop: true}})
    expect(await resubmitBrand(registrar, sid)).toMatchObject({sid, state: 'in-review'})
    expect(sent(/BN/)).toHaveLength(1)
  })

  it('is not sent again where it does not show: it may cost', async () => {
    world.sandbox.faults.add({method: 'POST', path: `${sid}$`, when: 'before', do: {drop: true}})
    await expect(resubmitBrand(registrar, sid)).rejects.toMatchObject({exitCode: 7})
    expect(sent(/BN/)).toHaveLength(1)
  })
})
