import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import {Failure} from '../errors.js'
import {asObject, makePrivateFolder, readSmallFile, writePrivateFile} from '../local-files.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {policies, readPolicyFields} from '../twilio/trust-hub.js'

/** Twilio's names of what its policies ask for, by the part of a registration. */
export interface AskedFields {
  readonly business: readonly string[]
  readonly representative: readonly string[]
  readonly a2p: readonly string[]
}

/** What registrations are checked against. */
export interface Rules {
  readonly asked: AskedFields
  /** `cache`: as Twilio said it at `readAt`; `built-in`: as it did when this version was made. */
  readonly source: 'twilio' | 'cache' | 'built-in'
  /** ISO 8601, UTC; null of what is built in. */
  readonly readAt: string | null
}

export const builtIn: Rules = {
  asked: {
    business: [
      'business_name',
      'business_identity',
      'business_type',
      'business_industry',
      'business_registration_identifier',
      'business_registration_number',
      'business_regions_of_operation',
      'website_url',
    ],
    representative: ['first_name', 'last_name', 'email', 'phone_number', 'business_title', 'job_position'],
    a2p: ['company_type'],
  },
  source: 'built-in',
  readAt: null,
}

/** Named by the policies, and not needed by everybody. */
const optional: ReadonlySet<string> = new Set([
  'social_media_profile_urls',
  'stock_exchange',
  'stock_ticker',
  'brand_contact_email',
])

const types: Readonly<Record<keyof AskedFields, {readonly policy: string; readonly type: string}>> = {
  business: {policy: policies.secondaryBusiness, type: 'customer_profile_business_information'},
  representative: {policy: policies.secondaryBusiness, type: 'authorized_representative_1'},
  a2p: {policy: policies.a2pMessaging, type: 'us_a2p_messaging_profile_information'},
}

const parts = Object.keys(types) as (keyof AskedFields)[]

/** Policies change seldom. */
const freshMs = 7 * 86_400_000

/** Whoever is offline does not wait longer. */
const patienceMs = 3000

export interface PolicyCache {
  readonly folder: string
  /** Of which Twilio; undefined keeps nothing. */
  readonly of: string | undefined
}

/**
 * What Twilio asks for: as it was read within the last days, else as Twilio says now. Who has no login, or is offline, gets what was
 * read last, else what is built in.
 */
export async function readRules(main: () => Promise<TwilioAccount>, cache: PolicyCache): Promise<Rules> {
  const cached = await readCache(cache)
  if (cached && Date.now() - Date.parse(cached.readAt ?? '') < freshMs) return cached
  try {
    const account = await main()
    const asked = await Promise.race([askTwilio(account), setTimeout(patienceMs, undefined, {ref: false})])
    if (!asked) return cached ?? builtIn
    const rules = {asked, source: 'twilio', readAt: new Date().toISOString()} as const
    await writeCache(cache, rules)
    return rules
  } catch (error) {
    if (error instanceof Failure && error.outcome !== 'interrupted') return cached ?? builtIn
    throw error
  }
}

async function askTwilio(account: TwilioAccount): Promise<AskedFields | undefined> {
  const sids = [...new Set(parts.map((part) => types[part].policy))]
  const read = new Map(await Promise.all(sids.map(async (sid) => [sid, await readPolicyFields(account, sid)] as const)))
  return askedFields((part) => read.get(types[part].policy)?.get(types[part].type))
}

/** Undefined where any part is missing: then it is no such policy. */
function askedFields(fieldsOf: (part: keyof AskedFields) => unknown): AskedFields | undefined {
  const entries = parts.map((part) => {
    const fields = fieldsOf(part)
    const named = Array.isArray(fields)
      ? fields.filter((field) => typeof field === 'string' && !optional.has(field))
      : []
    return [part, named] as const
  })
  return entries.every(([, fields]) => fields.length > 0)
    ? (Object.fromEntries(entries) as unknown as AskedFields)
    : undefined
}

async function readCache({folder, of}: PolicyCache): Promise<Rules | undefined> {
  if (of === undefined) return undefined
  try {
    const {[of]: kept} = asObject(JSON.parse(readSmallFile(fileIn(folder)) ?? '{}'))
    const {readAt, asked} = asObject(kept)
    const fields = askedFields((part) => asObject(asked)[part])
    const isTime = typeof readAt === 'string' && Date.parse(readAt) <= Date.now()
    return fields && isTime ? {asked: fields, source: 'cache', readAt} : undefined
  } catch {
    // It can be read again.
    return undefined
  }
}

async function writeCache({folder, of}: PolicyCache, {asked, readAt}: Rules): Promise<void> {
  if (of === undefined) return
  try {
    await makePrivateFolder(folder)
    await writePrivateFile(fileIn(folder), Buffer.from(JSON.stringify({[of]: {readAt, asked}})))
  } catch {
    // It is only asked for again.
  }
}

function fileIn(folder: string): string {
  return join(folder, 'policies.json')
}
