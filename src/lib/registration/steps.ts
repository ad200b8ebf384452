import type {AddonRecord} from '../addon/record.js'
import {type Brand, listBrands} from '../twilio/brands.js'
import type {TwilioAccount} from '../twilio/connect.js'
import type {Review} from '../twilio/reviews.js'
import {type Campaign, findServiceOf, readCampaign} from '../twilio/sending.js'
import {findVerification} from '../twilio/toll-free.js'
import {listA2pProfiles, listProfiles} from '../twilio/trust-hub.js'
import {usKindOf} from '../twilio/us-number.js'

/** What a registration is made of, in the order in which one needs the other. */
export type StepName =
  'customer-profile' | 'a2p-profile' | 'brand' | 'messaging-service' | 'campaign' | 'toll-free-verification'

/** In a sentence. */
export const stepWords: Readonly<Record<StepName, string>> = {
  'customer-profile': 'customer profile',
  'a2p-profile': 'A2P profile',
  brand: 'brand',
  'messaging-service': 'messaging service',
  campaign: 'campaign',
  'toll-free-verification': 'toll-free verification',
}

/** How far each step has come; undefined where it was not begun. */
export type Steps = Readonly<Partial<Record<StepName, Pick<Review, 'sid' | 'state'> & Partial<Review>>>> & {
  readonly brand?: Brand | undefined
  readonly campaign?: (Pick<Review, 'sid' | 'state'> & Partial<Campaign>) | undefined
}

const localSteps = ['customer-profile', 'a2p-profile', 'brand', 'messaging-service', 'campaign'] as const
const tollFreeSteps = ['toll-free-verification'] as const

export function stepNames(e164: string): readonly StepName[] {
  const kind = usKindOf(e164)
  if (kind === 'foreign') return []
  return kind === 'local' ? localSteps : tollFreeSteps
}

/** What the profiles and the messaging service of an app-space are called, by which they are found again. */
export function registrationName(appSpace: string): string {
  return `aka-twilio ${appSpace}`.slice(0, 64)
}

/** What Twilio has of the registration of a number, whoever made it: of several what was recorded. */
export async function readSteps(
  account: TwilioAccount,
  number: {readonly sid: string; readonly e164: string},
  {appSpace, registration = {}}: Pick<AddonRecord, 'appSpace' | 'registration'>,
): Promise<Steps> {
  const kind = usKindOf(number.e164)
  if (kind === 'foreign') return {}
  if (kind === 'toll-free') return given({'toll-free-verification': await findVerification(account, number.sid)})
  const [profiles, a2pProfiles, brands, serviceSid] = await Promise.all([
    listProfiles(account),
    listA2pProfiles(account),
    listBrands(account),
    findServiceOf(account, number.sid),
  ])
  const profile = recorded(profiles, registration.profile) ?? bestOf(profiles, appSpace)
  const campaign = serviceSid === undefined ? undefined : await readCampaign(account, serviceSid)
  return given({
    'customer-profile': profile,
    'a2p-profile': recorded(a2pProfiles, registration.a2pProfile) ?? bestOf(a2pProfiles, appSpace),
    brand: recorded(brands, registration.brand) ?? bestBrand(brands, profile?.sid),
    'messaging-service': serviceSid === undefined ? undefined : {sid: serviceSid, state: 'approved'},
    campaign,
  })
}

/** The one that the registration goes on with. */
function recorded<T extends Review>(all: readonly T[], sid: string | undefined): T | undefined {
  return all.find((each) => each.sid === sid)
}

/** The one that this tool made, else one that can be used. */
function bestOf<T extends Review & {readonly name: string}>(all: readonly T[], appSpace: string): T | undefined {
  const ours = all.filter(({name}) => name === registrationName(appSpace))
  const approved = all.find(({state}) => state === 'approved')
  return ours.find(({state}) => state === 'approved') ?? ours[0] ?? approved ?? all[0]
}

function bestBrand(brands: readonly Brand[], profileSid: string | undefined): Brand | undefined {
  const ours = brands.filter((brand) => brand.profileSid === profileSid)
  const candidates = ours.length > 0 ? ours : brands
  return (
    candidates.find(({state, mock}) => state === 'approved' && !mock) ??
    candidates.find(({state}) => state === 'approved') ??
    candidates.find(({state}) => state !== 'rejected') ??
    candidates[0]
  )
}

function given(steps: {readonly [Name in StepName]?: Steps[Name] | undefined}): Steps {
  return Object.fromEntries(Object.entries(steps).filter(([, step]) => step !== undefined))
}
