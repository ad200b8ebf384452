import type {AddonContext} from '../addon/context.js'
import {refused} from '../errors.js'
import {correctItems} from '../twilio/correcting.js'
import {
  ensureAssigned,
  ensureBundle,
  ensureDocument,
  ensureEndUser,
  ensureHandedIn,
  evaluateBundle,
} from '../twilio/registering.js'
import {ensureAddress} from '../twilio/regulation.js'
import type {Review} from '../twilio/reviews.js'
import {type BundleKind, fetchBundle, findPrimaryProfile, trustHubConsole} from '../twilio/trust-hub.js'
import {part, type Work} from './parts.js'
import {noncompliant} from './refusals.js'

/** What Twilio calls what is in a bundle. */
const types = {
  business: 'customer_profile_business_information',
  representative: 'authorized_representative_1',
  a2p: 'us_a2p_messaging_profile_information',
  address: 'customer_profile_address',
} as const

const bundleTitles = {customerProfiles: 'customer profile', trustProducts: 'A2P profile'} as const

/** The profile of the main account that vouches for those of subaccounts. @throws {Failure} `refused` */
export async function requirePrimary({main}: Pick<AddonContext, 'main'>): Promise<string> {
  const primary = await findPrimaryProfile(main)
  if (primary?.state === 'approved') return primary.sid
  throw refused(
    'PRIMARY_PROFILE_NOT_APPROVED',
    primary
      ? `The primary profile of the main account (${primary.name}) is not approved: ${primary.status}.`
      : 'The main account has no primary profile, which vouches for every registration.',
    `It can only be created by hand, in Twilio's console: ${trustHubConsole}`,
  )
}

export async function registerProfile(work: Work, primarySid: string): Promise<Review> {
  return handIn(work, 'customerProfiles', {
    key: 'profile',
    items: async () => [
      primarySid,
      await information(work, 'business'),
      await information(work, 'representative'),
      await addressDocument(work),
    ],
  })
}

export async function registerA2pProfile(work: Work, profileSid: string): Promise<Review> {
  return handIn(work, 'trustProducts', {
    key: 'a2pProfile',
    items: async () => [profileSid, await information(work, 'a2p')],
  })
}

interface Bundle {
  readonly key: 'profile' | 'a2pProfile'
  /** The SIDs of what belongs in it, each made where it is not there. */
  readonly items: () => Promise<readonly string[]>
}

/** A bundle that was filled in and submitted for review, now or before. */
async function handIn(work: Work, kind: BundleKind, {key, items}: Bundle): Promise<Review> {
  const {context, form, name, registrar} = work
  const title = bundleTitles[kind]
  const sid = await part(work, key, `creating the ${title}`, () =>
    ensureBundle(registrar, kind, {friendlyName: name, email: form.email}),
  )
  const found = await fetchBundle(registrar.account, kind, sid)
  if (found.state !== 'draft') return found
  const objectSids = await items()
  return context.progress(`submitting the ${title}`, async () => {
    await ensureAssigned(registrar, kind, {bundleSid: sid, objectSids})
    // What an earlier run made is as the file was then.
    await correctBundle(work, kind, sid)
    return handInBundle(work, kind, sid)
  })
}

/** Gives what is in a bundle what the file says. @returns the fields that were others, by Twilio's names */
export async function correctBundle(work: Work, kind: BundleKind, bundleSid: string): Promise<string[]> {
  const {form, registrar} = work
  const wanted =
    kind === 'trustProducts'
      ? {[types.a2p]: form.a2p}
      : {
          [types.business]: form.business,
          [types.representative]: form.representative,
          [types.address]: await address(work),
        }
  return correctItems(registrar, kind, {bundleSid, wanted})
}

/** Submits a bundle as it is. @throws {Failure} `refused` with what it lacks by its policy */
export async function handInBundle({registrar}: Work, kind: BundleKind, sid: string): Promise<Review> {
  const lacks = await evaluateBundle(registrar, kind, sid)
  if (lacks.length > 0) throw noncompliant(bundleTitles[kind], lacks)
  return ensureHandedIn(registrar, kind, sid)
}

async function information(work: Work, key: 'business' | 'representative' | 'a2p'): Promise<string> {
  const {form, name, registrar} = work
  return part(work, key, `creating the ${key === 'a2p' ? 'A2P' : key} information`, () =>
    ensureEndUser(registrar, {friendlyName: `${name} ${key}`, type: types[key], attributes: form[key]}),
  )
}

async function addressDocument(work: Work): Promise<string> {
  const {name, registrar} = work
  return part(work, 'document', 'creating the address', async () =>
    ensureDocument(registrar, {
      friendlyName: `${name} address`,
      type: types.address,
      attributes: await address(work),
    }),
  )
}

async function address({form, lease, subaccount}: Work): Promise<{readonly address_sids: string}> {
  return {address_sids: await ensureAddress(subaccount, form.address, lease)}
}
