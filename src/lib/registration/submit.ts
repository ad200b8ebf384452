import type {AddonContext} from '../addon/context.js'
import {requireActive} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {AddonRecord, HeldNumber, RegistrationRecord} from '../addon/record.js'
import {allOf} from '../all-of.js'
import {ourCommand} from '../command-line.js'
import {type Failure, refused, usage} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {restartIfLeaseLost, runOperation} from '../registry/operation.js'
import {listBrands} from '../twilio/brands.js'
import {
  ensureAssigned,
  ensureAttributes,
  ensureBrand,
  ensureBundle,
  ensureCampaign,
  ensureDocument,
  ensureEndUser,
  ensureHandedIn,
  ensureInService,
  ensureService,
  evaluateBundle,
  type Registrar,
} from '../twilio/registering.js'
import {ensureAddress} from '../twilio/regulation.js'
import type {Reason, Review} from '../twilio/reviews.js'
import {findServiceOf} from '../twilio/sending.js'
import {openSubaccount} from '../twilio/subaccount.js'
import {type BundleKind, fetchBundle, findPrimaryProfile, trustHubConsole} from '../twilio/trust-hub.js'
import {usKindOf} from '../twilio/us-number.js'
import type {RegistrationForm} from './form.js'
import {noNumber} from './read.js'
import {registrationName, type StepName, type Steps} from './steps.js'

export interface SubmitOptions {
  /** A brand of Twilio's that is free and registers nothing. */
  readonly mock: boolean
  /** One that exists, instead of a new one. */
  readonly brandSid: string | undefined
}

/** How far it came. */
export interface Submitted {
  /** The review that must end before the next step; undefined where all is registered. */
  readonly waitsFor: StepName | undefined
  /** What this run saw, or made: Twilio's lists may not show it yet. */
  readonly seen: Steps
}

/** @throws {Failure} `usage` for a number that is not registered so */
export function requireLocal(appSpace: string, {e164}: HeldNumber): void {
  const kind = usKindOf(e164)
  if (kind === 'local') return
  if (kind === 'foreign')
    throw usage(
      'REGISTRATION_NOT_NEEDED',
      `${e164} is no US number: it needs no registration.`,
      `See ${ourCommand(`twilio:number -a ${appSpace}`)}`,
    )
  throw usage(
    'REGISTRATION_BY_CONSOLE',
    `${e164} is toll-free: this version registers local numbers only.`,
    'Verify it in the console: https://www.twilio.com/docs/messaging/compliance/toll-free/console-onboarding',
    `To see how far that has come: ${ourCommand(`twilio:registration -a ${appSpace}`)}`,
  )
}

/**
 * Goes on with a registration from wherever Twilio is, until a review must be waited for. Each part is recorded by its SID before
 * the next is made, so that any run, on any machine, resumes there.
 * @throws {Failure} `refused` where something was rejected, or the file does not comply.
 */
export async function submitRegistration(
  context: AddonContext,
  appSpace: string,
  form: RegistrationForm,
  options: SubmitOptions,
): Promise<Submitted> {
  return restartIfLeaseLost(async () => {
    const lease = await acquireAddonLease(context, appSpace)
    return runOperation(lease, {
      steps: async () => steps(context, lease, form, options),
      warn: context.warn,
      resume: () => [
        `To resume: run \`${ourCommand(`twilio:registration:submit -a ${appSpace}`)}\` again, with the same file.`,
      ],
    })
  })
}

