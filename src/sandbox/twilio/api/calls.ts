import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {formatPhoneNumber, rfc2822, subresourceUris} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Call} from '../../state/types/messaging.js'
import {CALL_DURATION_S, CALL_RINGING_MS, callStatus, callUsage} from '../../world/calls.js'
import {isPhoneNumber} from '../../world/number-ranges.js'
import {CALL_FROM_FAILURES, CALL_TO_FAILURES, TEST_NUMBER} from '../../world/test-values.js'
import {v2010Resource} from '../shared/resource.js'

export const callRoutes = v2010Resource<Call>('Calls', {
  key: 'calls',
  all: ({calls}) => calls,
  filters: {To: ({to}) => to, From: ({from}) => from, Status: (call, {now}) => callStatus(call, now).status},
  create,
  render: (call, {now}) => render(call, now),
})

function create({state, form, now}: Context, {sid: accountSid}: Account): Call {
  const to = form.get('To')
  const from = form.get('From')
  if (!to) throw new ApiError(400, 21201, "No 'To' number is specified")
  if (!from) throw new ApiError(400, 21213, "A 'From' number is required")
  if (!form.get('Url') && !form.get('Twiml') && !form.get('ApplicationSid'))
    throw new ApiError(400, 21205, 'Url parameter is required')
  const failure = CALL_TO_FAILURES.get(to)
  if (failure) throw new ApiError(400, ...failure)
  if (!isPhoneNumber(to)) throw new ApiError(400, 21217, `Phone number does not appear to be valid: ${to}`)
  const phoneNumberSid = checkFrom(state, accountSid, from)
  const call: Call = {sid: nextSid(state, 'CA'), accountSid, from, to, phoneNumberSid, createdAt: now, updatedAt: now}
  state.calls.push(call)
  return call
}

/** Gives the SID of the number that the call is made from; the test number has none unless it was bought. */
function checkFrom(state: State, accountSid: string, from: string): string | null {
  const failure = CALL_FROM_FAILURES.get(from)
  if (failure) throw new ApiError(400, ...failure)
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

function render(call: Call, now: number): unknown {
  const {status, since} = callStatus(call, now)
  const completed = status === 'completed'
  const uri = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`
  return {
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: null,
    phone_number_sid: call.phoneNumberSid,
    to: call.to,
    to_formatted: formatPhoneNumber(call.to),
    from: call.from,
    from_formatted: formatPhoneNumber(call.from),
    status,
    direction: 'outbound-api',
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(since),
    start_time: status === 'queued' ? null : rfc2822(call.createdAt + CALL_RINGING_MS),
    end_time: completed || status === 'no-answer' ? rfc2822(since) : null,
    duration: completed ? String(CALL_DURATION_S) : null,
    queue_time: '0',
    price: completed ? `-${callUsage(call, now).price.toFixed(5)}` : null,
    price_unit: 'USD',
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: subresourceUris(uri, SUBRESOURCES),
  }
}
