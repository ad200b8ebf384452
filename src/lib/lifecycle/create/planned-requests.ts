import {type WebhookUrls, webhookUrlsOf} from '../../addon/number-options.js'
import type {PlannedRequest} from '../../addon/planned-request.js'
import type {AddonRecord, CreateIntent} from '../../addon/record.js'
import type {Candidates} from '../../number/search.js'

const api = 'https://api.twilio.com/2010-04-01'
const maps = 'https://sync.twilio.com/v1/Services/default/Maps'

interface Planned {
  readonly appSpace: string
  /** Of the registry, whose Map may not be there yet. */
  readonly registry: string
  readonly hasMap: boolean
  readonly mainAccountSid: string
  /** What an interrupted run wrote down. */
  readonly record: AddonRecord | undefined
  /** Of the subaccount, if it is there, whether that was written down or not. */
  readonly accountSid: string | undefined
  readonly subaccountName: string
  readonly intent: CreateIntent
  /** Undefined where the number is there. */
  readonly candidates: Candidates | undefined
  readonly configVars: PlannedRequest
}

/** What `provision` sends to create an add-on, or what is left of that. */
export function plannedRequests(planned: Planned): PlannedRequest[] {
  const {appSpace, registry, hasMap, record, candidates, configVars} = planned
  const item: PlannedRequest = {method: 'POST', url: `${maps}/${registry}/Items/${appSpace}`}
  const newItem: PlannedRequest = {method: 'POST', url: `${maps}/${registry}/Items`, form: {Key: appSpace}}
  return [
    ...(hasMap ? [] : [{method: 'POST', url: maps, form: {UniqueName: registry}} as const]),
    record ? item : newItem,
    ...ofSubaccount(planned),
    ...(record?.accountSid === undefined ? [item] : []),
    ...(candidates?.owned ? [item] : []),
    ...ofNumber(planned),
    configVars,
    item,
    item,
  ]
}

/** And of what regulations ask for in it. */
function ofSubaccount({accountSid, subaccountName, intent: {addressSid, bundleSid}}: Planned): PlannedRequest[] {
  const create: PlannedRequest = {method: 'POST', url: `${api}/Accounts.json`, form: {FriendlyName: subaccountName}}
  const address: PlannedRequest = {method: 'POST', url: `${subaccountUrl(accountSid)}/Addresses.json`}
  return [
    ...(accountSid === undefined ? [create] : []),
    ...(addressSid === undefined ? [] : [address]),
    ...(bundleSid === undefined ? [] : [cloneOf(bundleSid)]),
  ]
}

function cloneOf(bundleSid: string): PlannedRequest {
  return {method: 'POST', url: `https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/${bundleSid}/Clones`}
}

function ofNumber({candidates, accountSid, mainAccountSid, intent}: Planned): PlannedRequest[] {
  if (!candidates) return []
  const {
    owned,
    numbers: [first = ''],
  } = candidates
  const urls = parametersOf(webhookUrlsOf(intent))
  if (!owned) {
    const url = `${subaccountUrl(accountSid)}/IncomingPhoneNumbers.json`
    return [{method: 'POST', url, form: {PhoneNumber: first, ...urls}}]
  }
  const url = `${api}/Accounts/${mainAccountSid}/IncomingPhoneNumbers/${owned.sid}.json`
  return [{method: 'POST', url, form: {AccountSid: accountSid ?? subaccountToBe, ...urls}}]
}

const subaccountToBe = '{subaccount}'

function subaccountUrl(accountSid = subaccountToBe): string {
  return `${api}/Accounts/${accountSid}`
}

/** Twilio's parameters are named like the SDK's, with a capital. */
function parametersOf(urls: WebhookUrls): Record<string, string> {
  const named = Object.entries(urls as Record<string, string>)
  return Object.fromEntries(named.map(([name, url]) => [name.charAt(0).toUpperCase() + name.slice(1), url]))
}

export function isNewSubaccount({url}: PlannedRequest): boolean {
  return url.endsWith('/Accounts.json')
}
