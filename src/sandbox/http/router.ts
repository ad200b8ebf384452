import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import type {Context} from './context.js'
import {NotEmulated, notFound} from './errors.js'

/** Carries out one operation, synchronously, so that nothing comes between what it reads and what it writes. */
export type Handler = (context: Context) => HttpResponse

export interface Route {
  /** The first label of the host: `api`, `sync`, `numbers`. */
  readonly product: string
  readonly method: HttpRequest['method']
  /** As in Twilio's OpenAPI documents. */
  readonly path: string
  readonly handle: Handler
}

interface Match {
  readonly handle: Handler
  readonly params: Readonly<Record<string, string>>
}

export function createRouter(
  routes: readonly Route[],
): (request: {product: string; method: string; path: string}) => Match {
  const known = new Map<string, {pattern: RegExp; handle: Handler}[]>()
  for (const {product, method, path, handle} of routes) {
    const key = `${method} ${product}`
    known.set(key, [...(known.get(key) ?? []), {pattern: compile(path), handle}])
  }
  return ({product, method, path}) => {
    for (const {pattern, handle} of known.get(`${method} ${product}`) ?? []) {
      const found = pattern.exec(path)
      if (found) return {handle, params: decode(found.groups ?? {}, path)}
    }
    throw new NotEmulated(method, path)
  }
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
