import {ApiError, invalidParameter} from '../http/respond.js'
import type {Settings} from '../state/state.js'

type Kind = 'url' | 'callback' | 'method' | 'sid' | 'text' | 'flag'

/** What a caller may set: the parameter, the property it is read back as, its kind, its default. */
export type Setting = readonly [parameter: string, property: string, kind: Kind, initial: string | boolean | null]

export function defaultsOf(settings: readonly Setting[]): Settings {
  return Object.fromEntries(settings.map(([, property, , initial]) => [property, initial]))
}

/** The settings a request changes; an empty value clears one. Refuses what Twilio refuses. */
export function readChanges(settings: readonly Setting[], form: URLSearchParams): Settings {
  const changes: Settings = {}
  for (const [parameter, property, kind, initial] of settings) {
    const value = form.get(parameter)
    if (value === null) continue
    changes[property] = value === '' ? initial : parse(parameter, kind, value)
  }
  return changes
}

function parse(parameter: string, kind: Kind, value: string): string | boolean {
  if (kind === 'flag') return value.toLowerCase() === 'true'
  if (kind === 'url' && !isWebUrl(value)) throw new ApiError(400, 21402, `${parameter} is not valid`)
  if (kind === 'callback' && !isWebUrl(value)) throw new ApiError(400, 21502, `Invalid callback url: ${value}`)
  if (kind === 'method') {
    const method = value.toUpperCase()
    if (method !== 'GET' && method !== 'POST') throw new ApiError(400, 21403, `${parameter} must be GET or POST`)
    return method
  }
  return value
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

export function readFriendlyName(form: URLSearchParams): string | undefined {
  const friendlyName = form.get('FriendlyName')
  if (friendlyName !== null && friendlyName.length > 64)
    throw new ApiError(400, 20002, 'Invalid FriendlyName: it may have at most 64 characters')
  return friendlyName ?? undefined
}

export interface Limits {
  readonly least: number
  readonly most: number
  readonly usual: number
  readonly refused?: (why: string) => ApiError
}

/** A number of megabytes. */
export function readLimit(
  form: URLSearchParams,
  parameter: string,
  {least, most, usual, refused = invalidParameter}: Limits,
): number {
  const text = form.get(parameter)
  const value = text === null || text === '' ? usual : Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw refused(`${parameter} must be between ${least} and ${most}`)
  return value
}
