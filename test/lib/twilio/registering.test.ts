import {beforeEach, describe, expect, it} from '@jest/globals'

import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {
  ensureAssigned,
  ensureBrand,
  ensureBundle,
  ensureCampaign,
  ensureDocument,
  ensureEndUser,
  ensureHandedIn,
  ensureInService,
  ensureService,
  evaluateBundle,
  listAssigned,
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

const item = {friendlyName: 'aka-twilio api business', type: 'customer_profile_business_information', attributes: {}}
const profile = {friendlyName: 'aka-twilio api', email: 'ada@example.com'}
const campaign = {
  description: 'Tells customers who asked for it when their order was sent.',
  messageFlow: 'Customers tick a box in the order form at https://example.com/order.',
  messageSamples: ['Your order 1234 was sent today.', 'Your order 1234 arrives tomorrow.'],
  usAppToPersonUsecase: 'DELIVERY_NOTIFICATION',
  hasEmbeddedLinks: true,
  hasEmbeddedPhone: false,
  ageGated: false,
  directLending: false,
}
const approved = {
  profiles: [['approved'], ['approved']],
  a2pProfiles: [['approved'], ['approved']],
} as const
const brand = {profileSid: sidAt('BU', 1), a2pProfileSid: sidAt('BU', 101), mock: false, skipAutomaticSecVet: true}
const service = sidAt('MG', 1)

/** Each part that is made, and another one that it must not be taken for. */
type Make = () => Promise<unknown>
const parts: readonly [string, path: string, () => Promise<{readonly make: Make; readonly another: Make}>][] = [
  [
    'customer profile',
    '/CustomerProfiles',
    async () => ({
      make: () => ensureBundle(registrar, 'customerProfiles', profile),
      another: () => ensureBundle(registrar, 'customerProfiles', {...profile, friendlyName: 'aka-twilio web'}),
    }),
  ],
  [
    'A2P profile',
    '/TrustProducts',
    async () => ({
      make: () => ensureBundle(registrar, 'trustProducts', profile),
      another: () => ensureBundle(registrar, 'trustProducts', {...profile, friendlyName: 'aka-twilio web'}),
    }),
  ],
  [
    'information',
    '/EndUsers',
    async () => ({
      make: () => ensureEndUser(registrar, item),
      another: () => ensureEndUser(registrar, {...item, type: 'authorized_representative_1'}),
    }),
  ],
  [
    'document',
    '/SupportingDocuments',
    async () => ({
      make: () => ensureDocument(registrar, {...item, type: 'customer_profile_address'}),
      another: () => ensureDocument(registrar, {...item, type: 'customer_profile_address', friendlyName: 'other'}),
    }),
  ],
  [
    'brand',
    '/BrandRegistrations',
    async () => {
      await putReviewed(world, account.sid, approved)
      return {
        make: () => ensureBrand(registrar, brand),
        another: () => ensureBrand(registrar, {...brand, mock: true}),
      }
    },
  ],
  [
    'messaging service',
    '/Services',
    async () => ({
      make: () => ensureService(registrar, 'aka-twilio api'),
      another: () => ensureService(registrar, 'aka-twilio web'),
    }),
  ],
]

const sent = (path: string) =>
  world.sandbox.requests.filter((request) => request.method === 'POST' && request.path.endsWith(path))

describe.each(parts)('a %s', (_, path, prepare) => {
  it('is made once, and found again the next time', async () => {
    const {make, another} = await prepare()
    const first = await make()
    expect(await make()).toEqual(first)
    expect(sent(path)).toHaveLength(1)
    expect(await another()).not.toEqual(first)
    expect(sent(path)).toHaveLength(2)
  })

  it('is made once where the answer is lost, and not sent again where it does not show', async () => {
    const {make, another} = await prepare()
    world.sandbox.faults.add({method: 'POST', path: `${path}$`, when: 'after', do: {drop: true}})
    const found = await make()
    expect(await make()).toEqual(found)
    world.sandbox.faults.add({method: 'POST', path: `${path}$`, when: 'before', do: {drop: true}})
    await expect(another()).rejects.toMatchObject({exitCode: 7})
    expect(sent(path)).toHaveLength(2)
  })
})

describe('a brand', () => {
  it('that failed is not made again, as each costs, and another profile’s is not taken for it', async () => {
    await putReviewed(world, account.sid, {
      ...approved,
      brands: [
        ['rejected', 1],
        ['approved', 2],
      ],
    })
    expect(await ensureBrand(registrar, brand)).toMatchObject({sid: sidAt('BN', 1), state: 'rejected'})
    expect(sent('/BrandRegistrations')).toEqual([])
  })

  it('is vetted in addition, and is no mock, unless it is said otherwise', async () => {
    await putReviewed(world, account.sid, approved)
    await ensureBrand(registrar, {...brand, skipAutomaticSecVet: false})
    await ensureBrand(registrar, {...brand, profileSid: sidAt('BU', 2), a2pProfileSid: sidAt('BU', 102), mock: true})
    const forms = sent('/BrandRegistrations').map(({form}) => form)
    expect(forms).toEqual([
      {CustomerProfileBundleSid: sidAt('BU', 1), A2PProfileBundleSid: sidAt('BU', 101)},
      {
        CustomerProfileBundleSid: sidAt('BU', 2),
        A2PProfileBundleSid: sidAt('BU', 102),
        Mock: 'true',
        SkipAutomaticSecVet: 'true',
      },
    ])
  })
})

it('a messaging service leaves the webhooks of its numbers alone', async () => {
  await ensureService(registrar, 'aka-twilio api')
  expect(sent('/Services')).toMatchObject([{form: {UseInboundWebhookOnNumber: 'true'}}])
})

describe('a campaign', () => {
  const make = () => ensureCampaign(registrar, {serviceSid: service, brandSid: sidAt('BN', 1)}, campaign)

  it('is registered once, whoever did it, and whether or not the answer arrives', async () => {
    const {sid: numberSid} = await buyIn(world, account.sid)
    await putReviewed(world, account.sid, {...approved, brands: [['approved', 1]], campaign: {numberSid}})
    world.sandbox.faults.add({method: 'POST', path: 'Usa2p$', when: 'after', do: {drop: true}})
    const {sid} = await make()
    expect(await make()).toMatchObject({sid, state: 'in-review', mock: false})
    expect(sent('/Usa2p')).toMatchObject([{form: {BrandRegistrationSid: sidAt('BN', 1)}}])
  })
})

describe('a number', () => {
  it('is added to a service once, whether or not the answer arrives', async () => {
    const {sid: numberSid} = await buyIn(world, account.sid)
    const serviceSid = await ensureService(registrar, 'aka-twilio api')
    world.sandbox.faults.add({method: 'POST', path: 'PhoneNumbers$', when: 'after', do: {drop: true}})
    await ensureInService(registrar, {serviceSid, numberSid})
    await ensureInService(registrar, {serviceSid, numberSid})
    expect(sent(`${serviceSid}/PhoneNumbers`)).toHaveLength(1)
  })
})

describe.each(['customerProfiles', 'trustProducts'] as const)('of %s, a bundle', (kind) => {
  it('has assigned to it what it lacks, each once, whether or not an answer arrives', async () => {
    const bundleSid = await ensureBundle(registrar, kind, profile)
    const objectSids = [await ensureEndUser(registrar, item), await ensureDocument(registrar, item)]
    await ensureAssigned(registrar, kind, {bundleSid, objectSids: objectSids.slice(0, 1)})
    world.sandbox.faults.add({method: 'POST', path: 'EntityAssignments$', when: 'after', do: {drop: true}})
    await ensureAssigned(registrar, kind, {bundleSid, objectSids})
    expect((await listAssigned(account, kind, bundleSid)).toSorted()).toEqual(objectSids.toSorted())
    expect(sent('/EntityAssignments')).toHaveLength(2)
  })

  it('is evaluated before it is submitted: what it lacks is said part by part and field by field', async () => {
    const sid = await ensureBundle(registrar, kind, profile)
    const type =
      kind === 'customerProfiles' ? 'customer_profile_business_information' : 'us_a2p_messaging_profile_information'
    const information = await ensureEndUser(registrar, {...item, type})
    await ensureAssigned(registrar, kind, {bundleSid: sid, objectSids: [information]})
    const lacks = await evaluateBundle(registrar, kind, sid)
    expect(lacks).toContainEqual({
      code: 22215,
      message: expect.stringMatching(/is missing/) as unknown,
      fields: [kind === 'customerProfiles' ? 'business_name' : 'company_type'],
    })
    expect(lacks).toContainEqual({code: 22214, message: expect.stringMatching(/missing/) as unknown, fields: []})
    world.sandbox.faults.add({method: 'POST', path: 'Evaluations$', when: 'after', do: {drop: true}})
    expect(await evaluateBundle(registrar, kind, sid)).toEqual(lacks)
  })

  it('that complies lacks nothing', async () => {
    const sid = await ensureBundle(registrar, kind, profile)
    const results = [{passed: true}, {passed: false, failure_reason: 'No.', error_code: 1}]
    const answer = (status: string) => ({
      sid: sidAt('EL', 1),
      account_sid: account.sid,
      status,
      results,
      policy_sid: sidAt('RN', 1),
    })
    const evaluated = async (status: string) => {
      const body = JSON.stringify(answer(status))
      world.sandbox.faults.add({method: 'POST', path: 'Evaluations$', when: 'before', do: {status: 201, body}})
      return evaluateBundle(registrar, kind, sid)
    }
    expect(await evaluated('compliant')).toEqual([])
    expect(await evaluated('noncompliant')).toEqual([{code: 1, message: 'No.', fields: []}])
  })

  it('is handed in, once where the answer is lost, and is then as its review has it', async () => {
    await putReviewed(world, account.sid, {profiles: [['draft']], a2pProfiles: [['draft']]})
    const sid = sidAt('BU', kind === 'customerProfiles' ? 1 : 101)
    const path = `${sid}$`
    await world.sandbox.change(({trustBundles}) => {
      // What a policy asks for is not what this is about.
      for (const bundle of trustBundles) if (bundle.sid === sid) bundle.policySid = sidAt('RN', 9)
    })
    world.sandbox.faults.add({method: 'POST', path, when: 'before', do: {drop: true}})
    world.sandbox.faults.add({method: 'POST', path, when: 'after', do: {drop: true}})
    expect(await ensureHandedIn(registrar, kind, sid)).toMatchObject({sid, state: 'in-review'})
    expect(sent(sid)).toHaveLength(2)
  })
})
