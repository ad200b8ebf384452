import type {AddonContext} from '../../addon/context.js'
import {requireSameHost} from '../../addon/host.js'
import {requireFullAccount} from '../../addon/main-account.js'
import type {PlannedRequest} from '../../addon/planned-request.js'
import {type AddonRecord, type CreateIntent, subaccountName} from '../../addon/record.js'
import {requireFreeVars} from '../../addon/var-ownership.js'
import {missingVars} from '../../addon/vars.js'
import type {ConfigVars} from '../../akkeris/config-vars.js'
import {type MonthlyPrice, priceOf} from '../../number/price.js'
import {type Candidates, findCandidates} from '../../number/search.js'
import {fetchAccount} from '../../twilio/accounts.js'
import {mapExists} from '../../twilio/sync-map.js'
import {plannedRequests} from './planned-requests.js'
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
  if (record) requireResumable(context, request, record)
  const accountSid = record?.accountSid ?? sameName[0]?.sid
  const free = {appSpace, vars, ours: accountSid, begun: record !== undefined, forced: intent.force ?? false}
  await requireFreeVars(context, free)
  const configVars: PlannedRequest = {method: 'PATCH', url: `${akkeris.baseUrl}/apps/${appSpace}/config-vars`}
  if (record?.state === 'ready') return planRestoring(context, record, {vars, configVars})

  requireFullAccount(account)
  const begun = record?.intent.operation === 'create' ? record.intent : intent
  const candidates = await (record ? candidatesLeft(context, record, begun) : preflight.candidates)
  const phoneNumber = record?.phoneNumber?.e164 ?? candidates?.numbers[0]
  const isBought = candidates !== undefined && !candidates.owned && phoneNumber !== undefined
  return {
    state: record ? 'incomplete' : 'new',
    phoneNumber,
    numberPrice: isBought ? await priceOf(context, begun, phoneNumber) : undefined,
    calls: plannedRequests({
      appSpace,
      registry: registry.name,
      hasMap,
      mainAccountSid: main.sid,
      record,
      accountSid,
      subaccountName: name,
      intent: begun,
      candidates,
      configVars,
    }),
  }
}

/** @throws {Failure} `conflict` */
function requireResumable(context: AddonContext, request: CreateRequest, record: AddonRecord): void {
  requireSameHost(record, context)
  requireSameRequest(record, request)
  if (record.state !== 'ready') requireCreatable(record)
}

/** Of an add-on that is ready: only its config vars may be missing. */
async function planRestoring(
  {main}: AddonContext,
  {accountSid: sid = '', phoneNumber}: AddonRecord,
  {vars, configVars}: {readonly vars: ConfigVars; readonly configVars: PlannedRequest},
): Promise<CreatePlan> {
  const {authToken} = await fetchAccount(main, sid)
  const ours = {TWILIO_AUTH_TOKEN: authToken, TWILIO_PHONE_NUMBER: phoneNumber?.e164 ?? '', TWILIO_SID: sid}
  const isMissing = Object.keys(missingVars(vars, ours)).length > 0
  return {state: 'ready', phoneNumber: phoneNumber?.e164, calls: isMissing ? [configVars] : []}
}

/** For an add-on that was begun; undefined where it has its number. */
async function candidatesLeft(
  {main}: AddonContext,
  {appSpace, phoneNumber}: AddonRecord,
  intent: CreateIntent,
): Promise<Candidates | undefined> {
  return phoneNumber ? undefined : findCandidates(main, intent, appSpace)
}
