import type {HttpResponse} from '../../lib/transport/types.js'
import type {Context} from './context.js'
import {ApiError} from './errors.js'
import {json} from './respond.js'

interface Page<T> {
  readonly items: readonly T[]
  readonly page: number
  readonly pageSize: number
  readonly start: number
  readonly next: string | undefined
  readonly previous: string | undefined
  readonly first: string
}

/** One page of `all`, and the queries of the pages around it. A page token names the last item of the page before. */
function pageOf<T>(query: URLSearchParams, all: readonly T[], idOf: (item: T) => string, maxPageSize: number): Page<T> {
  const pageSize = Math.min(wholeNumber(query.get('PageSize')) || 50, maxPageSize)
  const page = wholeNumber(query.get('Page'))
  const token = query.get('PageToken')
  if (token !== null && !/^P[AB]/.test(token)) throw new ApiError(400, 21481, 'Invalid PageToken')
  const last = token ? Buffer.from(token.slice(2), 'base64url').toString() : undefined
  const position = last === undefined ? -1 : all.findIndex((item) => idOf(item) === last)
  // Pages are counted on the way back, and when the item that the token names was deleted meanwhile.
  const start = position >= 0 ? position + 1 : page * pageSize
  const items = all.slice(start, start + pageSize)

  const queryOf = (number: number, lastItem?: T): string => {
    const other = new URLSearchParams(query)
    other.delete('PageToken')
    other.set('PageSize', String(pageSize))
    other.set('Page', String(number))
    if (lastItem !== undefined) other.set('PageToken', `PA${Buffer.from(idOf(lastItem)).toString('base64url')}`)
    return other.toString()
  }
  const more = start + items.length < all.length
  return {
    items,
    page,
    pageSize,
    start,
    next: more ? queryOf(page + 1, items.at(-1)) : undefined,
    previous: page > 0 ? queryOf(page - 1) : undefined,
    first: queryOf(0),
  }
}

/** A page of a list as the v2010 API shows it, with relative URIs. */
export function pageV2010<T extends {sid: string}>(
  {query, path}: Context,
  key: string,
  all: readonly T[],
  render: (item: T) => unknown,
): HttpResponse {
  const {items, page, pageSize, start, next, previous, first} = pageOf(query, all, ({sid}) => sid, 1000)
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

/** A page of a list as the newer APIs show it, with absolute URLs. */
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
  const {items, page, pageSize, next, previous, first} = pageOf(query, all, idOf, maxPageSize)
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
