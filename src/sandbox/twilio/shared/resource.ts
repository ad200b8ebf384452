import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/access.js'
import type {Context} from '../../http/context.js'
import {pageV2010, pageWithMeta} from '../../http/pages.js'
import {json, noContent} from '../../http/respond.js'
import type {Handler, Route} from '../../http/router.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Owned} from '../../state/types/common.js'
import {findBySidOrName, findInPath, ownedBy, ownedByCaller} from './find.js'

/**
 * A kind of resource that the account which owns it can list and fetch and, if the functions are given, create, update
 * and delete.
 */
export interface Resource<T extends Owned> {
  /** What the list is called in an answer. */
  readonly key: string
  readonly all: (state: State, now: number) => readonly T[]
  /** By the parameter of the query. */
  readonly filters?: Readonly<Record<string, Filter<T>>>
  readonly render: (item: T, context: Context) => unknown
  readonly create?: (context: Context, owner: Account) => T
  readonly update?: (item: T, context: Context) => void
  readonly remove?: (item: T, context: Context) => void
}

/** The value that the parameter must have for an item to pass, or a check of the parameter. */
type Filter<T> = (item: T, context: Context) => string | null | ((parameter: string) => boolean)

/** The operations on resources of the v2010 API, which belong to the account in the path. */
export function v2010Resource<T extends Owned>(name: string, resource: Resource<T>): readonly Route[] {
  const base = `/2010-04-01/Accounts/{AccountSid}/${name}`
  return operations(resource, {
    product: 'api',
    listPath: `${base}.json`,
    path: `${base}/{Sid}.json`,
    ownerOf: accountInPath,
    page: (context, items) => pageV2010(context, resource.key, items, (item) => resource.render(item, context)),
  })
}

/** The operations on resources of one of the newer APIs, which belong to the account of the caller. */
export function callerResource<T extends Owned>(
  product: string,
  path: string,
  resource: Resource<T>,
): readonly Route[] {
  return operations(resource, {
    product,
    listPath: path,
    path: `${path}/{Sid}`,
    ownerOf: ({caller}) => caller.account,
    page: (context, items) =>
      pageWithMeta(context, {
        key: resource.key,
        all: items,
        idOf: ({sid}) => sid,
        render: (item) => resource.render(item, context),
      }),
  })
}

interface Api<T> {
  readonly product: string
  readonly listPath: string
  readonly path: string
  readonly ownerOf: (context: Context) => Account
  readonly page: (context: Context, items: readonly T[]) => HttpResponse
}

function operations<T extends Owned>(
  {all, filters = {}, render, create, update, remove}: Resource<T>,
  {product, listPath, path, ownerOf, page}: Api<T>,
): readonly Route[] {
  const owned = (context: Context): T[] => ownedBy(ownerOf(context).sid, all(context.state, context.now))
  const find = (context: Context): T => findInPath(context, owned(context), 'Sid')
  const route = (method: Route['method'], at: string, handle: Handler): Route => ({product, method, path: at, handle})

  const routes = [
    route('GET', listPath, (context) =>
      page(
        context,
        owned(context).filter((item) => passes(filters, item, context)),
      ),
    ),
    route('GET', path, (context) => json(200, render(find(context), context))),
  ]
  if (create)
    routes.push(route('POST', listPath, (context) => json(201, render(create(context, ownerOf(context)), context))))
  if (update)
    routes.push(
      route('POST', path, (context) => {
        const item = find(context)
        update(item, context)
        return json(200, render(item, context))
      }),
    )
  if (remove)
    routes.push(
      route('DELETE', path, (context) => {
        remove(find(context), context)
        return noContent()
      }),
    )
  return routes
}

function passes<T>(filters: Readonly<Record<string, Filter<T>>>, item: T, context: Context): boolean {
  return Object.entries(filters).every(([name, filter]) => {
    const parameter = context.query.get(name)
    if (parameter === null) return true
    const expected = filter(item, context)
    return typeof expected === 'function' ? expected(parameter) : expected === parameter
  })
}

/** For a filter that names another resource of the caller's: it must be the one with this SID. */
export function refersTo(context: Context, all: readonly Owned[], sid: string | null) {
  return (parameter: string): boolean =>
    sid !== null && findBySidOrName(ownedByCaller(context, all), parameter)?.sid === sid
}
