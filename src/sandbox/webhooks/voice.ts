import {nextHash} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {Webhook} from '../state/types/common.js'
import type {Call, CallEvent, Instructions} from '../state/types/messaging.js'
import {addCall, answeredAt, callDuration, callStatus, isEnded, usualEnd} from '../world/calls.js'
import {isPhoneNumber} from '../world/number-ranges.js'
import {callFields, instructionsOf} from './calls.js'
import {deliver} from './deliver.js'
import {type Desk, tokenOf} from './desk.js'
import {type Document, fetchDocument} from './document.js'
import type {Answer} from './request.js'
import {type Element, parseTwiml} from './twiml.js'

/** As long as Twilio lets a call last. */
const LONGEST_CALL_MS = 4 * 60 * 60 * 1000
/** A call whose TwiML goes in circles comes to an end. */
const MOST_DOCUMENTS = 50

/** What is to happen next, if not the next verb: another document, with what it is told, or the end. */
type Next = {readonly instructions: Instructions; readonly form?: Readonly<Record<string, string>>} | 'end'

/** Carries out what the TwiML of a call says, from one document to the next, until the call ends. */
export async function conductCall(desk: Desk, sid: string): Promise<void> {
  const conversation = await begin(desk, sid)
  if (!conversation) return
  let next: Next = {instructions: conversation.instructions}
  for (let count = 0; next !== 'end' && count < MOST_DOCUMENTS; count += 1) {
    const document = await obtain(conversation, next)
    next = document ? await perform(conversation, document) : 'end'
    next = (await conversation.interruption()) ?? next
  }
  await end(conversation)
}

interface Conversation {
  readonly desk: Desk
  readonly sid: string
  readonly instructions: Instructions
  readonly authToken: string
  /** What the other side presses or says, in turn. */
  readonly inputs: string[]
  /** What a request to the API has made of the call meanwhile. */
  readonly interruption: () => Promise<Next | undefined>
  readonly note: (event: Omit<CallEvent, 'at'>) => Promise<void>
}

async function begin(desk: Desk, sid: string): Promise<Conversation | undefined> {
  const call = await desk.change((state, now) => {
    const found = callOf(state, sid)
    // It lasts until its TwiML ends.
    if (found) found.end ??= {at: now + LONGEST_CALL_MS, status: 'completed'}
    const instructions = found && instructionsOf(state, found)
    return found && instructions && {...found, instructions}
  })
  if (!call) return undefined
  let redirects = call.redirects ?? 0
  return {
    desk,
    sid,
    instructions: call.instructions,
    authToken: await tokenOf(desk, call.accountSid),
    inputs: [...(call.inputs ?? [])],
    interruption: () =>
      desk.read((state, now): Next | undefined => {
        const current = callOf(state, sid)
        if (!current || isEnded(callStatus(current, now))) return 'end'
        if ((current.redirects ?? 0) === redirects || !current.instructions) return undefined
        redirects = current.redirects ?? 0
        return {instructions: current.instructions}
      }),
    note: (event) =>
      desk.change((state, now) => {
        const current = callOf(state, sid)
        if (current) (current.events ??= []).push({at: now, ...event})
      }),
  }
}

async function end({desk, sid}: Conversation): Promise<void> {
  await desk.change((state, now) => {
    const call = callOf(state, sid)
    if (!call || isEnded(callStatus(call, now))) return
    call.end = {at: Math.max(now, usualEnd(call)), status: 'completed'}
  })
}

function callOf({calls}: Readonly<State>, sid: string): Call | undefined {
  return calls.find((call) => call.sid === sid)
}

async function obtain(
  {desk, sid, authToken}: Conversation,
  {instructions, form = {}}: Exclude<Next, 'end'>,
): Promise<Partial<Document> | undefined> {
  if ('twiml' in instructions) {
    const parsed = parseTwiml(instructions.twiml)
    return 'verbs' in parsed ? parsed : undefined
  }
  const fields = await desk.read((state, now) => {
    const call = callOf(state, sid)
    return call && callFields(call, callStatus(call, now).status)
  })
  const {fallback, ...address} = instructions
  const delivery = {about: sid, authToken, form: {...fields, ...form}}
  return fetchDocument(delivery, {address, fallback, read: audio}, desk.logWebhook)
}

