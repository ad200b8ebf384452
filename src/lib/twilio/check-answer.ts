import {isObject, listProblemOf, problemOf} from '../shape.js'
import {sameText} from '../text.js'
import {operations, type Resource} from './operations.js'

/** An operation at an address. */
export interface Operation extends Resource {
  /** Its product and path, the same for all its addresses. */
  readonly template: string
  /** What the last part of the path says. */
  readonly asked: string
}

interface Compiled {
  readonly template: string
  readonly pattern: RegExp
  readonly resource: Resource
}

const compiled = new Map<string, readonly Compiled[]>()

/** The operation at an address of Twilio's; undefined where none is known. */
export function operationAt({hostname, pathname}: Pick<URL, 'hostname' | 'pathname'>): Operation | undefined {
  const [product = ''] = hostname.split('.')
  if (!Object.hasOwn(operations, product)) return undefined
  const known = compiled.get(product) ?? Object.entries(operations[product] ?? {}).map((each) => compile(product, each))
  compiled.set(product, known)
  const found = known.find(({pattern}) => pattern.test(pathname))
  return (
    found && {
      ...found.resource,
      template: found.template,
      asked: decoded(
        pathname
          .replace(/\.json$/, '')
          .split('/')
          .at(-1) ?? '',
      ),
    }
  )
}

function compile(product: string, [path, resource]: readonly [string, Resource]): Compiled {
  const pattern = path
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\{([A-Z]*)\}/g, (_, prefix: string) => (prefix === '' ? '[^/]+' : `${prefix}[0-9a-fA-F]{32}`))
  return {template: `${product} ${path}`, pattern: new RegExp(`^${pattern}$`), resource}
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/**
 * What is wrong with an answer, in a few words; undefined where it can be read, and is about what was asked for.
 * @param isSameList whether a link of a page is to the same list
 */
export function answerProblem(
  {shape, list, isNamed, asked}: Operation,
  method: string,
  body: unknown,
  isSameList: (link: string) => boolean,
): string | undefined {
  if (!isObject(body)) return problemOf(body, {})
  if (method === 'GET' && list !== undefined) {
    const problem = listProblemOf(body[list], shape)
    return problem === undefined ? pagingProblem(body, isSameList) : `${list}: ${problem}`
  }
  const problem = problemOf(body, shape)
  if (problem !== undefined || !isNamed) return problem
  const names = [body.sid, body.unique_name, body.key].filter((name) => typeof name === 'string')
  return names.some((name) => sameText(name, asked)) ? undefined : `about ${names[0] ?? 'something else'}`
}

type Body = Readonly<Record<string, unknown>>

function pagingProblem(body: Body, isSameList: (link: string) => boolean): string | undefined {
  const link = linkToNext(body)
  if (!link) return problemOf(body, {meta: 'object?'})
  return typeof link === 'string' && isSameList(link) ? undefined : 'the address of the next page is none of this list'
}

/** Absolute in newer APIs, relative in v2010. */
function linkToNext({next_page_uri: relative, meta}: Body): unknown {
  return (isObject(meta) && meta.next_page_url) || relative
}

/** What the SDK is to read of a page, in one form for all APIs: it would guess where the list is, and fail at odd links. */
export function pageForSdk(body: Body, list: string, {origin}: URL): object {
  const link = linkToNext(body)
  const next = typeof link === 'string' && link !== '' ? new URL(link, origin).href : null
  return {[list]: body[list], meta: {key: list, next_page_url: next}}
}
