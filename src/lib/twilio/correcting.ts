import {isDeepStrictEqual} from 'node:util'

import type {UsAppToPersonInstance} from 'twilio/lib/rest/messaging/v1/service/usAppToPerson.js'

import {isObject} from '../shape.js'
import {sendOnce, sendRepeatable} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import {type Brand, brandOf, listBrands} from './brands.js'
import {listAssigned, type NewCampaign} from './registering.js'
import type {Registrar} from './registrar.js'
import {type Campaign, campaignOf, readCampaign} from './sending.js'
import type {BundleKind} from './trust-hub.js'

/*
 * Corrects the rejected parts of a registration in place: nothing is created a second time.
 */

type Attributes = Readonly<Record<string, string>>

interface TrustItem {
  readonly type: string
  readonly attributes: unknown
}

/**
 * Gives the information and the documents in a bundle these attributes, by type; others stay as they are.
 * @returns the names of the fields that were others
 */
export async function correctItems(
  registrar: Registrar,
  kind: BundleKind,
  {bundleSid, wanted}: {readonly bundleSid: string; readonly wanted: Readonly<Record<string, Attributes>>},
): Promise<string[]> {
  const objects = await listAssigned(registrar.account, kind, bundleSid)
  const items = objects.filter((sid) => /^(IT|RD)/.test(sid))
  const changed: string[] = []
  for (const sid of items) changed.push(...(await correctItem(registrar, sid, wanted)))
  return changed
}

async function correctItem(
  {account, guard}: Registrar,
  sid: string,
  wanted: Readonly<Record<string, Attributes>>,
): Promise<string[]> {
  const {v1} = await account.trusthub()
  const fetch = async (): Promise<TrustItem> =>
    sid.startsWith('IT') ? v1.endUsers(sid).fetch() : v1.supportingDocuments(sid).fetch()
  const found = await fetch()
  const attributes = wanted[found.type]
  const changed = attributes ? differing(found.attributes, attributes) : []
  if (changed.length === 0) return []
  const send = async (sending: SenderOptions) => {
    const {v1: sender} = await account.trusthub(sending)
    const update = {attributes: {...(isObject(found.attributes) && found.attributes), ...attributes}}
    await (sid.startsWith('IT') ? sender.endUsers(sid).update(update) : sender.supportingDocuments(sid).update(update))
    return true
  }
  const find = async () => (differing((await fetch()).attributes, attributes ?? {}).length === 0 ? true : undefined)
  await sendRepeatable(account.transport, {send, find, guard})
  return changed
}

function differing(found: unknown, wanted: Readonly<Record<string, unknown>>): string[] {
  const has = isObject(found) ? found : {}
  return Object.keys(wanted).filter((key) => !isDeepStrictEqual(has[key], wanted[key]))
}

/** Resubmits a brand that failed, with what its profiles say now. It may cost, so it is sent once. */
export async function resubmitBrand({account, guard}: Registrar, sid: string): Promise<Brand> {
  const find = async () => (await listBrands(account)).find((each) => each.sid === sid && each.state !== 'rejected')
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    return brandOf(await v1.brandRegistrations(sid).update())
  }
  return sendOnce(account.transport, {effect: `the brand ${sid} was resubmitted`, send, find, guard})
}

/** A campaign, as far as Twilio lets it be edited (https://www.twilio.com/docs/messaging/api/usapptoperson-resource). */
type Editable = Pick<
  NewCampaign,
  | 'description'
  | 'messageFlow'
  | 'messageSamples'
  | 'hasEmbeddedLinks'
  | 'hasEmbeddedPhone'
  | 'ageGated'
  | 'directLending'
>

export interface CampaignDifferences {
  readonly editable: readonly string[]
  /** They stay as they are. */
  readonly fixed: readonly string[]
}

/** What of the campaign of a messaging service is not as it should be, by the names of the SDK. */
export async function compareCampaign(
  {account}: Registrar,
  serviceSid: string,
  wanted: NewCampaign,
): Promise<CampaignDifferences> {
  const {v1} = await account.messaging()
  const [found] = await v1.services(serviceSid).usAppToPerson.list({limit: 1})
  const editable = editableOf(wanted)
  // What the SDK does not tell of cannot be compared.
  const known = Object.entries(wanted).filter(([key]) => found && !(key in editable) && key in found)
  return {
    editable: differing(found && plain(found, Object.keys(editable)), editable),
    fixed: differing(
      found &&
        plain(
          found,
          known.map(([key]) => key),
        ),
      Object.fromEntries(known),
    ),
  }
}

function plain(found: UsAppToPersonInstance, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(keys.map((key) => [key, (found as unknown as Readonly<Record<string, unknown>>)[key]]))
}

function editableOf(campaign: NewCampaign): Editable {
  const {description, messageFlow, messageSamples, hasEmbeddedLinks, hasEmbeddedPhone, ageGated, directLending} =
    campaign
  return {description, messageFlow, messageSamples, hasEmbeddedLinks, hasEmbeddedPhone, ageGated, directLending}
}

/** Edits a campaign that failed, which hands it in again. It may cost, so it is sent once. */
export async function resubmitCampaign(
  {account, guard}: Registrar,
  {serviceSid, sid}: {readonly serviceSid: string; readonly sid: string},
  wanted: NewCampaign,
): Promise<Campaign> {
  const find = async () => {
    const found = await readCampaign(account, serviceSid)
    return found?.state === 'rejected' ? undefined : found
  }
  const send = async (sending: SenderOptions) => {
    const {v1} = await account.messaging(sending)
    return campaignOf(await v1.services(serviceSid).usAppToPerson(sid).update(editableOf(wanted)))
  }
  return sendOnce(account.transport, {effect: `the campaign ${sid} was resubmitted`, send, find, guard})
}
