import type {HttpResponse} from '../../../lib/transport/types.js'
import type {Context} from '../../http/context.js'
import {accessDenied, invalidParameter, notFound} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {accountBySid, isMain} from '../../state/accounts.js'
import {nextSid} from '../../state/ids.js'
import type {Bundle} from '../../state/types/numbers.js'
import {timeFilters} from '../shared/filters.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {readFlag} from '../shared/parameters.js'
import {callerResource} from '../shared/resource.js'

const BUNDLES = '/v2/RegulatoryCompliance/Bundles'

export const bundleRoutes: readonly Route[] = [
  ...callerResource<Bundle>('numbers', BUNDLES, {
    key: 'results',
    all: ({bundles}) => bundles,
    filters: {
      FriendlyName: ({friendlyName}) => friendlyName,
      Status: ({status}) => status,
      RegulationSid: ({regulationSid}) => regulationSid,
      IsoCountry: ({isoCountry}) => isoCountry,
      NumberType: ({numberType}) => numberType,
      // Every regulation that the sandbox has is one of businesses.
      EndUserType: () => 'business',
      BundleSids:
        ({sid}) =>
        (sids) =>
          sids.split(',').includes(sid),
      HasValidUntilDate: () => 'false',
      ...timeFilters<Bundle>('ValidUntilDate', () => undefined),
    },
    sort,
    render,
  }),
  {product: 'numbers', method: 'POST', path: `${BUNDLES}/{BundleSid}/Clones`, handle: clone},
]

/** None of them is valid until some date only, so that there is nothing to sort by where that is asked for. */
function sort(bundles: readonly Bundle[], {query}: Context): readonly Bundle[] {
  const by = query.get('SortBy')
  const newestFirst = by === 'date-updated' ? bundles.toSorted((a, b) => b.updatedAt - a.updatedAt) : bundles
  return query.get('SortDirection') === 'ASC' ? newestFirst.toReversed() : newestFirst
}

/** A copy for a subaccount: the numbers of an account can use its own bundles only. */
function clone(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  if (!isMain(caller.account)) throw accessDenied()
  const original = findInPath(context, ownedByCaller(context, state.bundles), 'BundleSid')
  const target = form.get('TargetAccountSid')
  if (!target) throw invalidParameter('TargetAccountSid is needed')
  const account = accountBySid(state, target)
  if (!account) throw notFound(context.path)
  const copy: Bundle = {
    ...original,
    sid: nextSid(state, 'BU'),
    accountSid: account.sid,
    friendlyName: form.get('FriendlyName') || original.friendlyName,
    status: readFlag(form, 'MoveToDraft', false) ? 'draft' : original.status,
    createdAt: now,
    updatedAt: now,
  }
  state.bundles.push(copy)
  return json(201, {
    bundle_sid: copy.sid,
    ...commonProperties(copy),
    url: `https://numbers.twilio.com${BUNDLES}/${copy.sid}/Clones`,
  })
}

function render(bundle: Bundle): unknown {
  const url = `https://numbers.twilio.com${BUNDLES}/${bundle.sid}`
  return {
    sid: bundle.sid,
    ...commonProperties(bundle),
    url,
    links: {
      evaluations: `${url}/Evaluations`,
      item_assignments: `${url}/ItemAssignments`,
      bundle_copies: `${url}/Copies`,
    },
  }
}

function commonProperties(bundle: Bundle) {
  return {
    account_sid: bundle.accountSid,
    regulation_sid: bundle.regulationSid,
    friendly_name: bundle.friendlyName,
    status: bundle.status,
    valid_until: null,
    email: bundle.email,
    status_callback: bundle.statusCallback,
    date_created: iso8601(bundle.createdAt),
    date_updated: iso8601(bundle.updatedAt),
  }
}
