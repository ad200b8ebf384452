import type {UsAppToPersonInstance} from 'twilio/lib/rest/messaging/v1/service/usAppToPerson.js'

import {Failure} from '../errors.js'
import {listBrands} from './brands.js'
import type {TwilioAccount} from './connect.js'
import {isMissing} from './errors.js'
import {type Reason, type Review, reviewOf} from './reviews.js'
import {findVerification} from './toll-free.js'
import {listA2pProfiles, listProfiles} from './trust-hub.js'
import {usKindOf} from './us-number.js'

/** Whether US carriers deliver the SMS of a number, and if not, why. */
export interface Sending {
  /** `unknown`: Twilio did not say. */
  readonly state: 'not-needed' | 'not-registered' | 'in-review' | 'rejected' | 'verified' | 'unknown'
  /** Of the last change of the registration, ISO 8601, UTC. */
  readonly since: string | null
  /** Why it was rejected. */
  readonly reasons: readonly Reason[]
}

interface Number {
  readonly sid: string
  readonly e164: string
  /** Whether its registration was begun: then the reviews that come before the campaign are looked at, too. */
  readonly isBegun?: boolean
}

const plainSending = (state: Sending['state']): Sending => ({state, since: null, reasons: []})

/** Asks only about numbers that US carriers want registered. What cannot be read is `unknown`: it must not hide the rest. */
export async function readSending(account: () => TwilioAccount, number: Number): Promise<Sending> {
  const kind = usKindOf(number.e164)
  if (kind === 'foreign') return plainSending('not-needed')
  try {
    const review =
      kind === 'toll-free' ? await findVerification(account(), number.sid) : await findCampaign(account(), number)
    return review ? sendingOf(review) : plainSending('not-registered')
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
    return plainSending('unknown')
  }
}

function sendingOf({state, since, reasons}: Review): Sending {
  const states = {
    draft: 'not-registered',
    'in-review': 'in-review',
    approved: 'verified',
    rejected: 'rejected',
  } as const
  return {state: states[state], since: since.toISOString(), reasons}
}

async function findCampaign(account: TwilioAccount, {sid, isBegun}: Number): Promise<Review | undefined> {
  const service = await findServiceOf(account, sid)
  const campaign = service === undefined ? undefined : await readCampaign(account, service)
  if (campaign && !campaign.mock) return campaign
  return isBegun ? findOpenReview(account) : undefined
}

/** What must be approved before there can be a campaign, and is not: the first of it. */
async function findOpenReview(account: TwilioAccount): Promise<Review | undefined> {
  const [profiles, a2pProfiles, brands] = await Promise.all([
    listProfiles(account),
    listA2pProfiles(account),
    listBrands(account),
  ])
  const open = (all: readonly Review[]) => (all.some(({state}) => state === 'approved') ? undefined : all[0])
  return open(profiles) ?? open(a2pProfiles) ?? open(brands.filter(({mock}) => !mock))
}

/** The messaging service that a number is in: there is one at most (https://www.twilio.com/docs/messaging/api/service-resource). */
export async function findServiceOf(account: TwilioAccount, numberSid: string): Promise<string | undefined> {
  const messaging = await account.messaging()
  const services = await messaging.v1.services.list()
  const found = await Promise.all(
    services.map(async ({sid}) => ((await isIn(account, sid, numberSid)) ? sid : undefined)),
  )
  return found.find((sid) => sid !== undefined)
}

export async function isIn(account: TwilioAccount, serviceSid: string, numberSid: string): Promise<boolean> {
  const messaging = await account.messaging()
  try {
    await messaging.v1.services(serviceSid).phoneNumbers(numberSid).fetch()
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** The campaign of a messaging service: there is one at most (https://www.twilio.com/docs/messaging/api/usapptoperson-resource). */
export async function readCampaign(account: TwilioAccount, serviceSid: string): Promise<Campaign | undefined> {
  const messaging = await account.messaging()
  const [found] = await messaging.v1.services(serviceSid).usAppToPerson.list({limit: 1})
  return found && campaignOf(found)
}

export interface Campaign extends Review {
  /** Of a mock brand: it registers nothing. */
  readonly mock: boolean
}

export function campaignOf(campaign: UsAppToPersonInstance): Campaign {
  const {campaignStatus: status, errors, mock} = campaign
  return {...reviewOf(campaign, {status, errors}), mock}
}
