import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountBySid, denied, isMain} from '../../http/auth.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {invalidParameter, json, notFound, pageWithMeta} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'
import type {Bundle} from '../../state/state.js'

const LIST = '/v2/RegulatoryCompliance/Bundles'
const ONE = '/v2/RegulatoryCompliance/Bundles/{Sid}'
const CLONES = '/v2/RegulatoryCompliance/Bundles/{BundleSid}/Clones'

export const bundleRoutes: readonly Route[] = [
  {product: 'numbers', method: 'GET', path: LIST, handle: list},
  {product: 'numbers', method: 'GET', path: ONE, handle: (context) => json(200, render(find(context, 'Sid')))},
  {product: 'numbers', method: 'POST', path: CLONES, handle: clone},
]

function list(context: Context): HttpResponse {
  const {state, caller} = context
  const bundles = state.bundles.filter(
    ({accountSid, friendlyName, status, regulationSid, isoCountry, numberType}) =>
      accountSid === caller.account.sid &&
      wanted(context, 'FriendlyName', friendlyName) &&
      wanted(context, 'Status', status) &&
      wanted(context, 'RegulationSid', regulationSid) &&
      wanted(context, 'IsoCountry', isoCountry) &&
      wanted(context, 'NumberType', numberType),
  )
  return pageWithMeta(context, {key: 'results', all: bundles.reverse(), idOf: ({sid}) => sid, render})
}

/** A copy for another account of the same owner: a bundle serves the numbers of its own account only. */
function clone(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  if (!isMain(state, caller.account)) throw denied()
  const original = find(context, 'BundleSid')
  const target = form.get('TargetAccountSid')
  if (!target) throw invalidParameter('TargetAccountSid is needed')
  const account = accountBySid(state, target)
  if (!account) throw notFound(context.path)
  const copy: Bundle = {
    ...original,
    sid: nextSid(state, 'BU'),
    accountSid: account.sid,
    friendlyName: form.get('FriendlyName') || original.friendlyName,
    status: form.get('MoveToDraft')?.toLowerCase() === 'true' ? 'draft' : original.status,
    createdAt: now,
    updatedAt: now,
  }
  state.bundles.push(copy)
  return json(201, {
    bundle_sid: copy.sid,
    ...shared(copy),
    url: `https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/${copy.sid}/Clones`,
  })
}

function find({state, caller, path, params}: Context, name: string): Bundle {
  const sid = param({params}, name)
  const bundle = state.bundles.find((each) => each.sid === sid && each.accountSid === caller.account.sid)
  if (!bundle) throw notFound(path)
  return bundle
}

function render(bundle: Bundle): unknown {
  const url = `https://numbers.twilio.com/v2/RegulatoryCompliance/Bundles/${bundle.sid}`
  return {
    sid: bundle.sid,
    ...shared(bundle),
    url,
    links: {
      evaluations: `${url}/Evaluations`,
      item_assignments: `${url}/ItemAssignments`,
      bundle_copies: `${url}/Copies`,
    },
  }
}

function shared(bundle: Bundle) {
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