async function steps(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  form: RegistrationForm,
  {mock, brandSid}: SubmitOptions,
): Promise<Submitted> {
  const {appSpace, phoneNumber} = lease.record
  if (!phoneNumber) throw noNumber(lease.record)
  requireLocal(appSpace, phoneNumber)
  const [account, primarySid] = await Promise.all([requireActive(context, lease.record), requirePrimary(context)])
  const subaccount = openSubaccount(context.main, account)
  const seen: {-readonly [Name in StepName]?: Steps[Name]} = {}
  const work: Work = {
    context,
    lease,
    form,
    name: registrationName(appSpace),
    registrar: {account: subaccount.twilio, guard: lease},
  }
  const {registrar} = work

  /** Whether it must be waited for. @throws {Failure} `refused` where it was rejected */
  const pending = (step: StepName, review: Review): boolean => {
    Object.assign(seen, {[step]: review})
    return isPending(step, review, appSpace)
  }
  const waitingFor = (step: StepName): Submitted => ({waitsFor: step, seen})

  if (!mock) await record(lease, {agreed: true})
  let brand = brandSid === undefined ? undefined : await knownBrand(registrar, brandSid)
  if (!brand) {
    const profile = await registerProfile(work, primarySid, () => ensureAddress(subaccount, form.address, lease))
    if (pending('customer-profile', profile)) return waitingFor('customer-profile')
    const a2p = await registerA2pProfile(work, profile.sid)
    if (pending('a2p-profile', a2p)) return waitingFor('a2p-profile')
    brand = await context.progress('registering the brand', () =>
      ensureBrand(registrar, {
        profileSid: profile.sid,
        a2pProfileSid: a2p.sid,
        mock,
        skipAutomaticSecVet: !form.secondaryVetting,
      }),
    )
    await record(lease, {brand: brand.sid})
  }
  const {sid: registeredBrand, mock: isMock} = brand
  if (pending('brand', brand)) return waitingFor('brand')
  const serviceSid = await serviceWith(work, phoneNumber)
  seen['messaging-service'] = {sid: serviceSid, state: 'approved'}
  const campaign = await context.progress('registering the campaign', () =>
    ensureCampaign(registrar, {serviceSid, brandSid: registeredBrand}, form.campaign),
  )
  await record(lease, {campaign: campaign.sid})
  if (campaign.mock && !isMock) throw mockCampaign(campaign.sid, appSpace)
  return pending('campaign', campaign) ? waitingFor('campaign') : {waitsFor: undefined, seen}
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

interface Work {
  readonly context: AddonContext
  readonly lease: Lease<AddonRecord>
  readonly form: RegistrationForm
  readonly name: string
  readonly registrar: Registrar
}

/** A part by the SID that was recorded, or made and recorded. */
async function part(
  {context, lease}: Work,
  key: Exclude<keyof RegistrationRecord, 'agreed'>,
  doing: string,
  make: () => Promise<string>,
): Promise<string> {
  const known = lease.record.registration?.[key]
  if (known !== undefined) return known
  const sid = await context.progress(doing, make)
  await record(lease, {[key]: sid})
  return sid
}

async function record(lease: Lease<AddonRecord>, parts: Partial<RegistrationRecord>): Promise<void> {
  const before = lease.record.registration ?? {}
  if (Object.entries(parts).every(([key, sid]) => before[key as keyof RegistrationRecord] === sid)) return
  await lease.saveAcquired({registration: {...before, ...parts}})
}

async function registerProfile(work: Work, primarySid: string, address: () => Promise<string>): Promise<Review> {
  const {form} = work
  return handIn(work, 'customerProfiles', {
    key: 'profile',
    what: 'customer profile',
    items: async () => [
      {sid: primarySid},
      await information(work, 'business', 'customer_profile_business_information', form.business),
      await information(work, 'representative', 'authorized_representative_1', form.representative),
      await documentOf(work, address),
    ],
  })
}

async function documentOf(work: Work, address: () => Promise<string>): Promise<BundleItem> {
  const {name, registrar} = work
  return {
    sid: await part(work, 'document', 'creating the address', async () => {
      const addressSid = await address()
      return ensureDocument(registrar, {
        friendlyName: `${name} address`,
        type: 'customer_profile_address',
        attributes: {address_sids: addressSid},
      })
    }),
  }
}

async function information(
  work: Work,
  key: 'business' | 'representative' | 'a2p',
  type: string,
  attributes: Readonly<Record<string, string>>,
): Promise<BundleItem> {
  const {name, registrar} = work
  const sid = await part(work, key, `creating the ${key} information`, () =>
    ensureEndUser(registrar, {friendlyName: `${name} ${key}`, type, attributes}),
  )
  return {sid, attributes}
}

async function registerA2pProfile(work: Work, profileSid: string): Promise<Review> {
  const {form} = work
  return handIn(work, 'trustProducts', {
    key: 'a2pProfile',
    what: 'A2P profile',
    items: async () => [
      {sid: profileSid},
      await information(work, 'a2p', 'us_a2p_messaging_profile_information', form.a2p),
    ],
  })
}

interface Bundle {
  readonly key: 'profile' | 'a2pProfile'
  readonly what: string
  readonly items: () => Promise<readonly BundleItem[]>
}

/** What belongs in a bundle; with attributes, information that is to be as the file says. */
interface BundleItem {
  readonly sid: string
  readonly attributes?: Readonly<Record<string, string>>
}

/** A bundle that was filled and handed in for review, now or before; one that was rejected is handed in again where the file changed. */
async function handIn(work: Work, kind: BundleKind, {key, what, items}: Bundle): Promise<Review> {
  const {context, form, name, registrar} = work
  const sid = await part(work, key, `creating the ${what}`, () =>
    ensureBundle(registrar, kind, {friendlyName: name, email: form.email}),
  )
  const found = await fetchBundle(registrar.account, kind, sid)
  if (found.state !== 'draft' && found.state !== 'rejected') return found
  const parts = await items()
  const changed = await allOf(
    parts.map(({sid: item, attributes}) => (attributes ? ensureAttributes(registrar, {sid: item, attributes}) : false)),
  )
  if (found.state === 'rejected' && !changed.includes(true)) return found
  return context.progress(`handing in the ${what}`, async () => {
    await ensureAssigned(registrar, kind, {bundleSid: sid, objectSids: parts.map((each) => each.sid)})
    const lacks = await evaluateBundle(registrar, kind, sid)
    if (lacks.length > 0) throw noncompliant(what, lacks)
    return ensureHandedIn(registrar, kind, sid)
  })
}

async function requirePrimary({main}: Pick<AddonContext, 'main'>): Promise<string> {
  const primary = await findPrimaryProfile(main)
  if (primary?.state === 'approved') return primary.sid
  throw refused(
    'PRIMARY_PROFILE_NOT_APPROVED',
    primary
      ? `The primary profile of the main account (${primary.name}) is not approved: ${primary.status}.`
      : 'The main account has no primary profile, which vouches for every registration.',
    `Only a person can make it, in Twilio's console: ${trustHubConsole}`,
  )
}

async function knownBrand({account}: Registrar, sid: string) {
  const brand = (await listBrands(account)).find((each) => each.sid === sid)
  if (brand?.state === 'approved') return brand
  throw refused(
    'BRAND_NOT_USABLE',
    brand ? `The brand ${sid} is not approved: ${brand.status}.` : `The subaccount has no brand ${sid}.`,
    'Brands are of one account: give one of this subaccount, or none, to register a new one.',
  )
}

/** @throws {Failure} `refused` where it was rejected */
function isPending(step: StepName, {state, sid, reasons}: Review, appSpace: string): boolean {
  if (state !== 'rejected') return state !== 'approved'
  throw refused(
    'REGISTRATION_REJECTED',
    `The ${step.replaceAll('-', ' ')} ${sid} was rejected: ${sentences(reasons)}`,
    step === 'customer-profile' || step === 'a2p-profile'
      ? 'Correct the file, then run this again: it is handed in again with what changed.'
      : `Correct it in Twilio's console (${ourCommand(`twilio:console -a ${appSpace}`)} leads there), then run this again.`,
  )
}

function mockCampaign(sid: string, appSpace: string): Failure {
  return refused(
    'REGISTRATION_IS_MOCK',
    `The messaging service has a campaign of a mock brand (${sid}), which registers nothing, and may have one only.`,
    `Delete it in Twilio's console (${ourCommand(`twilio:console -a ${appSpace}`)} leads there), then run this again.`,
  )
}

function noncompliant(what: string, lacks: readonly Reason[]): Failure {
  return refused(
    'REGISTRATION_INCOMPLETE',
    `The ${what} does not comply with Twilio's policy: ${sentences(lacks)}`,
    'It was not handed in. Correct the file, then run this again.',
  )
}

function sentences(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return 'Twilio gives no reason.'
  return reasons
    .map(
      ({code, message, fields}) =>
        `${message}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}${code === null ? '' : ` [${code}]`}`,
    )
    .join(' ')
}
