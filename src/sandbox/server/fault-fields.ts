import type {Fault, FaultAction} from '../http/faults.js'

type Fields = Readonly<Record<string, unknown>>

/** A fault as it is given in JSON; undefined when it is not one. */
export function readFault(fields: Fields): Fault | undefined {
  const {nth, method, path, when, times} = fields
  const action = readAction(fieldsOf(fields.do))
  if ((when !== 'before' && when !== 'after') || !action) return undefined
  return {
    when,
    do: action,
    ...(typeof nth === 'number' && {nth}),
    ...(typeof times === 'number' && {times}),
    ...(typeof method === 'string' && {method}),
    ...(typeof path === 'string' && {path}),
  }
}

function readAction({drop, status, delayMs, listsLateMs, headers, body}: Fields): FaultAction | undefined {
  if (drop === true) return {drop}
  if (typeof delayMs === 'number') return {delayMs}
  if (typeof listsLateMs === 'number') return {listsLateMs}
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) return undefined
  const texts = Object.entries(fieldsOf(headers)).map(([name, value]) => [name, String(value)] as const)
  return {status, headers: Object.fromEntries(texts), ...(typeof body === 'string' && {body})}
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
