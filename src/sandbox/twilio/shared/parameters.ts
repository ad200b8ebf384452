import {ApiError, invalidParameter} from '../../http/errors.js'

/*
 * Parameters that several operations read in the same way.
 */

/** `form` may be a query, too. */
export function readFlag(form: URLSearchParams, name: string, initial: boolean): boolean {
  const value = form.get(name)?.toLowerCase()
  return initial ? value !== 'false' : value === 'true'
}

export function readOneOf<T extends string>(
  form: URLSearchParams,
  name: string,
  {allowed, initial, invalid}: {allowed: readonly T[]; initial: T; invalid: (value: string) => ApiError},
): T {
  const value = form.get(name) || initial
  const known = allowed.find((each) => each === value)
  if (known === undefined) throw invalid(value)
  return known
}

export function readFriendlyName(form: URLSearchParams): string | undefined {
  const friendlyName = form.get('FriendlyName')
  if (friendlyName !== null && friendlyName.length > 64)
    throw new ApiError(400, 20002, 'Invalid FriendlyName: it may have at most 64 characters')
  return friendlyName ?? undefined
}

export interface NameRules {
  /** Of the resource's SIDs: a name that looks like one of them could not be told from it in a URL. */
  readonly sidPrefix: string
  readonly maxLength?: number
  readonly invalid: () => ApiError
  readonly taken: () => ApiError
}

/** The unique name that a resource has after a request; an empty one removes it. */
export function readUniqueName(
  form: URLSearchParams,
  others: readonly {readonly uniqueName: string | null}[],
  {sidPrefix, maxLength = 64, invalid, taken}: NameRules,
  current: string | null = null,
): string | null {
  const name = (form.get('UniqueName') ?? current) || null
  if (name === null) return null
  if (name.length > maxLength || new RegExp(`^${sidPrefix}[0-9a-f]{32}$`, 'i').test(name)) throw invalid()
  if (others.some(({uniqueName}) => uniqueName === name)) throw taken()
  return name
}

interface NumberLimits {
  readonly min: number
  readonly max: number
  readonly initial: number
  readonly invalid?: (why: string) => ApiError
}

export function readWholeNumber(
  form: URLSearchParams,
  parameter: string,
  {min, max, initial, invalid = invalidParameter}: NumberLimits,
): number {
  const text = form.get(parameter)
  const value = text === null || text === '' ? initial : Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw invalid(`${parameter} must be between ${min} and ${max}`)
  return value
}

/** In milliseconds; undefined where the query does not name it. */
export function readMoment(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(moment)) throw invalidParameter(`${name} must be a time such as 2026-01-31T12:00:00Z`)
  return moment
}

/** How many bytes a Base64 text encodes; undefined when it is not Base64. */
export function base64Length(text: string): number | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes.length : undefined
}
