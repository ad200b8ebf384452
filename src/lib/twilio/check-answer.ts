import {isObject, listProblemOf, problemOf} from '../shape.js'
import {sameText} from '../text.js'
import {operations, type Resource} from './operations.js'

/** An operation at an address. */
export interface Operation extends Resource {
  /** What the last part of the path says. */
  readonly asked: string
}

interface Compiled {
  readonly pattern: RegExp
  readonly resource: Resource
}

const compiled = new Map<string, readonly Compiled[]>()

/** The operation at an address of Twilio's; undefined where none is known. */
export function operationAt({hostname, pathname}: Pick<URL, 'hostname' | 'pathname'>): Operation | undefined {
  const [product = ''] = hostname.split('.')
  if (!Object.hasOwn(operations, product)) return undefined
  const known = compiled.get(product) ?? Object.entries(operations[product] ?? {}).map(compile)
  compiled.set(product, known)
  const found = known.find(({pattern}) => pattern.test(pathname))
  return (
    found && {
      ...found.resource,
      asked: decoded(
        pathname
          .replace(/\.json$/, '')
          .split('/')
          .at(-1) ?? '',
      ),
    }
  )
}

function compile([path, resource]: readonly [string, Resource]): Compiled {
  const pattern = path
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\{([A-Z]*)\}/g, (_, prefix: string) => (prefix === '' ? '[^/]+' : `${prefix}[0-9a-fA-F]{32}`))
  return {pattern: new RegExp(`^${pattern}$`), resource}
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** What is wrong with an answer, in a few words; undefined where it can be read, and is about what was asked for. */
export function answerProblem(
  {shape, list, isNamed, asked}: Operation,
  method: string,
  body: unknown,
): string | undefined {
  if (!isObject(body)) return problemOf(body, {})
  if (method === 'GET' && list !== undefined) {
    const problem = listProblemOf(body[list], shape)
    return problem === undefined ? pagingProblem(body) : `${list}: ${problem}`
  }
  const problem = problemOf(body, shape)
  if (problem !== undefined || !isNamed) return problem
  const names = [body.sid, body.unique_name, body.key].filter((name) => typeof name === 'string')
  return names.some((name) => sameText(name, asked)) ? undefined : `about ${names[0] ?? 'something else'}`
}

/** Where the next page is. */
function pagingProblem({next_page_uri: uri, meta}: Readonly<Record<string, unknown>>): string | undefined {
  const {next_page_url: url} = isObject(meta) ? meta : {}
  const isPlace = (value: unknown) => value === undefined || value === null || typeof value === 'string'
  return isPlace(uri) && isPlace(url) ? undefined : 'the address of the next page is none'
}
