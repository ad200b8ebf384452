import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/access.js'
import type {Context} from '../../http/context.js'
import {invalidParameter, NotEmulated} from '../../http/errors.js'
import {pageWithMeta} from '../../http/pages.js'
import {json, noContent} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {isMain} from '../../state/accounts.js'
import type {Account, ApiKey} from '../../state/types/accounts.js'
import {createKey, removeKey, renameKey, renderKey, unlessStandardKey} from '../api/keys.js'
import {findInPath, ownedBy} from '../shared/find.js'

const KEYS = '/v1/Keys'
const KEY = '/v1/Keys/{Sid}'

/** The same keys as those of api/keys.ts, by the account that a request names. */
export const iamKeyRoutes: readonly Route[] = [
  {product: 'iam', method: 'GET', path: KEYS, handle: list} satisfies Route,
  {product: 'iam', method: 'POST', path: KEYS, handle: create} satisfies Route,
  {
    product: 'iam',
    method: 'GET',
    path: KEY,
    handle: (context: Context) => json(200, render(find(context))),
  } satisfies Route,
  {product: 'iam', method: 'POST', path: KEY, handle: update} satisfies Route,
  {product: 'iam', method: 'DELETE', path: KEY, handle: remove} satisfies Route,
].map(unlessStandardKey)

function list(context: Context): HttpResponse {
  const {sid} = accountOf(context, context.query)
  return pageWithMeta(context, {
    key: 'keys',
    all: ownedBy(sid, context.state.keys),
    idOf: ({sid: keySid}) => keySid,
    render: (key) => ({...renderKey(key), flags: ['rest_api', 'signing']}),
  })
}

function create(context: Context): HttpResponse {
  const {form, method, path} = context
  const account = accountOf(context, form)
  const keyType = form.get('KeyType')
  if (keyType === 'restricted') throw new NotEmulated(method, `${path} with KeyType=restricted`)
  if (keyType) throw invalidParameter('KeyType is restricted, or left out')
  const key = createKey(context, account)
  return json(201, {...render(key), secret: key.secret})
}

function update(context: Context): HttpResponse {
  const key = find(context)
  renameKey(key, context)
  return json(200, render(key))
}

function remove(context: Context): HttpResponse {
  removeKey(find(context), context)
  return noContent()
}

function accountOf(context: Context, fields: URLSearchParams): Account {
  const sid = fields.get('AccountSid')
  if (!sid) throw invalidParameter('AccountSid is needed')
  return accountInPath({...context, params: {AccountSid: sid}})
}

/** One of the caller's, or of a subaccount of it where it may act in those. */
function find(context: Context): ApiKey {
  const {state, caller} = context
  const everywhere = caller.kind === 'token' && isMain(caller.account)
  return findInPath(context, everywhere ? state.keys : ownedBy(caller.account.sid, state.keys), 'Sid')
}

function render(key: ApiKey) {
  return {...renderKey(key), policy: null}
}