/** A sound is played. */
function audio({contentType, body}: Answer): readonly Element[] | undefined {
  if (contentType.startsWith('audio/')) return [{name: 'Play', attributes: {}, children: [], text: '', ownText: ''}]
  if (!contentType.startsWith('text/plain')) return undefined
  return [{name: 'Say', attributes: {}, children: [], text: body, ownText: body}]
}

type Performer = (conversation: Conversation, verb: Element, document: Partial<Document>) => Promise<Next | undefined>

async function perform(conversation: Conversation, document: Partial<Document>): Promise<Next> {
  for (const verb of document.verbs ?? []) {
    const interruption = await conversation.interruption()
    if (interruption) return interruption
    const next = await (VERBS[verb.name] ?? notCarriedOut)(conversation, verb, document)
    if (next) return next
  }
  return 'end'
}

const VERBS: Readonly<Record<string, Performer>> = {
  Say: noteOnly,
  Play: noteOnly,
  Pause: pause,
  Gather: gather,
  Record: record,
  Dial: dial,
  Redirect: async (conversation, verb, document) => {
    await noteVerb(conversation, verb)
    return elsewhere(verb.text, verb.attributes.method, document)
  },
  Hangup: async (conversation, verb) => {
    await noteVerb(conversation, verb)
    return 'end'
  },
  Reject: async (conversation, verb) => {
    await noteVerb(conversation, verb)
    const status = verb.attributes.reason === 'busy' ? 'busy' : 'no-answer'
    await conversation.desk.change((state, now) => {
      const call = callOf(state, conversation.sid)
      if (call) call.end = {at: now, status}
    })
    return 'end'
  },
}

async function noteVerb({note}: Conversation, {name, attributes, text}: Element, result?: string): Promise<void> {
  await note({verb: name, attributes, ...(text !== '' && {text}), ...(result !== undefined && {result})})
}

async function noteOnly(conversation: Conversation, verb: Element): Promise<undefined> {
  await noteVerb(conversation, verb)
}

async function notCarriedOut(conversation: Conversation, verb: Element): Promise<undefined> {
  await noteVerb(conversation, verb, 'the sandbox does not emulate this verb')
}

async function pause(conversation: Conversation, verb: Element): Promise<undefined> {
  await noteVerb(conversation, verb)
  const since = await conversation.desk.read((_state, now) => now)
  const length = Number(verb.attributes.length ?? 1)
  await untilOver(conversation, (_state, now) => now >= since + (Number.isFinite(length) ? length : 1) * 1000)
}

/** Or until the call itself is over, or goes on elsewhere. */
async function untilOver(
  {desk, sid}: Conversation,
  isOver: (state: Readonly<State>, now: number) => boolean,
): Promise<void> {
  const redirects = await desk.read((state) => callOf(state, sid)?.redirects ?? 0)
  await desk.waitUntil((state, now) => {
    const call = callOf(state, sid)
    const isGone = !call || isEnded(callStatus(call, now)) || (call.redirects ?? 0) !== redirects
    return isGone || isOver(state, now)
  })
}

