import {ApiError} from '../../http/errors.js'
import type {Settings} from '../../state/types/common.js'

type Kind = 'url' | 'callback' | 'method' | 'sid' | 'text' | 'flag'

/** What a caller may set on a resource: the parameter, the property that shows it, its kind and its default. */
export type Setting = readonly [parameter: string, property: string, kind: Kind, initial: string | boolean | null]

export function defaultSettings(settings: readonly Setting[]): Settings {
  return Object.fromEntries(settings.map(([, property, , initial]) => [property, initial]))
}

/** The settings that a request changes; an empty value puts the default back. */
export function readSettings(settings: readonly Setting[], form: URLSearchParams): Settings {
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

export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
