import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {TrustItem} from '../../state/types/registrations.js'
import {callerResource} from '../shared/resource.js'

interface Kind {
  readonly kind: TrustItem['kind']
  readonly path: string
  readonly sidPrefix: string
}

const KINDS: readonly Kind[] = [
  {kind: 'end-user', path: '/v1/EndUsers', sidPrefix: 'IT'},
  {kind: 'document', path: '/v1/SupportingDocuments', sidPrefix: 'RD'},
]

export const trustItemRoutes: readonly Route[] = KINDS.flatMap((kind) =>
  callerResource<TrustItem>('trusthub', kind.path, {
    key: 'results',
    all: ({trustItems}) => trustItems.filter((each) => each.kind === kind.kind),
    create: (context, owner) => create(kind, context, owner),
    update,
    remove,
    render: (item) => render(kind, item),
  }),
)

function create({kind, sidPrefix}: Kind, {state, form, now}: Context, {sid: accountSid}: Account): TrustItem {
  const friendlyName = form.get('FriendlyName')
  const type = form.get('Type')
  if (!friendlyName || !type) throw invalidParameter('FriendlyName and Type are needed')
  const item: TrustItem = {
    sid: nextSid(state, sidPrefix),
    accountSid,
    kind,
    friendlyName,
    type,
    attributes: readAttributes(form) ?? {},
    createdAt: now,
    updatedAt: now,
  }
  state.trustItems.push(item)
  return item
}

function update(item: TrustItem, {form, now}: Context): void {
  item.friendlyName = form.get('FriendlyName') || item.friendlyName
  item.attributes = readAttributes(form) ?? item.attributes
  item.updatedAt = now
}

function remove(item: TrustItem, {state}: Context): void {
  if (state.trustBundles.some(({entities}) => entities.some(({objectSid}) => objectSid === item.sid)))
    throw conflict('It is assigned to a bundle')
  state.trustItems = state.trustItems.filter((each) => each !== item)
}

function readAttributes(form: URLSearchParams): TrustItem['attributes'] | undefined {
  const text = form.get('Attributes')
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as TrustItem['attributes']
  } catch {
    // Refused below, as what is no object is.
  }
  throw invalidParameter('Attributes is a JSON object')
}

function render({kind, path}: Kind, item: TrustItem): unknown {
  return {
    sid: item.sid,
    account_sid: item.accountSid,
    friendly_name: item.friendlyName,
    type: item.type,
    attributes: item.attributes,
    ...(kind === 'document' && {status: 'DRAFT', mime_type: null}),
    date_created: iso8601(item.createdAt),
    date_updated: iso8601(item.updatedAt),
    url: `https://trusthub.twilio.com${path}/${item.sid}`,
  }
}
