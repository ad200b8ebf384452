import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountBySid, denied, isMain, refuseStandardKeys} from '../../http/auth.js'
import {rfc2822} from '../../state/dates.js'
import {nextHash, nextSid} from '../../state/ids.js'
import {ApiError, json, notFound, pageOf2010} from '../../http/respond.js'
import {param, type Context, type Route} from '../../http/router.js'
import type {Account, AccountStatus, State} from '../../state/state.js'
import {giveBack} from '../../world/rentals.js'
import {readFriendlyName} from '../settings.js'

const LIST = '/2010-04-01/Accounts.json'
const ONE = '/2010-04-01/Accounts/{Sid}.json'

export const accountRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: (context) => json(200, render(find(context)))},
  {product: 'api', method: 'POST', path: ONE, handle: update},
]

function list(context: Context): HttpResponse {
  const {state, query, caller} = context
  refuseStandardKeys(context)
  const friendlyName = query.get('FriendlyName')
  const status = query.get('Status')
  const accounts = state.accounts.filter(
    (account) =>
      account.ownerAccountSid === caller.account.sid ||
      // A subaccount sees itself, a main account itself and what it owns.
      account.sid === caller.account.sid,
  )
  const matching = accounts.filter(
    (account) =>
      (friendlyName === null || account.friendlyName === friendlyName) &&
      (status === null || account.status === status),
  )
  return pageOf2010(context, 'accounts', matching.reverse(), render)
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  refuseStandardKeys(context)
  if (!isMain(state, caller.account)) throw new ApiError(400, 21101, 'Subaccounts cannot contain subaccounts')
  const friendlyName = readFriendlyName(form) ?? `SubAccount Created at ${rfc2822(now)}`
  const held = state.accounts.filter(({sid, status}) => sid !== state.mainAccountSid && status !== 'closed')
  if (held.length >= state.subaccountLimit) throw new ApiError(400, 21480, 'Reached maximum number of subaccounts')
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
    // Closing an account gives its numbers back at once.
    giveBack(state, now, ({accountSid}) => accountSid === account.sid)
    deactivateSims(state, account.sid, now)
  }
  account.updatedAt = now
  return json(200, render(account))
}

function find(context: Context): Account {
  const {state, caller, path} = context
  refuseStandardKeys(context)
  const sid = param(context, 'Sid')
  if (caller.account.sid === sid) return caller.account
  if (!isMain(state, caller.account)) throw denied()
  const account = accountBySid(state, sid)
  if (!account) throw notFound(path)
  return account
}

function checkStatus({state, caller}: Context, account: Account, status: string): void {
  if (!isStatus(status)) throw new ApiError(400, 21475, 'Unable to update Status, invalid Status')
  if (isMain(state, account)) throw new ApiError(400, 21477, 'Unable to update Status for parent accounts')
  if (!isMain(state, caller.account)) throw denied()
  if (account.status === 'closed')
    throw new ApiError(400, 21479, 'Unable to update Status for subaccount, subaccount has been closed')
}

/** The SIMs of a closed account are lost with it: nobody can register them again. */
function deactivateSims(state: State, accountSid: string, now: number): void {
  const gone = ({accountSid: owner}: {accountSid: string}): boolean => owner === accountSid
  for (const sim of state.superSims.filter(gone)) Object.assign(sim, {status: 'inactive', statusAskedAt: now})
  for (const sim of state.wirelessSims.filter(gone)) Object.assign(sim, {status: 'deactivated', statusAskedAt: now})
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
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${base}/${path}.json`]),
    ),
  }
}
