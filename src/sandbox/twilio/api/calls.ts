import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/auth.js'
import {stepAt, type Step} from '../../state/clock.js'
import {rfc2822} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {ApiError, json, notFound, pageOf2010} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'
import type {Call} from '../../state/state.js'
import {heldBy} from '../held.js'
import {isUnreachable} from './messages.js'
import {TEST_NUMBER} from '../../world/nanp.js'
import {formatted, isPhoneNumber} from '../../world/ranges.js'
import {UNIT_PRICES} from '../../world/unit-prices.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/Calls.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json'

export const callRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: fetchCall},
]

type Failure = readonly [code: number, message: string]

/** Twilio's documented test values. */
const TO_FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['+15005550001', [21217, 'Phone number does not appear to be valid: +15005550001']],
  ['+15005550002', [21214, "'To' phone number cannot be reached: +15005550002"]],
  ['+15005550003', [21215, 'Geo Permission configuration is not permitting the call to +15005550003']],
  ['+15005550004', [21216, 'Call blocked: +15005550004']],
])

/** How long it takes in the sandbox, by its own clock, until a phone rings, is answered, and is put down. */
const RINGING_MS = 500
const ANSWERED_MS = 1000
const COMPLETED_MS = 3000
const DURATION_S = (COMPLETED_MS - ANSWERED_MS) / 1000

type Status = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'no-answer'

function create(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = accountInPath(context)
  const to = form.get('To')
  const from = form.get('From')
  if (!to) throw new ApiError(400, 21201, "No 'To' number is specified")
  if (!from) throw new ApiError(400, 21213, "A 'From' number is required")
  if (!form.get('Url') && !form.get('Twiml') && !form.get('ApplicationSid'))
    throw new ApiError(400, 21205, 'Url parameter is required')
  const failure = TO_FAILURES.get(to)
  if (failure) throw new ApiError(400, failure[0], failure[1])
  if (!isPhoneNumber(to)) throw new ApiError(400, 21217, `Phone number does not appear to be valid: ${to}`)
  const phoneNumberSid = checkFrom(context, account.sid, from)
  const call: Call = {
    sid: nextSid(state, 'CA'),
    accountSid: account.sid,
    from,
    to,
    phoneNumberSid,
    createdAt: now,
    updatedAt: now,
  }
  state.calls.push(call)
  return json(201, render(call, now))
}

function list(context: Context): HttpResponse {
  const {state, now} = context
  const calls = heldBy(accountInPath(context).sid, now, state.calls).filter(
    (call) =>
      wanted(context, 'To', call.to) &&
      wanted(context, 'From', call.from) &&
      wanted(context, 'Status', statusOf(call, now).status),
  )
  return pageOf2010(context, 'calls', calls, (call) => render(call, now))
}

function fetchCall(context: Context): HttpResponse {
  const account = accountInPath(context)
  const sid = param(context, 'Sid')
  const call = context.state.calls.find((each) => each.sid === sid && each.accountSid === account.sid)
  if (!call) throw notFound(context.path)
  return json(200, render(call, context.now))
}

/** The SID of the number the call is made from; the test number has none unless it was bought. */
function checkFrom({state}: Context, accountSid: string, from: string): string | null {
  if (from === '+15005550001') throw new ApiError(400, 21212, `Invalid 'From' Number: ${from}`)
  const owned = state.incomingNumbers.find((number) => number.accountSid === accountSid && number.phoneNumber === from)
  if (!owned && from !== TEST_NUMBER) throw new ApiError(400, 21210, `'From' phone number not verified: ${from}`)
  return owned?.sid ?? null
}

const SUBRESOURCES = {
  events: 'Events',
  notifications: 'Notifications',
  payments: 'Payments',
  recordings: 'Recordings',
  siprec: 'Siprec',
  streams: 'Streams',
  transcriptions: 'Transcriptions',
  user_defined_message_subscriptions: 'UserDefinedMessageSubscriptions',
  user_defined_messages: 'UserDefinedMessages',
}

function statusOf({to, createdAt}: Call, now: number): Step<Status> {
  const ringing = [RINGING_MS, 'ringing'] as const
  if (isUnreachable(to)) return stepAt<Status>(now, createdAt, 'queued', ringing, [COMPLETED_MS, 'no-answer'])
  const answered = [ANSWERED_MS, 'in-progress'] as const
  return stepAt<Status>(now, createdAt, 'queued', ringing, answered, [COMPLETED_MS, 'completed'])
}

/** The minutes that are billed, begun ones in full: none before a call is over, or when nobody answers. */
export function minutesOf(call: Call, now: number): number {
  return statusOf(call, now).status === 'completed' ? Math.ceil(DURATION_S / 60) : 0
}

function render(call: Call, now: number): unknown {
  const {status, since} = statusOf(call, now)
  const over = status === 'completed' || status === 'no-answer'
  const uri = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`
  return {
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: null,
    phone_number_sid: call.phoneNumberSid,
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    status,
    direction: 'outbound-api',
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(since),
    start_time: status === 'queued' ? null : rfc2822(call.createdAt + RINGING_MS),
    end_time: over ? rfc2822(since) : null,
    duration: status === 'completed' ? String(DURATION_S) : null,
    queue_time: '0',
    price: status === 'completed' ? `-${(minutesOf(call, now) * UNIT_PRICES.callMinute).toFixed(5)}` : null,
    price_unit: 'USD',
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${uri}/${path}.json`]),
    ),
  }
}