async function gather(
  conversation: Conversation,
  verb: Element,
  document: Partial<Document>,
): Promise<Next | undefined> {
  for (const child of verb.children) await noteVerb(conversation, child)
  const input = conversation.inputs.shift() ?? ''
  await conversation.note({verb: 'Gather', attributes: verb.attributes, result: input})
  if (input === '' && verb.attributes.actionOnEmptyResult !== 'true') return undefined
  const form: Record<string, string> = /^[\d*#]*$/.test(input)
    ? {Digits: input.replace(/#$/, '')}
    : {SpeechResult: input, Confidence: '0.9'}
  return elsewhere(verb.attributes.action ?? '', verb.attributes.method, document, form)
}

const RECORDED_S = '1'

async function record(
  conversation: Conversation,
  verb: Element,
  document: Partial<Document>,
): Promise<Next | undefined> {
  const {desk, sid, authToken} = conversation
  const {action = '', method, recordingStatusCallback} = verb.attributes
  const recording = await desk.change((state) => {
    const recordingSid = `RE${nextHash(state)}`
    const accountSid = callOf(state, sid)?.accountSid ?? ''
    return {
      AccountSid: accountSid,
      RecordingSid: recordingSid,
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`,
      RecordingDuration: RECORDED_S,
    }
  })
  await noteVerb(conversation, verb, recording.RecordingSid)
  if (recordingStatusCallback) {
    const webhook = elsewhere(recordingStatusCallback, verb.attributes.recordingStatusCallbackMethod, document)
    const form = {
      ...recording,
      CallSid: sid,
      RecordingStatus: 'completed',
      RecordingChannels: '1',
      RecordingSource: 'RecordVerb',
    }
    if (webhook) await deliver({...webhook.instructions, form, about: sid, authToken}, desk.logWebhook)
  }
  const {AccountSid: _account, ...form} = recording
  return elsewhere(action, method, document, {...form, Digits: '#'})
}

/** Calls all of its numbers: the first that answers is connected, the others stop ringing. */
async function dial(conversation: Conversation, verb: Element, document: Partial<Document>): Promise<Next | undefined> {
  const {desk, sid} = conversation
  const numbers = verb.children.filter(({name}) => name === 'Number').map(({text}) => text)
  const called = (verb.ownText === '' ? numbers : [verb.ownText]).filter(isPhoneNumber)
  const connected = await desk.change((state, now) =>
    callOut(state, now, {parentSid: sid, called, callerId: verb.attributes.callerId}),
  )
  if (connected !== undefined) await untilOver(conversation, (state, now) => isOver(callOf(state, connected), now))
  const result = await desk.change((state, now) => {
    const child = callOf(state, connected ?? '')
    // Who hangs up hangs up on both sides.
    if (child && !isOver(child, now)) child.end = {at: now, status: answeredBy(child, now) ? 'completed' : 'no-answer'}
    return {
      DialCallStatus: child ? callStatus(child, now).status : 'failed',
      ...(child && {DialCallSid: child.sid, DialCallDuration: String(callDuration(child))}),
    }
  })
  await noteVerb(conversation, verb, result.DialCallStatus)
  return verb.attributes.action === undefined
    ? undefined
    : elsewhere(verb.attributes.action, verb.attributes.method, document, result)
}

const isOver = (call: Call | undefined, now: number): boolean => !call || isEnded(callStatus(call, now))
const answeredBy = (call: Call, now: number): boolean => (answeredAt(call) ?? Infinity) <= now

interface Dialed {
  readonly parentSid: string
  readonly called: readonly string[]
  readonly callerId: string | undefined
}

function callOut(state: State, now: number, {parentSid, called, callerId}: Dialed): string | undefined {
  const parent = callOf(state, parentSid)
  if (!parent) return undefined
  const {accountSid, from, phoneNumberSid} = parent
  const children = called.map((to) =>
    addCall(state, now, {
      accountSid,
      from: callerId ?? from,
      to,
      phoneNumberSid,
      direction: 'outbound-dial',
      parentCallSid: parentSid,
    }),
  )
  const connected = children.find((child) => answeredAt(child) !== undefined) ?? children[0]
  const at = connected && answeredAt(connected)
  for (const child of children) if (child !== connected && at !== undefined) child.end = {at, status: 'canceled'}
  return connected?.sid
}

/** Another address, relative to that of the document; none when neither is known, as TwiML that was given with the call has none. */
function elsewhere(
  url: string,
  method: string | undefined,
  {url: base, method: usual = 'POST'}: Partial<Document>,
  form?: Readonly<Record<string, string>>,
): {instructions: Webhook; form?: Readonly<Record<string, string>>} | undefined {
  if (!URL.canParse(url, base)) return undefined
  const instructions: Webhook = {
    url: new URL(url, base).href,
    method: method === undefined ? (url === '' ? usual : 'POST') : method.toUpperCase() === 'GET' ? 'GET' : 'POST',
  }
  return {instructions, ...(form && {form})}
}
