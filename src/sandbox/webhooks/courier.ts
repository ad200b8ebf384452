import type {Sandbox} from '../sandbox.js'
import type {State} from '../state/state.js'
import type {Message} from '../state/types/messaging.js'
import {dueCalls} from './calls.js'
import {deliver} from './deliver.js'
import {type Desk, tokenOf} from './desk.js'
import {fetchDocument} from './document.js'
import {type Due, report, wasReported} from './due.js'
import {arrivalFields, dueMessages, messageWebhooks, sendReply} from './messages.js'
import type {Answer} from './request.js'
import {dueSims} from './sims.js'
import type {Element} from './twiml.js'
import {dueUsageTriggers} from './usage-triggers.js'
import {conductCall} from './voice.js'

/** Tells applications what happens in the sandbox, while it is served. */
export interface Courier {
  /** Begins to deliver what has become due. */
  readonly tick: () => Promise<void>
  /** When everything that was begun has come to its end, or waits for the sandbox's clock. */
  readonly settled: () => Promise<void>
}

interface Waiter {
  readonly isSo: (state: Readonly<State>, now: number) => boolean
  readonly go: () => void
}

/** What happened before, and was not told, is not told now: nobody waits for it. */
export async function createCourier(sandbox: Sandbox): Promise<Courier> {
  const past = new Set((await sandbox.read(allDue)).map(identityOf))
  const lines = new Map<string, Promise<void>>()
  let waiters: Waiter[] = []
  let waiting = 0
  const isNew = (due: Due): boolean => !wasReported(due) && !past.has(identityOf(due))

  const desk: Desk = {
    ...sandbox,
    waitUntil: async (isSo) => {
      if (await sandbox.read(isSo)) return
      waiting += 1
      await new Promise<void>((go) => waiters.push({isSo, go}))
      waiting -= 1
    },
  }

  /** Marked before they are sent: what is told twice does more harm than what is not told. */
  async function claim(): Promise<Due[]> {
    const some = await sandbox.read((state, now) => allDue(state, now).some(isNew))
    if (!some) return []
    return sandbox.change((state, now) => {
      const due = allDue(state, now).filter(isNew)
      due.forEach(report)
      return due.sort((a, b) => a.at - b.at)
    })
  }

  function begin(due: Due): void {
    // A call goes on while its application is told of it.
    const line = due.task.kind === 'call' ? identityOf(due) : due.subject.sid
    const turn = (lines.get(line) ?? Promise.resolve())
      .then(() => carryOut(desk, due))
      .catch(() => undefined)
      .finally(() => {
        if (lines.get(line) === turn) lines.delete(line)
      })
    lines.set(line, turn)
  }

  return {
    tick: async () => {
      for (const due of await claim()) begin(due)
      const ready = await sandbox.read((state, now) => waiters.filter(({isSo}) => isSo(state, now)))
      waiters = waiters.filter((waiter) => !ready.includes(waiter))
      for (const {go} of ready) go()
    },
    settled: async () => {
      while (lines.size > waiting)
        await Promise.race([...lines.values(), new Promise((resolve) => setImmediate(resolve))])
    },
  }
}

function allDue(state: Readonly<State>, now: number): Due[] {
  return [dueMessages, dueCalls, dueUsageTriggers, dueSims].flatMap((collect) => collect(state, now))
}

/** With the time: in a sandbox that was emptied, the same SIDs come again. */
function identityOf({subject, name, at}: Due): string {
  return `${subject.sid} ${name} ${at}`
}

async function carryOut(desk: Desk, {subject, task}: Due): Promise<void> {
  if (task.kind === 'call') return conductCall(desk, subject.sid)
  const {sid: about, accountSid} = subject
  const authToken = await tokenOf(desk, accountSid)
  if (task.kind === 'notice') await deliver({...task.webhook, form: task.form, about, authToken}, desk.logWebhook)
  else await deliverMessage(desk, subject as Message, authToken)
}

const MOST_DOCUMENTS = 10

async function deliverMessage(desk: Desk, message: Message, authToken: string): Promise<void> {
  let {address, fallback} = await desk.read((state) => messageWebhooks(state, message))
  const delivery = {about: message.sid, authToken, form: arrivalFields(message)}
  for (let count = 0; address && count < MOST_DOCUMENTS; count += 1) {
    const document = await fetchDocument(delivery, {address, fallback, read: plainReply}, desk.logWebhook)
    address = undefined
    for (const verb of document?.verbs ?? []) {
      const base = document?.url ?? ''
      if (verb.name === 'Redirect') {
        const method = verb.attributes.method === 'GET' ? 'GET' : 'POST'
        address = {url: new URL(verb.text, base).href, method}
        break
      }
      if (verb.name === 'Message' || verb.name === 'Sms')
        await desk.change((state, now) => void sendReply(state, now, {received: message, verb, base}))
    }
    fallback = undefined
  }
}

/** A text is a reply, and no answer is none. */
function plainReply({status, contentType, body}: Answer): readonly Element[] | undefined {
  if (status === 204 || body.trim() === '') return []
  if (!contentType.startsWith('text/plain')) return undefined
  return [{name: 'Message', attributes: {}, children: [], text: body, ownText: body}]
}
