import type {LogWebhook} from '../http/request-log.js'
import type {Webhook} from '../state/types/common.js'
import {deliver, type Delivery, type Failed, isFailed} from './deliver.js'
import type {Answer} from './request.js'
import {type Element, parseTwiml} from './twiml.js'

/** What an application wants to happen. */
export interface Document {
  readonly verbs: readonly Element[]
  readonly url: string
  readonly method: Webhook['method']
}

/** How an answer that is no XML is to be understood. */
type Reader = (answer: Answer) => readonly Element[] | undefined

/**
 * Gets TwiML from an address or, when that fails or answers what is no TwiML, from the fallback, which is told what was wrong.
 * Undefined when there is none to be had: the log says why.
 */
export async function fetchDocument(
  delivery: Omit<Delivery, 'url' | 'method'>,
  {address, fallback, read}: {address: Webhook; fallback: Webhook | undefined; read: Reader},
  log: LogWebhook,
): Promise<Document | undefined> {
  const first = await fetchFrom({...delivery, ...address}, read, log)
  if (!isRefusal(first)) return first
  if (!fallback) return undefined
  const form = {...delivery.form, ErrorCode: String(first.error.code), ErrorUrl: first.url}
  const second = await fetchFrom({...delivery, ...fallback, form}, read, log)
  return isRefusal(second) ? undefined : second
}

const isRefusal = (found: Document | Failed): found is Failed => 'error' in found

async function fetchFrom(delivery: Delivery, read: Reader, log: LogWebhook): Promise<Document | Failed> {
  const outcome = await deliver(delivery, log)
  if (isFailed(outcome)) return outcome
  const {answer, url, refuse} = outcome
  const parsed = verbsOf(answer, read)
  if ('verbs' in parsed) return {...parsed, url, method: delivery.method}
  refuse(parsed.error)
  return {error: parsed.error, url}
}

function verbsOf(answer: Answer, read: Reader): ReturnType<typeof parseTwiml> {
  const own = read(answer)
  if (own) return {verbs: own}
  if (!/\b(xml|html)\b/.test(answer.contentType))
    return {error: {code: 12300, message: `Invalid Content-Type: ${answer.contentType}`}}
  return parseTwiml(answer.body)
}
