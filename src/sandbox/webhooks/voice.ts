import {nextHash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {callStatus, isEnded, usualEnd} from '../world/calls.js'
import {callFields, instructionsOf} from './calls.js'
import {callOf, type Conversation, elsewhere, type Next, noteVerb, untilOver} from './conversation.js'
import {deliver} from './deliver.js'
import {type Desk, tokenOf} from './desk.js'
import {dial} from './dial.js'
import {type Document, fetchDocument} from './document.js'
import type {Answer} from './request.js'
import {type Element, parseTwiml} from './twiml.js'

/** As long as Twilio lets a call last. */
const LONGEST_CALL_MS = 4 * 60 * 60 * 1000
/** A call whose TwiML goes in circles comes to an end. */
const MOST_DOCUMENTS = 50

/** Carries out what the TwiML of a call says, from one document to the next, until the call ends. */
export async function conductCall(desk: Desk, sid: string): Promise<void> {
  const conversation = await begin(desk, sid)
  if (!conversation) return
  let next: Next = {instructions: conversation.instructions}
  for (let count = 0; next !== 'end' && count < MOST_DOCUMENTS; count += 1) {
    const document = await obtain(conversation, next)
    if (document?.verbs && document.verbs[0]?.name !== 'Reject') await conversation.answer()
    next = document ? await perform(conversation, document) : 'end'
    next = (await conversation.interruption()) ?? next
  }
  await end(conversation)
}

async function begin(desk: Desk, sid: string): Promise<Conversation | undefined> {
  const call = await desk.change((state, now) => {
    const found = callOf(state, sid)
    // It lasts until its TwiML ends.
    if (found) found.end ??= {at: now + LONGEST_CALL_MS, status: 'completed'}
    if (found?.direction === 'inbound') found.pickedUpAt ??= now + LONGEST_CALL_MS
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
    answer: () =>
      desk.change((state, now) => {
        const current = callOf(state, sid)
        if (current?.direction === 'inbound') current.pickedUpAt = Math.min(current.pickedUpAt ?? now, now)
      }),
    note: (event) =>
      desk.change((state, now) => {
        const current = callOf(state, sid)
        if (current) (current.events ??= []).push({at: now, ...event})
      }),
  }
}

async function end({desk, sid, answer}: Conversation): Promise<void> {
  const isOver = (state: Readonly<State>, now: number) => {
    const call = callOf(state, sid)
    return !call || isEnded(callStatus(call, now))
  }
  if (!(await desk.read(isOver))) await answer()
  await desk.change((state, now) => {
    const call = callOf(state, sid)
    if (!call || isOver(state, now)) return
    call.end = {at: Math.max(now, usualEnd(call)), status: 'completed'}
  })
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
