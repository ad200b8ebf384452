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
import {readFlag} from './parameters.js'

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
  /** The flag of the query that adds those of a main account's subaccounts to its list. */
  readonly includesSubaccounts?: string
  /** Where a list can be asked for in another order than the newest first. */
  readonly sort?: (items: readonly T[], context: Context) => readonly T[]
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
  {all, filters = {}, includesSubaccounts, sort, render, create, update, remove}: Resource<T>,
  {product, listPath, path, ownerOf, page}: Api<T>,
): readonly Route[] {
  const owned = (context: Context): T[] => ownedBy(ownerOf(context).sid, all(context.state, context.now))
  const listed = (context: Context): T[] => {
    const {state, query, now} = context
    if (includesSubaccounts === undefined || !readFlag(query, includesSubaccounts, false)) return owned(context)
    const {sid} = ownerOf(context)
    const ours = state.accounts.filter((each) => each.sid === sid || each.ownerAccountSid === sid)
    return all(state, now)
      .filter(({accountSid}) => ours.some((each) => each.sid === accountSid))
      .reverse()
  }
  const find = (context: Context): T => findInPath(context, owned(context), 'Sid')
  const route = (method: Route['method'], at: string, handle: Handler): Route => ({product, method, path: at, handle})

  const routes = [
    route('GET', listPath, (context) => {
      const selects = selection(filters, context)
      const selected = listed(context).filter(selects)
      return page(context, sort ? sort(selected, context) : selected)
    }),
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

/** What belongs to another resource of the caller's, such as the numbers of a messaging service. */
export interface Nested<Parent extends Owned, T extends {readonly sid: string}> {
  /** Of the other resource: its list, and what its SID is called in the path. */
  readonly parent: {
    readonly path: string
    readonly parameter: string
    readonly all: (state: State) => readonly Parent[]
  }
  readonly name: string
  readonly key: string
  /** By the parameter of the query. */
  readonly filters?: Readonly<Record<string, Filter<T>>>
  /** Oldest first. */
  readonly all: (parent: Parent, context: Context) => readonly T[]
  readonly render: (item: T, parent: Parent, context: Context) => unknown
  readonly create?: (parent: Parent, context: Context) => T
  readonly update?: (item: T, parent: Parent, context: Context) => void
  readonly remove?: (item: T, parent: Parent, context: Context) => void
}

export function nestedResource<Parent extends Owned, T extends {readonly sid: string}>(
  product: string,
  {parent, name, key, filters = {}, all, render, create, update, remove}: Nested<Parent, T>,
): readonly Route[] {
  const listPath = `${parent.path}/{${parent.parameter}}/${name}`
  const parentOf = (context: Context): Parent =>
    findInPath(context, ownedByCaller(context, parent.all(context.state)), parent.parameter)
  const newestFirst = (context: Context): T[] => [...all(parentOf(context), context)].reverse()
  const route = (method: Route['method'], path: string, handle: Handler): Route => ({product, method, path, handle})
  const one = (method: Route['method'], work: (item: T, owner: Parent, context: Context) => HttpResponse): Route =>
    route(method, `${listPath}/{Sid}`, (context) =>
      work(findInPath(context, newestFirst(context), 'Sid'), parentOf(context), context),
    )
  return [
    route('GET', listPath, (context) => {
      const owner = parentOf(context)
      const idOf = ({sid}: T): string => sid
      return pageWithMeta(context, {
        key,
        all: newestFirst(context).filter(selection(filters, context)),
        idOf,
        render: (item) => render(item, owner, context),
      })
    }),
    one('GET', (item, owner, context) => json(200, render(item, owner, context))),
    ...(create
      ? [
          route('POST', listPath, (context) => {
            const owner = parentOf(context)
            return json(201, render(create(owner, context), owner, context))
          }),
        ]
      : []),
    ...(update
      ? [
          one('POST', (item, owner, context) => {
            update(item, owner, context)
            return json(200, render(item, owner, context))
          }),
        ]
      : []),
    ...(remove
      ? [
          one('DELETE', (item, owner, context) => {
            remove(item, owner, context)
            return noContent()
          }),
        ]
      : []),
  ]
}

/** What the filters of the query leave of a list. */
function selection<T>(filters: Readonly<Record<string, Filter<T>>>, context: Context): (item: T) => boolean {
  const asked = Object.entries(filters).flatMap(([name, filter]) => {
    const parameter = context.query.get(name)
    return parameter === null ? [] : [{filter, parameter}]
  })
  return (item) =>
    asked.every(({filter, parameter}) => {
      const expected = filter(item, context)
      return typeof expected === 'function' ? expected(parameter) : expected === parameter
    })
}

/** For a filter that names another resource of the caller's: it must be the one with this SID. */
export function refersTo(context: Context, all: readonly Owned[], sid: string | null) {
  return (parameter: string): boolean =>
    sid !== null && findBySidOrName(ownedByCaller(context, all), parameter)?.sid === sid
}
