import type {HttpResponse} from '../../../lib/transport/types.js'
import {iso8601} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {conflict, invalidParameter, json, pageWithMeta} from '../../http/respond.js'
import type {Context, Route} from '../../http/router.js'
import type {NetworkAccessProfile} from '../../state/sims.js'
import {findInPath, heldByCaller, readUniqueName, type NameRules} from '../held.js'
import {described, networksOf, type Network} from './networks.js'

const LIST = '/v1/NetworkAccessProfiles'
const ONE = '/v1/NetworkAccessProfiles/{Sid}'
const NETWORKS = '/v1/NetworkAccessProfiles/{NetworkAccessProfileSid}/Networks'

export const networkAccessProfileRoutes: readonly Route[] = [
  {product: 'supersim', method: 'GET', path: LIST, handle: list},
  {product: 'supersim', method: 'POST', path: LIST, handle: create},
  {product: 'supersim', method: 'GET', path: ONE, handle: fetchProfile},
  {product: 'supersim', method: 'GET', path: NETWORKS, handle: listNetworks},
  {product: 'supersim', method: 'POST', path: NETWORKS, handle: addNetwork},
]

const NAMES: NameRules = {
  prefix: 'HA',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => conflict('A Network Access Profile with this UniqueName exists already'),
}

function list(context: Context): HttpResponse {
  return pageWithMeta(context, {
    key: 'network_access_profiles',
    all: heldByCaller(context, context.state.networkAccessProfiles),
    idOf: ({sid}) => sid,
    render,
  })
}

function create(context: Context): HttpResponse {
  const {state, form, caller, now} = context
  const uniqueName = readUniqueName(form, heldByCaller(context, state.networkAccessProfiles), NAMES)
  const networks = form.getAll('Networks').map((sid) => findNetwork(context, sid))
  const profile: NetworkAccessProfile = {
    sid: nextSid(state, 'HA'),
    accountSid: caller.account.sid,
    uniqueName,
    networkSids: networks.map(({sid}) => sid),
    createdAt: now,
    updatedAt: now,
  }
  state.networkAccessProfiles.push(profile)
  return json(201, render(profile))
}

function listNetworks(context: Context): HttpResponse {
  const profile = findParent(context)
  return pageWithMeta(context, {
    key: 'networks',
    all: networksOf(context).filter(({sid}) => profile.networkSids.includes(sid)),
    idOf: ({sid}) => sid,
    render: (network) => renderNetwork(profile, network),
  })
}

function addNetwork(context: Context): HttpResponse {
  const profile = findParent(context)
  const network = findNetwork(context, context.form.get('Network') ?? '')
  if (!profile.networkSids.includes(network.sid)) profile.networkSids.push(network.sid)
  profile.updatedAt = context.now
  return json(201, renderNetwork(profile, network))
}

function fetchProfile(context: Context): HttpResponse {
  return json(200, render(findInPath(context, context.state.networkAccessProfiles)))
}

function findParent(context: Context): NetworkAccessProfile {
  return findInPath(context, context.state.networkAccessProfiles, 'NetworkAccessProfileSid')
}

function findNetwork(context: Context, wantedSid: string): Network {
  const network = networksOf(context).find(({sid}) => sid === wantedSid)
  if (!network) throw invalidParameter(`there is no Network ${wantedSid}`)
  return network
}

function render(profile: NetworkAccessProfile): unknown {
  const url = `https://supersim.twilio.com/v1/NetworkAccessProfiles/${profile.sid}`
  return {
    sid: profile.sid,
    unique_name: profile.uniqueName,
    account_sid: profile.accountSid,
    date_created: iso8601(profile.createdAt),
    date_updated: iso8601(profile.updatedAt),
    url,
    links: {networks: `${url}/Networks`},
  }
}

function renderNetwork({sid}: NetworkAccessProfile, network: Network): unknown {
  return {
    ...described(network),
    network_access_profile_sid: sid,
    url: `https://supersim.twilio.com/v1/NetworkAccessProfiles/${sid}/Networks/${network.sid}`,
  }
}
