import {validateHeaderName, validateHeaderValue} from 'node:http'

import type {Fault, FaultAction} from '../http/faults.js'
import {type Fields, unknownField} from './fields.js'

/** What a fault does, and what each takes besides. */
const ACTIONS = new Map([
  ['drop', []],
  ['reset', []],
  ['delayMs', []],
  ['listsLateMs', []],
  ['status', ['headers', 'body']],
])

const LONGEST_DELAY_MS = 600_000
const MOST_CALLS = 1_000_000

/** A fault as it is given in JSON, or what is wrong with it: whatever could not be answered later is refused now. */
export function readFault(fields: Fields): Fault | string {
  const {nth, method, path, when, times} = fields
  if (when !== 'before' && when !== 'after') return '"when" is before or after'
  if (!isCount(nth)) return `"nth" is a number from 1 to ${MOST_CALLS}`
  if (!isCount(times)) return `"times" is a number from 1 to ${MOST_CALLS}`
  if (method !== undefined && (typeof method !== 'string' || !/^(GET|POST|PATCH|DELETE)$/i.test(method)))
    return '"method" is GET, POST, PATCH or DELETE'
  // No regular expressions: some take years.
  if (path !== undefined && (typeof path !== 'string' || path.length > 500 || /[\\^$()[\]{}|+?\s]/.test(path)))
    return '"path" is part of HOST/PATH; * in it matches anything'
  const given = fieldsOf(fields.do)
  const [kind = '', besides] = [...ACTIONS].find(([name]) => given[name] !== undefined) ?? []
  const action = (besides && unknownField(given, [kind, ...besides])) ?? readAction(given)
  if (typeof action === 'string') return action
  return {
    when,
    do: action,
    ...(nth !== undefined && {nth}),
    ...(times !== undefined && {times}),
    ...(method !== undefined && {method}),
    ...(path !== undefined && {path: path.split('*')}),
  }
}

function isCount(value: unknown): value is number | undefined {
  return value === undefined || isWhole(value, 1, MOST_CALLS)
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function readAction({drop, reset, status, delayMs, listsLateMs, headers = {}, body}: Fields): FaultAction | string {
  if (drop === true) return {drop}
  if (reset === true) return {reset}
  if (delayMs !== undefined)
    return isWhole(delayMs, 0, LONGEST_DELAY_MS) ? {delayMs} : `"delayMs" is a number from 0 to ${LONGEST_DELAY_MS}`
  if (listsLateMs !== undefined)
    return isWhole(listsLateMs, 0, LONGEST_DELAY_MS)
      ? {listsLateMs}
      : `"listsLateMs" is a number from 0 to ${LONGEST_DELAY_MS}`
  if (!isWhole(status, 200, 599)) return '"do" is drop, reset, status (200 to 599), delayMs or listsLateMs'
  if (body !== undefined && typeof body !== 'string') return '"body" is a string'
  const given = Object.entries(fieldsOf(headers))
  if (!given.every(isHeader)) return '"headers" are names of headers with their values, but for those of the connection'
  return {
    status,
    headers: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    ...(body !== undefined && {body}),
  }
}

/** What Node would refuse to send, or what says how an answer is sent. */
function isHeader([name, value]: readonly [string, unknown]): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false
  if (/^(connection|content-length|keep-alive|te|trailer|transfer-encoding|upgrade)$/i.test(name)) return false
  try {
    validateHeaderName(name)
    validateHeaderValue(name, String(value))
    return true
  } catch {
    return false
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
