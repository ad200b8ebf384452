import type {HttpRequest} from '../../lib/transport/types.js'
import type {State} from '../state/state.js'
import type {Caller} from './auth.js'

/** One request to Twilio, as an operation sees it. */
export interface Context {
  readonly state: State
  /** The sandbox's time, in milliseconds. */
  readonly now: number
  readonly method: HttpRequest['method']
  readonly host: string
  /** As it was sent: still percent-encoded. */
  readonly path: string
  /** The `{…}` of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly caller: Caller
}

export function pathParameter({params}: Pick<Context, 'params'>, name: string): string {
  const value = params[name]
  if (value === undefined) throw new Error(`The route has no {${name}}.`)
  return value
}

/** Whether a value passes a filter of a list, which is a parameter of the query: without it, everything does. */
export function matchesFilter({query}: Pick<Context, 'query'>, name: string, value: string | null): boolean {
  return !query.has(name) || query.get(name) === value
}
