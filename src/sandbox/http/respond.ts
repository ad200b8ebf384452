import type {HttpResponse} from '../../lib/transport/types.js'
import type {Context} from './router.js'

/** What Twilio says no with. Handlers throw it before they change anything. */
export class ApiError extends Error {
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

export function notFound(path: string): ApiError {
  return new ApiError(404, 20404, `The requested resource ${path} was not found`)
}

export function invalidParameter(why: string): ApiError {
  return new ApiError(400, 20422, `Invalid Parameter: ${why}`)
}

/** What the v2010 API says of parameters that it can do nothing with. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 20001, message)
}

export function missingParameter(name: string): ApiError {
  return badRequest(`Missing required parameter ${name} in the post body`)
}

/** In conflict with what there is. */
export function conflict(message: string): ApiError {
  return new ApiError(409, 20409, message)
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return {status, headers: {'content-type': 'application/json', ...headers}, body: JSON.stringify(body)}
}

export function noContent(): HttpResponse {
  return {status: 204, headers: {}, body: ''}
}

export function errorResponse({status, code, message}: {status: number; code: number; message: string}): HttpResponse {
  const body = {code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status}
  return json(status, body, status === 401 ? {'www-authenticate': 'Basic realm="Twilio API"'} : {})
}

interface Slice<T> {
  readonly items: readonly T[]
  readonly page: number
  readonly pageSize: number
  readonly start: number
  readonly next: string | undefined
  readonly previous: string | undefined
  readonly first: string
}

/** One page of `all`, and the queries of its neighbours. A page token names the last item of the page before. */
function slice<T>(query: URLSearchParams, all: readonly T[], idOf: (item: T) => string, maxPageSize: number): Slice<T> {
  const pageSize = Math.min(wholeNumber(query.get('PageSize')) || 50, maxPageSize)
  const page = wholeNumber(query.get('Page'))
  const token = query.get('PageToken')
  if (token !== null && !/^P[AB]/.test(token)) throw new ApiError(400, 21481, 'Invalid PageToken')
  const last = token ? Buffer.from(token.slice(2), 'base64url').toString() : undefined
  const position = last === undefined ? -1 : all.findIndex((item) => idOf(item) === last)
  // Paging back counts pages; so does a token whose item was deleted meanwhile.
  const start = position >= 0 ? position + 1 : page * pageSize
  const items = all.slice(start, start + pageSize)

  const neighbour = (to: number, lastItem?: T): string => {
    const next = new URLSearchParams(query)
    next.delete('PageToken')
    next.set('PageSize', String(pageSize))
    next.set('Page', String(to))
    if (lastItem !== undefined) next.set('PageToken', `PA${Buffer.from(idOf(lastItem)).toString('base64url')}`)
    return next.toString()
  }
  const more = start + items.length < all.length
  return {
    items,
    page,
    pageSize,
    start,
    next: more ? neighbour(page + 1, items.at(-1)) : undefined,
    previous: page > 0 ? neighbour(page - 1) : undefined,
    first: neighbour(0),
  }
}

/** A list as the v2010 API gives it, with relative URIs. */
export function pageOf2010<T extends {sid: string}>(
  {query, path}: Context,
  key: string,
  all: readonly T[],
  render: (item: T) => unknown,
): HttpResponse {
  const {items, page, pageSize, start, next, previous, first} = slice(query, all, ({sid}) => sid, 1000)
  return json(200, {
    [key]: items.map((item) => render(item)),
    first_page_uri: `${path}?${first}`,
    next_page_uri: next === undefined ? null : `${path}?${next}`,
    previous_page_uri: previous === undefined ? null : `${path}?${previous}`,
    uri: query.size > 0 ? `${path}?${query.toString()}` : `${path}?${first}`,
    page,
    page_size: pageSize,
    start,
    end: Math.max(start + items.length - 1, 0),
  })
}

/** A list as the newer APIs give it, with absolute URLs. */
export function pageWithMeta<T>(
  {query, path, host}: Context,
  {
    key,
    all,
    idOf,
    render,
    maxPageSize = 1000,
  }: {
    key: string
    all: readonly T[]
    idOf: (item: T) => string
    render: (item: T) => unknown
    maxPageSize?: number
  },
): HttpResponse {
  const {items, page, pageSize, next, previous, first} = slice(query, all, idOf, maxPageSize)
  const url = `https://${host}${path}?`
  return json(200, {
    [key]: items.map((item) => render(item)),
    meta: {
      first_page_url: url + first,
      next_page_url: next === undefined ? null : url + next,
      previous_page_url: previous === undefined ? null : url + previous,
      url: url + (query.size > 0 ? query.toString() : first),
      key,
      page,
      page_size: pageSize,
    },
  })
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0
}
