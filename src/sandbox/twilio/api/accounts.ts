import type {HttpResponse} from '../../../lib/transport/types.js'
import {refuseStandardKeys} from '../../http/access.js'
import {type Context, matchesFilter, pathParameter} from '../../http/context.js'
import {accessDenied, ApiError, notFound} from '../../http/errors.js'
import {rfc2822, subresourceUris} from '../../http/format.js'
import {pageV2010} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {accountBySid, isMain, reaches} from '../../state/accounts.js'
import {nextHash, nextSid} from '../../state/ids.js'
import type {State} from '../../state/state.js'
import type {Account, AccountStatus} from '../../state/types/accounts.js'
import {endCampaigns} from '../../world/registration-fees.js'
import {releaseNumbers} from '../../world/rentals.js'
import {readFriendlyName} from '../shared/parameters.js'

const LIST = '/2010-04-01/Accounts.json'
const ONE = '/2010-04-01/Accounts/{Sid}.json'

export const accountRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: (context) => json(200, render(find(context)))},
  {product: 'api', method: 'POST', path: ONE, handle: update},
]

function list(context: Context): HttpResponse {
  const {state, caller} = context
  refuseStandardKeys(context)
  const accounts = state.accounts.filter(
    (account) =>
      // A subaccount sees itself, a main account itself and its subaccounts.
      reaches(caller.account, account) &&
      matchesFilter(context, 'FriendlyName', account.friendlyName) &&
      matchesFilter(context, 'Status', account.status),
  )
  return pageV2010(context, 'accounts', accounts.reverse(), render)
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  refuseStandardKeys(context)
  if (!isMain(caller.account)) throw new ApiError(400, 21101, 'Subaccounts cannot contain subaccounts')
  const friendlyName = readFriendlyName(form) ?? `SubAccount Created at ${rfc2822(now)}`
  const open = state.accounts.filter(
    (each) => each.ownerAccountSid === caller.account.sid && !isMain(each) && each.status !== 'closed',
  )
  if (open.length >= state.subaccountLimit) throw new ApiError(400, 21480, 'Reached maximum number of subaccounts')
  const account: Account = {
    sid: nextSid(state, 'AC'),
    ownerAccountSid: caller.account.sid,
    friendlyName,
    authToken: nextHash(state),
    status: 'active',
    type: caller.account.type,
    createdAt: now,
    updatedAt: now,
  }
  state.accounts.push(account)
  return json(201, render(account))
}

function update(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = find(context)
  const friendlyName = readFriendlyName(form)
  const status = form.get('Status')
  if (status !== null) checkStatus(context, account, status)
  if (friendlyName !== undefined) account.friendlyName = friendlyName
  if (isStatus(status)) account.status = status
  if (status === 'closed') {
    // Closing an account releases its numbers and ends its campaigns at once.
    releaseNumbers(state, now, ({accountSid}) => accountSid === account.sid)
    endCampaigns(state, now, ({accountSid}) => accountSid === account.sid)
    deactivateSims(state, account.sid, now)
  }
  account.updatedAt = now
  return json(200, render(account))
}

function find(context: Context): Account {
  const {state, caller, path} = context
  refuseStandardKeys(context)
  const sid = pathParameter(context, 'Sid')
  if (caller.account.sid === sid) return caller.account
  if (!isMain(caller.account)) throw accessDenied()
  const account = accountBySid(state, sid)
  if (!account || !reaches(caller.account, account)) throw notFound(path)
  return account
}

function checkStatus({caller}: Context, account: Account, status: string): void {
  if (!isStatus(status)) throw new ApiError(400, 21475, 'Unable to update Status, invalid Status')
  if (isMain(account)) throw new ApiError(400, 21477, 'Unable to update Status for parent accounts')
  if (!isMain(caller.account)) throw accessDenied()
  if (account.status === 'closed')
    throw new ApiError(400, 21479, 'Unable to update Status for subaccount, subaccount has been closed')
}

/** The SIMs of a closed account are lost: no other account can register them. */
function deactivateSims(state: State, accountSid: string, now: number): void {
  const isLost = (sim: {accountSid: string}): boolean => sim.accountSid === accountSid
  for (const sim of state.superSims.filter(isLost)) Object.assign(sim, {status: 'inactive', statusAskedAt: now})
  for (const sim of state.wirelessSims.filter(isLost)) Object.assign(sim, {status: 'deactivated', statusAskedAt: now})
}

function isStatus(status: string | null): status is AccountStatus {
  return status === 'active' || status === 'suspended' || status === 'closed'
}

const SUBRESOURCES = {
  addresses: 'Addresses',
  applications: 'Applications',
  authorized_connect_apps: 'AuthorizedConnectApps',
  available_phone_numbers: 'AvailablePhoneNumbers',
  balance: 'Balance',
  calls: 'Calls',
  conferences: 'Conferences',
  connect_apps: 'ConnectApps',
  incoming_phone_numbers: 'IncomingPhoneNumbers',
  keys: 'Keys',
  messages: 'Messages',
  notifications: 'Notifications',
  outgoing_caller_ids: 'OutgoingCallerIds',
  queues: 'Queues',
  recordings: 'Recordings',
  short_codes: 'SMS/ShortCodes',
  signing_keys: 'SigningKeys',
  sip: 'SIP',
  transcriptions: 'Transcriptions',
  usage: 'Usage',
}

function render(account: Account): unknown {
  const base = `/2010-04-01/Accounts/${account.sid}`
  return {
    sid: account.sid,
    owner_account_sid: account.ownerAccountSid,
    friendly_name: account.friendlyName,
    auth_token: account.authToken,
    status: account.status,
    type: account.type,
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.updatedAt),
    uri: `${base}.json`,
    subresource_uris: subresourceUris(base, SUBRESOURCES),
  }
}
