/**
 * What is read of an answer, and in which form it must be there to be read. A question mark: it may be null, empty or missing.
 * `amount` is a number, or a text that is one; `date` a text that `Date` understands.
 */
export type Kind =
  'sid' | 'text' | 'string' | 'string?' | 'amount' | 'amount?' | 'date' | 'date?' | 'object' | 'object?'

/** The fields of an object that are read; an object in a field, or the items of a list in one, by their fields: both may be missing. */
export interface Shape {
  readonly [field: string]: Kind | Shape | readonly [Shape]
}

/** What is wrong with a value, in a few words; undefined where it can be read. */
export function problemOf(value: unknown, shape: Shape): string | undefined {
  if (!isObject(value)) return `not an object but ${nameOf(value)}`
  for (const [field, kind] of Object.entries(shape)) {
    const given = value[field]
    if (typeof kind === 'string') {
      if (!isOfKind(given, kind)) return `${field} is ${nameOf(given)}`
    } else if (given !== undefined && given !== null) {
      const problem = isListShape(kind) ? listProblemOf(given, kind[0]) : problemOf(given, kind)
      if (problem !== undefined) return `${field}: ${problem}`
    }
  }
  return undefined
}

/** The same of a list, whose items must all have the shape. */
export function listProblemOf(value: unknown, shape: Shape): string | undefined {
  if (!Array.isArray(value)) return `not a list but ${nameOf(value)}`
  for (const item of value) {
    const problem = problemOf(item, shape)
    if (problem !== undefined) return problem
  }
  return undefined
}

function isListShape(kind: Shape | readonly [Shape]): kind is readonly [Shape] {
  return Array.isArray(kind)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind.endsWith('?') && (value === null || value === undefined || value === '')) return true
  switch (kind) {
    case 'sid':
      return typeof value === 'string' && isSid(value)
    case 'text':
      return typeof value === 'string' && value !== ''
    case 'string':
    case 'string?':
      return typeof value === 'string'
    case 'amount':
    case 'amount?':
      return (
        (typeof value === 'number' || (typeof value === 'string' && value !== '')) && Number.isFinite(Number(value))
      )
    case 'date':
    case 'date?':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'object':
    case 'object?':
      return isObject(value)
  }
}

/** What an `amount?` says; undefined where it says nothing, which is not 0. */
export function amountOf(value: unknown): number | undefined {
  return value === null || value === undefined || value === '' ? undefined : Number(value)
}

/** https://www.twilio.com/docs/glossary/what-is-a-sid */
export function isSid(text: string): boolean {
  return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text)
}

/** Never what it is: it may be a secret. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return value === '' ? 'empty' : `a ${typeof value} that it cannot be`
}
