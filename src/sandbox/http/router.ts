import type {HttpResponse} from '../../lib/transport/types.js'
import type {Caller} from './auth.js'
import {ApiError, notFound} from './respond.js'
import type {Method, State} from '../state/state.js'

/** One request to Twilio, as its handler sees it. */
export interface Context {
  readonly state: State
  /** The sandbox's clock, in milliseconds. */
  readonly now: number
  readonly method: Method
  readonly host: string
  /** As it was sent: still percent-encoded. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly caller: Caller
}

/** Answers one operation, synchronously, so that nothing comes between what it reads and what it writes. */
export type Handler = (context: Context) => HttpResponse

export interface Route {
  /** The first label of the host: `api`, `sync`, `numbers`. */
  readonly product: string
  readonly method: Method
  /** As in Twilio's OpenAPI documents. */
  readonly path: string
  readonly handle: Handler
}

export interface Match {
  readonly handle: Handler
  readonly params: Readonly<Record<string, string>>
}

export function createRouter(
  routes: readonly Route[],
): (request: {product: string; method: string; path: string}) => Match {
  const compiled = routes.map((route) => ({...route, pattern: compile(route.path)}))
  return ({product, method, path}) => {
    const there = compiled.flatMap((route) => {
      const found = route.product === product ? route.pattern.exec(path) : null
      return found ? [{route, groups: found.groups ?? {}}] : []
    })
    if (there.length === 0) throw notFound(path)
    const match = there.find(({route}) => route.method === method)
    if (!match) throw new ApiError(405, 20004, 'Method not allowed')
    return {handle: match.route.handle, params: decode(match.groups, path)}
  }
}

export function param({params}: Pick<Context, 'params'>, name: string): string {
  const value = params[name]
  if (value === undefined) throw new Error(`The route has no {${name}}.`)
  return value
}

/** Whether a filter of a list lets something through: everything when it was not asked for. */
export function wanted({query}: Pick<Context, 'query'>, name: string, ...values: (string | null)[]): boolean {
  return !query.has(name) || values.includes(query.get(name))
}

function compile(template: string): RegExp {
  const source = template.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+?)')
  return new RegExp(`^${source}$`)
}

function decode(groups: Record<string, string>, path: string): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    throw notFound(path)
  }
}
