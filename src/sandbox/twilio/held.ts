import {notFound, type ApiError} from '../http/respond.js'
import {param, type Context} from '../http/router.js'

interface Named {
  readonly sid: string
  /** Not everything may be given one. */
  readonly uniqueName?: string | null
}

interface Held extends Named {
  readonly accountSid: string
  readonly createdAt: number
}

/** What an account holds by now, newest first. */
export function heldBy<T extends Held>(accountSid: string, now: number, all: readonly T[]): T[] {
  return all.filter((each) => each.accountSid === accountSid && each.createdAt <= now).reverse()
}

export function heldByCaller<T extends Held>({caller, now}: Context, all: readonly T[]): T[] {
  return heldBy(caller.account.sid, now, all)
}

/** By SID or by unique name. */
export function findNamed<T extends Named>(held: readonly T[], name: string): T | undefined {
  return held.find(({sid, uniqueName}) => sid === name || uniqueName === name)
}

/** What the path names, if the caller holds it. */
export function findInPath<T extends Held>(context: Context, all: readonly T[], parameter = 'Sid'): T {
  const found = findNamed(heldByCaller(context, all), param(context, parameter))
  if (!found) throw notFound(context.path)
  return found
}

/** Whether a filter that names one of `all` lets through what belongs to the one with this SID. */
export function wantedOf(context: Context, name: string, all: readonly Held[], sid: string | null): boolean {
  const asked = context.query.get(name)
  return asked === null || (sid !== null && findNamed(heldByCaller(context, all), asked)?.sid === sid)
}

export interface NameRules {
  /** What its SIDs begin with: a name that looks like a SID could not be told from one in a URL. */
  readonly prefix: string
  readonly invalid: () => ApiError
  readonly taken: () => ApiError
}

const MAX_NAME_LENGTH = 64

/** The unique name that a resource has after a request; an empty one takes it away. */
export function readUniqueName(
  form: URLSearchParams,
  others: readonly Named[],
  {prefix, invalid, taken}: NameRules,
  current: string | null = null,
): string | null {
  const name = (form.get('UniqueName') ?? current) || null
  if (name === null) return null
  if (name.length > MAX_NAME_LENGTH || new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i').test(name)) throw invalid()
  if (others.some(({uniqueName}) => uniqueName === name)) throw taken()
  return name
}
