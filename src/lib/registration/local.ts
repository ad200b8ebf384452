import type {HeldNumber} from '../addon/record.js'
import {refused} from '../errors.js'
import {type Brand, listBrands} from '../twilio/brands.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {ensureBrand, ensureCampaign, ensureInService, ensureService} from '../twilio/registering.js'
import type {Review} from '../twilio/reviews.js'
import {findServiceOf, readCampaign} from '../twilio/sending.js'
import {part, recordParts, type Work} from './parts.js'
import {registerA2pProfile, registerProfile, requirePrimary} from './profiles.js'
import {isPending, mockCampaign, sectionMissing} from './refusals.js'
import type {StepName, Steps} from './steps.js'
import type {SubmitOptions, Submitted} from './submitted.js'

/** Registers a US local number (A2P 10DLC), until a review must be waited for. */
export async function registerLocal(
  work: Work,
  number: HeldNumber,
  {mock, brandSid}: SubmitOptions,
): Promise<Submitted> {
  const {context, lease, form, registrar} = work
  const {appSpace} = lease.record
  if (!form.campaign) throw sectionMissing('campaign', number.e164)
  const {campaign: wanted} = form
  const primarySid = await requirePrimary(context)
  const seen: {-readonly [Name in StepName]?: Steps[Name]} = {}

  /** Whether it must be waited for. @throws {Failure} `refused` where it was rejected */
  const pending = (step: StepName, review: Review): boolean => {
    Object.assign(seen, {[step]: review})
    return isPending(step, review, appSpace)
  }
  const waitingFor = (step: StepName): Submitted => ({waitsFor: step, seen})

  // Of nothing that costs: the campaign could not be registered.
  if (!mock) await requireNoMockCampaign(work)
  if (!mock) await recordParts(lease, {agreed: true})
  let brand = brandSid === undefined ? undefined : await knownBrand(registrar.account, brandSid)
  if (!brand) {
    const profile = await registerProfile(work, primarySid)
    if (pending('customer-profile', profile)) return waitingFor('customer-profile')
    const a2p = await registerA2pProfile(work, profile.sid)
    if (pending('a2p-profile', a2p)) return waitingFor('a2p-profile')
    brand = await context.progress(doing(work, 'brand'), () =>
      ensureBrand(registrar, {
        profileSid: profile.sid,
        a2pProfileSid: a2p.sid,
        mock,
        skipAutomaticSecVet: !form.secondaryVetting,
      }),
    )
  }
  await recordParts(lease, {brand: brand.sid})
  const {sid: registeredBrand, mock: isMock} = brand
  if (pending('brand', brand)) return waitingFor('brand')
  const serviceSid = await serviceWith(work, number)
  seen['messaging-service'] = {sid: serviceSid, state: 'approved'}
  const campaign = await context.progress(doing(work, 'campaign'), () =>
    ensureCampaign(registrar, {serviceSid, brandSid: registeredBrand}, wanted),
  )
  await recordParts(lease, {campaign: campaign.sid})
  if (campaign.mock && !isMock) throw mockCampaign(campaign.sid, appSpace)
  return pending('campaign', campaign) ? waitingFor('campaign') : {waitsFor: undefined, seen}
}

/** It may be there from a run before. */
function doing({lease}: Work, part: 'brand' | 'campaign'): string {
  return lease.record.registration?.[part] === undefined ? `registering the ${part}` : `checking the ${part}`
}

/** A messaging service has one campaign at most. @throws {Failure} `refused` */
async function requireNoMockCampaign({lease, registrar}: Work): Promise<void> {
  const {appSpace, registration: {service, campaign: recorded} = {}} = lease.record
  if (service === undefined || recorded === undefined) return
  const campaign = await readCampaign(registrar.account, service)
  if (campaign?.mock === true) throw mockCampaign(campaign.sid, appSpace)
}

/** The messaging service that the number is in: one that it was in already, or ours. */
async function serviceWith(work: Work, {sid, e164}: HeldNumber): Promise<string> {
  const {context, name, registrar} = work
  const current = await findServiceOf(registrar.account, sid)
  if (current !== undefined) return current
  const serviceSid = await part(work, 'service', 'creating the messaging service', () => ensureService(registrar, name))
  await context.progress(`adding ${e164} to the messaging service`, () =>
    ensureInService(registrar, {serviceSid, numberSid: sid}),
  )
  return serviceSid
}

async function knownBrand(account: TwilioAccount, sid: string): Promise<Brand> {
  const brand = (await listBrands(account)).find((each) => each.sid === sid)
  if (brand?.state === 'approved') return brand
  throw refused(
    'BRAND_NOT_USABLE',
    brand ? `The brand ${sid} is not approved: ${brand.status}.` : `The subaccount has no brand ${sid}.`,
    'A brand belongs to one account: give one of this subaccount, or none to register a new one.',
  )
}
