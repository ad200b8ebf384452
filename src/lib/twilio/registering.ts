import {sendOnce, sendRepeatable} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import {type Brand, brandOf, listBrands} from './brands.js'
import type {TwilioAccount} from './connect.js'
import type {Registrar} from './registrar.js'
import type {Reason, Review} from './reviews.js'
import {type Campaign, campaignOf, isIn, readCampaign} from './sending.js'
import {type BundleKind, bundleOf, fetchBundle, listA2pProfiles, listProfiles, policies} from './trust-hub.js'

/*
 * What makes the parts of a registration, each with the lookup that finds it again: profiles by name, brands by profile, services by
 * name, campaigns by service.
 */

export async function ensureBundle(
  {account, guard}: Registrar,
  kind: BundleKind,
  {friendlyName, email}: {readonly friendlyName: string; readonly email: string},
): Promise<string> {
  const isProfile = kind === 'customerProfiles'
  const find = async () => {
    const all = await (isProfile ? listProfiles(account) : listA2pProfiles(account))
    return all.find(({name}) => name === friendlyName)?.sid
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.trusthub(sending)
    const policySid = isProfile ? policies.secondaryBusiness : policies.a2pMessaging
    const options = {friendlyName, email, policySid}
    const {sid} = await (isProfile ? v1.customerProfiles.create(options) : v1.trustProducts.create(options))
    return sid
  }
  const effect = `the ${isProfile ? 'customer' : 'A2P'} profile ${friendlyName} was created`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

interface Item {
  readonly friendlyName: string
  readonly type: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Information about a business or a person (https://www.twilio.com/docs/trust-hub/trusthub-rest-api/enduser-resource). */
export async function ensureEndUser({account, guard}: Registrar, item: Item): Promise<string> {
  const find = async () => {
    const {v1} = await account.trusthub()
    return (await v1.endUsers.list()).find((each) => isSame(each, item))?.sid
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.trusthub(sending)
    return (await v1.endUsers.create(item)).sid
  }
  const effect = `the information ${item.friendlyName} was created`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

/** https://www.twilio.com/docs/trust-hub/trusthub-rest-api/supporting-documents-resource */
export async function ensureDocument({account, guard}: Registrar, item: Item): Promise<string> {
  const find = async () => {
    const {v1} = await account.trusthub()
    return (await v1.supportingDocuments.list()).find((each) => isSame(each, item))?.sid
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.trusthub(sending)
    return (await v1.supportingDocuments.create(item)).sid
  }
  const effect = `the document ${item.friendlyName} was created`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

function isSame(one: {friendlyName: string; type: string}, item: Item): boolean {
  return one.friendlyName === item.friendlyName && one.type === item.type
}

/** Assigns to a bundle what it lacks of these. */
export async function ensureAssigned(
  {account, guard}: Registrar,
  kind: BundleKind,
  {bundleSid, objectSids}: {readonly bundleSid: string; readonly objectSids: readonly string[]},
): Promise<void> {
  const assigned = () => listAssigned(account, kind, bundleSid)
  const before = await assigned()
  for (const objectSid of objectSids.filter((sid) => !before.includes(sid))) {
    const send = async (sending: SenderOptions) => {
      const {v1} = await account.trusthub(sending)
      await (kind === 'customerProfiles'
        ? v1.customerProfiles(bundleSid).customerProfilesEntityAssignments.create({objectSid})
        : v1.trustProducts(bundleSid).trustProductsEntityAssignments.create({objectSid}))
      return true
    }
    const find = async () => ((await assigned()).includes(objectSid) ? true : undefined)
    await sendOnce(account.transport, {effect: `${objectSid} was assigned to ${bundleSid}`, send, find, guard})
  }
}

export async function listAssigned(account: TwilioAccount, kind: BundleKind, sid: string): Promise<string[]> {
  const {v1} = await account.trusthub()
  const assignments = await (kind === 'customerProfiles'
    ? v1.customerProfiles(sid).customerProfilesEntityAssignments.list()
    : v1.trustProducts(sid).trustProductsEntityAssignments.list())
  return assignments.map(({objectSid}) => objectSid)
}

/** What a bundle lacks by its policy; nothing if it can be submitted. Another evaluation does no harm. */
export async function evaluateBundle(
  {account, guard}: Registrar,
  kind: BundleKind,
  sid: string,
): Promise<readonly Reason[]> {
  const evaluate = async (sending: SenderOptions) => {
    const {v1} = await account.trusthub(sending)
    return kind === 'customerProfiles'
      ? v1.customerProfiles(sid).customerProfilesEvaluations.create({policySid: policies.secondaryBusiness})
      : v1.trustProducts(sid).trustProductsEvaluations.create({policySid: policies.a2pMessaging})
  }
  const {status, results} = await sendRepeatable(account.transport, {
    send: evaluate,
    find: async () => undefined,
    guard,
  })
  return status === 'compliant' ? [] : results.flatMap(lackOf)
}

interface EvaluationResult {
  readonly passed?: boolean
  readonly failure_reason?: string
  readonly requirement_friendly_name?: string
  readonly error_code?: number
  readonly invalid?: readonly {
    readonly object_field?: string
    readonly failure_reason?: string
    readonly error_code?: number
  }[]
}

function lackOf({
  passed,
  failure_reason: why,
  error_code: code,
  requirement_friendly_name: name,
  invalid,
}: EvaluationResult): Reason[] {
  if (passed === true) return []
  const fields = (invalid ?? []).map((each) => ({
    code: each.error_code ?? null,
    message: each.failure_reason ?? 'It is missing or not valid.',
    fields: each.object_field === undefined ? [] : [each.object_field],
  }))
  return fields.length > 0
    ? fields
    : [{code: code ?? null, message: why ?? `${name ?? 'A part'} is missing.`, fields: []}]
}

/** Hands a bundle in for review. Gives it as it then is. */
export async function ensureHandedIn({account, guard}: Registrar, kind: BundleKind, sid: string): Promise<Review> {
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.trusthub(sending)
    const options = {status: 'pending-review'} as const
    return bundleOf(
      await (kind === 'customerProfiles'
        ? v1.customerProfiles(sid).update(options)
        : v1.trustProducts(sid).update(options)),
    )
  }
  const find = async () => {
    const now = await fetchBundle(account, kind, sid)
    return now.state === 'draft' || now.state === 'rejected' ? undefined : now
  }
  return sendRepeatable(account.transport, {send, find, guard})
}

interface NewBrand {
  readonly profileSid: string
  readonly a2pProfileSid: string
  readonly mock: boolean
  readonly skipAutomaticSecVet: boolean
}

/** The brand of a profile: each costs, so that one that failed is not made again. */
export async function ensureBrand({account, guard}: Registrar, brand: NewBrand): Promise<Brand> {
  const find = async () =>
    (await listBrands(account)).find(({profileSid, mock}) => profileSid === brand.profileSid && mock === brand.mock)
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    const {profileSid, a2pProfileSid, mock, skipAutomaticSecVet} = brand
    const options = {
      customerProfileBundleSid: profileSid,
      a2PProfileBundleSid: a2pProfileSid,
      ...(mock && {mock}),
      ...(skipAutomaticSecVet && {skipAutomaticSecVet}),
    }
    return brandOf(await v1.brandRegistrations.create(options))
  }
  const effect = `the brand of ${brand.profileSid} was registered`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

/** A messaging service that leaves the webhooks of its numbers alone. */
export async function ensureService({account, guard}: Registrar, friendlyName: string): Promise<string> {
  const find = async () => {
    const {v1} = await account.messaging()
    return (await v1.services.list()).find((each) => each.friendlyName === friendlyName)?.sid
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    return (await v1.services.create({friendlyName, useInboundWebhookOnNumber: true})).sid
  }
  const effect = `the messaging service ${friendlyName} was created`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}

export async function ensureInService(
  {account, guard}: Registrar,
  {serviceSid, numberSid}: {readonly serviceSid: string; readonly numberSid: string},
): Promise<void> {
  const find = async () => ((await isIn(account, serviceSid, numberSid)) ? true : undefined)
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    await v1.services(serviceSid).phoneNumbers.create({phoneNumberSid: numberSid})
    return true
  }
  const effect = `${numberSid} was added to ${serviceSid}`
  if ((await find()) === undefined) await sendOnce(account.transport, {effect, send, find, guard})
}

export interface NewCampaign {
  readonly description: string
  readonly messageFlow: string
  readonly messageSamples: string[]
  readonly usAppToPersonUsecase: string
  readonly hasEmbeddedLinks: boolean
  readonly hasEmbeddedPhone: boolean
  readonly ageGated: boolean
  readonly directLending: boolean
  readonly optInMessage?: string
  readonly optInKeywords?: string[]
  readonly privacyPolicyUrl?: string
  readonly termsAndConditionsUrl?: string
}

/** The campaign of a messaging service: it costs, and there is one at most. */
export async function ensureCampaign(
  {account, guard}: Registrar,
  {serviceSid, brandSid}: {readonly serviceSid: string; readonly brandSid: string},
  campaign: NewCampaign,
): Promise<Campaign> {
  const find = () => readCampaign(account, serviceSid)
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    const options = {...campaign, brandRegistrationSid: brandSid}
    return campaignOf(await v1.services(serviceSid).usAppToPerson.create(options))
  }
  const effect = `the campaign of ${serviceSid} was registered`
  return (await find()) ?? sendOnce(account.transport, {effect, send, find, guard})
}
