import {randomUUID} from 'node:crypto'

import {isLoopback} from '../../lib/transport/addresses.js'
import type {LogWebhook, WebhookError} from '../http/request-log.js'
import type {Webhook} from '../state/types/common.js'
import {type FailureKind, type Overrides, overridesOf} from './overrides.js'
import {type Answer, request, Unanswered} from './request.js'
import {signatureOf} from './signature.js'

export interface Delivery extends Webhook {
  /** The SID of what it is about. */
  readonly about: string
  readonly authToken: string
  readonly form: Readonly<Record<string, string>>
}

interface Answered {
  readonly answer: Answer
  /** Where the answer came from in the end: addresses in it are relative to this. */
  readonly url: string
  /** Writes into the log that the answer is of no use. */
  readonly refuse: (error: WebhookError) => void
}

export interface Failed {
  readonly error: WebhookError
  readonly url: string
  /** What a second try might mend. */
  readonly kind?: FailureKind
}

export type Outcome = Answered | Failed

export const isFailed = (outcome: Outcome): outcome is Failed => 'error' in outcome

const MOST_REDIRECTS = 10

/** Requests an address as Twilio does, if it is on this machine; the others are only logged. */
export async function deliver(delivery: Delivery, log: LogWebhook): Promise<Outcome> {
  const overrides = overridesOf(delivery.url)
  const {url} = overrides
  if (!isOnThisMachine(url)) {
    const message = 'Not sent: the sandbox sends nothing outside this machine'
    log({...delivery, url})({notSent: message})
    return {error: {code: 11205, message}, url}
  }
  const deadline = Date.now() + overrides.totalMs
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await tryOnce({...delivery, url}, {overrides, log})
    const kind = isFailed(outcome) ? outcome.kind : undefined
    const again = kind !== undefined && overrides.retried.includes(kind) && attempt < overrides.retries
    if (!again || Date.now() >= deadline) return outcome
  }
}

interface Try {
  readonly overrides: Overrides
  readonly log: LogWebhook
}

async function tryOnce(delivery: Delivery, {overrides, log}: Try, redirects = 0): Promise<Outcome> {
  const {method, url, form} = delivery
  const target = new URL(url)
  const login = target.username === '' ? undefined : `${target.username}:${target.password}`
  target.username = target.password = ''
  if (method === 'GET') for (const [name, value] of Object.entries(form)) target.searchParams.append(name, value)
  const signed = target.href
  const done = log({...delivery, url: signed})
  try {
    const answer = await request(
      {
        method,
        url: target,
        body: method === 'POST' ? new URLSearchParams(form).toString() : undefined,
        headers: {
          accept: '*/*',
          'user-agent': 'TwilioProxy/1.1',
          'x-twilio-signature': signatureOf(delivery.authToken, signed, method === 'POST' ? form : {}),
          'i-twilio-idempotency-token': randomUUID(),
          ...(method === 'POST' && {'content-type': 'application/x-www-form-urlencoded; charset=UTF-8'}),
          ...(login !== undefined && {
            authorization: `Basic ${Buffer.from(decodeURIComponent(login)).toString('base64')}`,
          }),
        },
      },
      overrides,
    )
    const {status, location} = answer
    const error = status >= 400 ? {code: 11200, message: `HTTP retrieval failure: ${status}`} : undefined
    done({status, ...(error && {error})})
    if (error) return {error, url, kind: status < 500 ? '4xx' : '5xx'}
    if (status < 300 || location === undefined) return {answer, url, refuse: (why) => done({status, error: why})}
    return await follow(delivery, {overrides, log}, {status, location, redirects})
  } catch (failure) {
    if (!(failure instanceof Unanswered)) throw failure
    const error = {code: 11205, message: `HTTP connection failure: ${failure.message}`}
    done({error})
    return {error, url, kind: failure.kind}
  }
}

interface Redirect {
  readonly status: number
  readonly location: string
  readonly redirects: number
}

async function follow(delivery: Delivery, tries: Try, {status, location, redirects}: Redirect): Promise<Outcome> {
  const url = new URL(location, delivery.url).href
  const tooMany = {code: 11215, message: 'HTTP too many redirects'}
  if (redirects >= MOST_REDIRECTS || !isOnThisMachine(url)) return {error: tooMany, url: delivery.url}
  const method = status === 307 || status === 308 ? delivery.method : 'GET'
  return tryOnce({...delivery, url, method}, tries, redirects + 1)
}

function isOnThisMachine(url: string): boolean {
  if (!URL.canParse(url)) return false
  const {protocol, hostname} = new URL(url)
  return /^https?:$/.test(protocol) && isLoopback(hostname)
}
