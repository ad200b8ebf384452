import type {Context} from '../../http/context.js'
import {ApiError, badRequest, notComplete} from '../../http/errors.js'
import {formatPhoneNumber, rfc2822, subresourceUris} from '../../http/format.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Call, Instructions} from '../../state/types/messaging.js'
import {addCall, CALL_RINGING_MS, callDuration, callStatus, callUsage, isEnded} from '../../world/calls.js'
import {isPhoneNumber} from '../../world/number-ranges.js'
import {CALL_FROM_FAILURES, CALL_TO_FAILURES, TEST_NUMBER} from '../../world/test-values.js'
import {timeFilters} from '../shared/filters.js'
import {v2010Resource} from '../shared/resource.js'
import {isWebUrl} from '../shared/settings.js'
import {readWebhook} from '../shared/webhooks.js'

export const callRoutes = v2010Resource<Call>('Calls', {
  key: 'calls',
  all: ({calls}) => calls,
  filters: {
    To: ({to}) => to,
    From: ({from}) => from,
    ParentCallSid: ({parentCallSid = null}) => parentCallSid,
    Status: (call, {now}) => callStatus(call, now).status,
    ...timeFilters<Call>('StartTime', startTime),
    ...timeFilters<Call>('EndTime', (call, {now}) => {
      const step = callStatus(call, now)
      return isEnded(step) ? step.since : undefined
    }),
  },
  create,
  update,
  remove: (call, {state, now}) => {
    if (!isEnded(callStatus(call, now))) throw notComplete('the call has not ended yet')
    state.calls = state.calls.filter((each) => each !== call)
  },
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
  const instructions = readInstructions(form)
  const statusCallback = readWebhook(form, 'StatusCallback')
  const events = form.getAll('StatusCallbackEvent').flatMap((names) => names.split(/[ ,]+/))
  return addCall(state, now, {
    accountSid,
    from,
    to,
    phoneNumberSid,
    ...(instructions && {instructions}),
    ...(statusCallback && {statusCallback: {...statusCallback, events: events.length > 0 ? events : ['completed']}}),
  })
}

/** Hangs up, calls off a call that nobody has answered, or lets one go on with other instructions. */
function update(call: Call, {form, now}: Context): void {
  const status = form.get('Status')
  const instructions = readInstructions(form)
  const current = callStatus(call, now)
  if (status !== null && status !== 'completed' && status !== 'canceled')
    throw badRequest('Status must be completed or canceled')
  if (status === null && !instructions) throw new ApiError(400, 21205, 'Url parameter is required')
  if (isEnded(current)) throw new ApiError(400, 21220, 'Call is not in-progress. Cannot redirect.')
  const isAnswered = current.status === 'in-progress'
  if (status === 'canceled' && isAnswered) throw new ApiError(400, 21220, 'Call is in-progress. Cannot cancel.')
  if (status === null && !isAnswered) throw new ApiError(400, 21220, 'Call is not in-progress. Cannot redirect.')
  if (status !== null) call.end = {at: now, status: isAnswered ? 'completed' : 'canceled'}
  else if (instructions) Object.assign(call, {instructions, redirects: (call.redirects ?? 0) + 1})
  call.updatedAt = now
}

function startTime({createdAt, direction}: Call, {now}: Pick<Context, 'now'>): number | undefined {
  const rings = createdAt + (direction === 'inbound' ? 0 : CALL_RINGING_MS)
  return rings <= now ? rings : undefined
}

const MAX_TWIML = 4000

/** What is to happen in the call: TwiML, or where to get it. An address goes before TwiML, as at Twilio. */
function readInstructions(form: URLSearchParams): Instructions | undefined {
  const invalid = ['Url', 'FallbackUrl'].find((name) => form.get(name) && !isWebUrl(form.get(name) ?? ''))
  if (invalid) throw new ApiError(400, 21205, `${invalid} is not a valid URL`)
  const address = readWebhook(form, 'Url', 'Method')
  const fallback = readWebhook(form, 'FallbackUrl', 'FallbackMethod')
  if (address) return {...address, ...(fallback && {fallback})}
  const twiml = form.get('Twiml')
  // https://www.twilio.com/docs/api/errors/32018
  if (twiml && twiml.length > MAX_TWIML)
    throw new ApiError(400, 32018, `Twiml size exceeded maximum allowed value of ${MAX_TWIML} characters`)
  return twiml ? {twiml} : undefined
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
  const step = callStatus(call, now)
  const {status, since} = step
  const started = startTime(call, {now})
  const completed = status === 'completed'
  const uri = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`
  return {
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: call.parentCallSid ?? null,
    phone_number_sid: call.phoneNumberSid,
    to: call.to,
    to_formatted: formatPhoneNumber(call.to),
    from: call.from,
    from_formatted: formatPhoneNumber(call.from),
    status,
    direction: call.direction ?? 'outbound-api',
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(since),
    start_time: started === undefined ? null : rfc2822(started),
    end_time: isEnded(step) ? rfc2822(since) : null,
    duration: completed ? String(callDuration(call)) : null,
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
