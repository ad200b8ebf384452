import {setTimeout as sleep} from 'node:timers/promises'

import {NoAnswer, type HttpRequest, type HttpResponse} from '../../lib/transport/types.js'
import {errorResponse} from './respond.js'

/** Something that goes wrong on the way: what to do, and to which calls. */
export interface Fault {
  /** From which of the matching calls on, counted from 1. */
  readonly nth?: number
  readonly method?: string
  /** Part of `HOST/PATH`, or the source of a regular expression that finds something in it. */
  readonly path?: string
  /** `after`: the call took effect, but its answer is not what the caller gets. */
  readonly when: 'before' | 'after'
  /** How many calls it hits. */
  readonly times?: number
  readonly do: FaultAction
}

export type FaultAction =
  | {readonly drop: true}
  | {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string}
  | {readonly delayMs: number}
  | {readonly call: () => void | Promise<void>}

export interface Faults {
  readonly add: (fault: Fault) => void
  readonly clear: () => void
}

interface Pending {
  readonly fault: Fault
  seen: number
  fired: number
}

export interface FaultBox extends Faults {
  /** Counts the request against every fault, and gives the actions to apply to it. */
  match(request: HttpRequest, target: {host: string; path: string}): {before: FaultAction[]; after: FaultAction[]}
}

export function createFaults(): FaultBox {
  let pending: Pending[] = []
  return {
    add: (fault) => void pending.push({fault, seen: 0, fired: 0}),
    clear: () => void (pending = []),
    match({method}, {host, path}) {
      const due: Fault[] = []
      for (const each of pending) {
        const {fault} = each
        if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue
        if (fault.path !== undefined && !finds(fault.path, `${host}${path}`)) continue
        each.seen += 1
        if (each.seen < (fault.nth ?? 1) || each.fired >= (fault.times ?? 1)) continue
        each.fired += 1
        due.push(fault)
      }
      const actions = (when: Fault['when']): FaultAction[] => due.filter((f) => f.when === when).map((f) => f.do)
      return {before: actions('before'), after: actions('after')}
    },
  }
}

/** Lets the actions happen in their order. Gives the answer that one of them put in place of the real one, if any. */
export async function applyFaults(
  actions: readonly FaultAction[],
  isTwilio: boolean,
): Promise<HttpResponse | undefined> {
  for (const action of actions) {
    if ('delayMs' in action) await sleep(action.delayMs)
    else if ('call' in action) await action.call()
    else if ('drop' in action) throw new NoAnswer('The sandbox dropped the connection.', {sent: true})
    else return failure(action, isTwilio)
  }
  return undefined
}

function failure({status, headers, body}: Extract<FaultAction, {status: number}>, isTwilio: boolean): HttpResponse {
  const usual = isTwilio
    ? errorResponse({status, code: codeOf(status), message: TWILIO_MESSAGES[status] ?? 'An error of the sandbox'})
    : {headers: {'content-type': 'application/json'}, body: `The sandbox answers ${status}.`}
  return {status, headers: {...usual.headers, ...lowerCased(headers ?? {})}, body: body ?? usual.body}
}

const TWILIO_MESSAGES: Readonly<Record<number, string>> = {
  401: 'Authenticate',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service unavailable',
}

/** Twilio's codes for plain HTTP failures are the status behind 20. */
function codeOf(status: number): number {
  return status === 401 ? 20003 : 20_000 + status
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function finds(pattern: string, text: string): boolean {
  if (text.includes(pattern)) return true
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
  }
}
