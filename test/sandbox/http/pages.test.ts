import {describe, expect, it} from '@jest/globals'

import {pageV2010, pageWithMeta} from '../../../src/sandbox/http/pages.js'
import {contextOf, exampleState} from '../state-support.js'

const example = exampleState()
const items = (...sids: readonly string[]) => sids.map((sid) => ({sid}))
const FIVE = items('a', 'b', 'c', 'd', 'e')

interface V2010Page {
  readonly things: readonly string[]
  readonly next_page_uri: string | null
  readonly previous_page_uri: string | null
  readonly first_page_uri: string
  readonly uri: string
  readonly page: number
  readonly page_size: number
  readonly start: number
  readonly end: number
}

function page(query: string, all: readonly {sid: string}[] = FIVE): V2010Page {
  const {body} = pageV2010(contextOf(example, {query}), 'things', all, ({sid}) => sid)
  return JSON.parse(body) as V2010Page
}

const queryOf = (uri: string | null): string => uri?.split('?')[1] ?? ''

describe('a page of the v2010 API', () => {
  it('has a size, and leads to the next and the previous one', () => {
    const first = page('PageSize=2')
    expect(first).toMatchObject({things: ['a', 'b'], page: 0, page_size: 2, start: 0, end: 1, previous_page_uri: null})
    const second = page(queryOf(first.next_page_uri))
    expect(second).toMatchObject({things: ['c', 'd'], page: 1, start: 2, end: 3})
    const third = page(queryOf(second.next_page_uri))
    expect(third).toMatchObject({things: ['e'], page: 2, end: 4, next_page_uri: null})
    expect(page(queryOf(third.previous_page_uri)).things).toEqual(['c', 'd'])
    expect(page(queryOf(third.first_page_uri)).things).toEqual(['a', 'b'])
  })

  it('neither repeats nor skips an item when others are added or deleted in between', () => {
    const next = queryOf(page('PageSize=2').next_page_uri)
    expect(page(next, items('new', 'a', 'b', 'c', 'd', 'e')).things).toEqual(['c', 'd'])
    expect(page(next, items('b', 'c', 'd', 'e')).things).toEqual(['c', 'd'])
  })

  it('is counted when the item before it was deleted', () => {
    expect(page(queryOf(page('PageSize=2').next_page_uri), items('a', 'c', 'd', 'e')).things).toEqual(['d', 'e'])
  })

  it.each([
    ['', 50],
    ['PageSize=0', 50],
    ['PageSize=x', 50],
    ['PageSize=1000', 1000],
    ['PageSize=5000', 1000],
  ])('for the query %j has the size %s', (query, size) => {
    expect(page(query).page_size).toBe(size)
  })

  it('keeps the filters of the request', () => {
    const {next_page_uri, uri} = page('Status=active&PageSize=1')
    expect(new URLSearchParams(queryOf(next_page_uri)).get('Status')).toBe('active')
    expect(uri).toBe('/path?Status=active&PageSize=1')
  })

  it('refuses a page token that it did not make', () => {
    expect(() => page('PageToken=nonsense')).toThrow(expect.objectContaining({code: 21481}))
  })
})

it('a page of the newer APIs has absolute URLs, and a limit of its own', () => {
  const context = contextOf(example, {query: 'PageSize=500', host: 'sync.twilio.com', path: '/v1/Things'})
  const {body} = pageWithMeta(context, {
    key: 'things',
    all: Array.from({length: 101}, (_, index) => `n${index}`),
    idOf: (item) => item,
    render: (item) => item,
    maxPageSize: 100,
  })
  const {things, meta} = JSON.parse(body) as {things: unknown[]; meta: Record<string, unknown>}
  expect([things.length, meta.key, meta.page_size]).toEqual([100, 'things', 100])
  expect(meta.next_page_url).toMatch(/^https:\/\/sync\.twilio\.com\/v1\/Things\?PageSize=100&Page=1&PageToken=PA/)
  expect(meta.previous_page_url).toBe(null)
})
