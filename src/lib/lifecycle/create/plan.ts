import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import {requireFullAccount} from '../../addon/main-account.js'
import {type WebhookUrls, webhookUrlsOf} from '../../addon/number-options.js'
import type {PlannedRequest} from '../../addon/planned-request.js'
import {subaccountName} from '../../addon/record.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {missingVars} from '../../addon/vars.js'
import {type MonthlyPrice, priceOf} from '../../number/price.js'
import {type Candidates, findCandidates} from '../../number/search.js'
import {fetchAccount} from '../../twilio/accounts.js'
import {mapExists} from '../../twilio/sync-map.js'
import {awaitPreflight, startPreflight} from './preflight.js'
import {type CreateRequest, requireCreatable, requireSameRequest} from './request.js'

export interface CreatePlan {
  readonly state: 'new' | 'incomplete' | 'ready'
  /** The number that would be tried first, or that is there. */
  readonly phoneNumber: string | undefined
  /** What Twilio would charge for it; undefined where none is bought, or Twilio does not say. */
  readonly numberPrice?: MonthlyPrice | undefined
  readonly calls: readonly PlannedRequest[]
}

/**
 * What `provision` would do, found out without changing anything.
 * @throws {Failure} what `provision` would be refused with, as far as reading tells.
 */
export async function planCreate(context: AddonContext, request: CreateRequest): Promise<CreatePlan> {
  const {main, registry, akkeris} = context
  const {appSpace, intent} = request
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const preflight = startPreflight(context, {appSpace, name, intent})
  const {account, vars} = await awaitPreflight(preflight)
  const [hasMap, entry, sameName] = await Promise.all([
    mapExists(main, registry.name),
    registry.read(appSpace),
    preflight.sameName,
  ])
  const record = entry?.record
  if (record) {
    requireSameHost(record, context)
    requireSameRequest(record, request)
    if (record.state !== 'ready') requireCreatable(record)
  }
  const accountSid = record?.accountSid ?? sameName[0]?.sid
  const free = {appSpace, vars, ours: accountSid, begun: record !== undefined, forced: intent.force ?? false}
  await requireFreeVars(context, free)

  const patch: PlannedRequest = {method: 'PATCH', url: `${akkeris.baseUrl}/apps/${appSpace}/config-vars`}
  if (record?.state === 'ready') {
    const {accountSid: sid = '', phoneNumber: number} = record
    const {authToken} = await fetchAccount(main, sid)
    const ours = {TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: number?.e164 ?? '', TWILIO_SID: sid}
    const missing = Object.keys(missingVars(vars, ours))
    return {state: 'ready', phoneNumber: number?.e164, calls: missing.length > 0 ? [patch] : []}
  }
  requireFullAccount(account)

  const begun = record?.intent.operation === 'create' ? record.intent : intent
  const candidates = record?.phoneNumber
    ? undefined
    : await (record ? findCandidates(main, begun, appSpace) : preflight.candidates)
  const phoneNumber = record?.phoneNumber?.e164 ?? candidates?.numbers[0]
  const api = 'https://api.twilio.com/2010-04-01'
  const map = 'https://sync.twilio.com/v1/Services/default/Maps'
  const item: PlannedRequest = {method: 'POST', url: `${map}/${registry.name}/Items/${appSpace}`}
  const lease: PlannedRequest = {method: 'POST', url: `${map}/${registry.name}/Items`, form: {Key: appSpace}}
  const sub = `${api}/Accounts/${accountSid ?? '{subaccount}'}`
  const {addressSid, bundleSid} = begun
  const urls = parametersOf(webhookUrlsOf(begun))
  const numberCalls = ({owned, numbers: [first = '']}: Candidates): PlannedRequest[] =>
    owned
      ? [
          item,
          {
            method: 'POST',
            url: `${api}/Accounts/${main.sid}/IncomingPhoneNumbers/${owned.sid}.json`,
            form: {AccountSid: accountSid ?? '{subaccount}', ...urls},
          },
        ]
      : [{method: 'POST', url: `${sub}/IncomingPhoneNumbers.json`, form: {PhoneNumber: first, ...urls}}]
  const calls: (PlannedRequest | undefined)[] = [
    hasMap ? undefined : {method: 'POST', url: map, form: {UniqueName: registry.name}},
    record ? item : lease,
    accountSid === undefined ? {method: 'POST', url: `${api}/Accounts.json`, form: {FriendlyName: name}} : undefined,
    addressSid === undefined ? undefined : {method: 'POST', url: `${sub}/Addresses.json`},
    bundleSid === undefined
      ? undefined
      : {method: 'POST', url: `https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/${bundleSid}/Clones`},
    record?.accountSid === undefined ? item : undefined,
    ...(candidates ? numberCalls(candidates) : []),
    patch,
    item,
    item,
  ]
  const isBought = candidates !== undefined && !candidates.owned && phoneNumber !== undefined
  const numberPrice = isBought ? await priceOf(context, begun, phoneNumber) : undefined
  const state = record ? 'incomplete' : 'new'
  return {state, phoneNumber, numberPrice, calls: calls.filter((call) => call !== undefined)}
}

export function isNewSubaccount({url}: PlannedRequest): boolean {
  return url.endsWith('/Accounts.json')
}

/** Twilio's parameters are named like the SDK's, with a capital. */
function parametersOf(urls: WebhookUrls): Record<string, string> {
  const named = Object.entries(urls as Record<string, string>)
  return Object.fromEntries(named.map(([name, url]) => [name.charAt(0).toUpperCase() + name.slice(1), url]))
}
