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
  const compiled = routes.map((route) => ({...route, pattern: compile(route.path)}))
  return ({product, method, path}) => {
    const candidates = compiled.flatMap((route) => {
      const found = route.product === product ? route.pattern.exec(path) : null
      return found ? [{route, groups: found.groups ?? {}}] : []
    })
    const match = candidates.find(({route}) => route.method === method)
    if (!match) throw new NotEmulated(method, path)
    return {handle: match.route.handle, params: decode(match.groups, path)}
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
