import {type HttpRequest, type HttpResponse, NoAnswer} from '../../lib/transport/types.js'
import type {Refusal} from './respond.js'

/** Something that is to go wrong: what, and in which calls. */
export interface Fault {
  /** The first of the matching calls that it applies to, counted from 1, which is what it is without this. */
  readonly nth?: number
  readonly method?: string
  /** Part of `HOST/PATH`, or a regular expression that matches it; several parts stand in it in this order. */
  readonly path?: string | readonly string[]
  /** `after`: the call takes effect, but the caller does not get its answer. */
  readonly when: 'before' | 'after'
  /** How many calls it applies to: 1 without this. */
  readonly times?: number
  readonly do: FaultAction
}

export type FaultAction =
  | {readonly drop: true}
  /** The connection ends in the middle of the answer. */
  | {readonly reset: true}
  | {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string}
  | {readonly delayMs: number}
  /** Twilio's list lacks what was made in the last so many milliseconds. */
  | {readonly listsLateMs: number}
  | {readonly call: () => void | Promise<void>}

/** There was an answer, but not the whole of it. */
export class AnswerCutShort extends NoAnswer {}

export interface Faults {
  readonly add: (fault: Fault) => void
  readonly clear: () => void
}

interface Counted {
  readonly fault: Fault
  matched: number
  applied: number
}

interface MatchingFaults extends Faults {
  /** Counts the request for every fault that it matches, and gives the actions that apply to it. */
  match(request: HttpRequest, target: {host: string; path: string}): {before: FaultAction[]; after: FaultAction[]}
}

const MOST_FAULTS = 1000

export function createFaults(): MatchingFaults {
  let faults: Counted[] = []
  return {
    add: (fault) => {
      // Those that are used up make room, then the oldest.
      if (faults.length >= MOST_FAULTS) faults = faults.filter((each) => each.applied < (each.fault.times ?? 1))
      if (faults.length >= MOST_FAULTS) faults.shift()
      faults.push({fault, matched: 0, applied: 0})
    },
    clear: () => void (faults = []),
    match({method}, {host, path}) {
      const due: Fault[] = []
      for (const each of faults) {
        const {fault} = each
        if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue
        if (fault.path !== undefined && !matchesPath(fault.path, `${host}${path}`)) continue
        each.matched += 1
        if (each.matched < (fault.nth ?? 1) || each.applied >= (fault.times ?? 1)) continue
        each.applied += 1
        due.push(fault)
      }
      const actions = (when: Fault['when']): FaultAction[] =>
        due.filter((fault) => fault.when === when).map((fault) => fault.do)
      return {before: actions('before'), after: actions('after')}
    },
  }
}

/** How a service answers where something of this status goes wrong with it. */
export type UsualFailure = (refusal: Refusal) => HttpResponse

/** Carries out the actions in order. Gives the answer that one of them has in place of the real one, if any. */
export async function applyFaults(
  actions: readonly FaultAction[],
  {usual, sleep}: {readonly usual: UsualFailure; readonly sleep: (milliseconds: number) => Promise<unknown>},
): Promise<HttpResponse | undefined> {
  for (const action of actions) {
    if ('delayMs' in action) await sleep(action.delayMs)
    else if ('call' in action) await action.call()
    else if ('listsLateMs' in action) continue
    else if ('reset' in action) throw new AnswerCutShort('The sandbox reset the connection.', {sent: true})
    else if ('drop' in action) throw new NoAnswer('The sandbox dropped the connection.', {sent: true})
    else return failure(action, usual)
  }
  return undefined
}

/** The answer as it is where lists are late: without what was made lately. */
export function withoutLatest(response: HttpResponse, actions: readonly FaultAction[], now: number): HttpResponse {
  const lateMs = Math.max(0, ...actions.map((action) => ('listsLateMs' in action ? action.listsLateMs : 0)))
  if (lateMs === 0 || response.status !== 200) return response
  const isOld = (item: unknown): boolean => {
    const {date_created: created} = Object(item) as {date_created?: unknown}
    return typeof created !== 'string' || Date.parse(created) <= now - lateMs
  }
  const answer = Object.entries(JSON.parse(response.body) as object)
  const listed = answer.map(([name, value]) => [name, Array.isArray(value) ? value.filter(isOld) : (value as unknown)])
  return {...response, body: JSON.stringify(Object.fromEntries(listed))}
}

function failure({status, headers, body}: Extract<FaultAction, {status: number}>, usual: UsualFailure): HttpResponse {
  const refusal = {status, code: codeOf(status), message: MESSAGES[status] ?? 'An error of the sandbox'}
  const answer = usual(refusal)
  return {status, headers: {...answer.headers, ...lowerCased(headers ?? {})}, body: body ?? answer.body}
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Authenticate',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service unavailable',
}

/** Twilio's code for a plain HTTP failure is 20 and the status, but for 401. */
function codeOf(status: number): number {
  return status === 401 ? 20003 : 20_000 + status
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function matchesPath(pattern: string | readonly string[], text: string): boolean {
  if (typeof pattern !== 'string') return hasParts(text, pattern)
  if (text.includes(pattern)) return true
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
  }
}

function hasParts(text: string, parts: readonly string[]): boolean {
  let from = 0
  return parts.every((part) => {
    const at = text.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}
