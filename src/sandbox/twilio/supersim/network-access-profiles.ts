import type {HttpResponse} from '../../../lib/transport/types.js'
import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {pageWithMeta} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {NetworkAccessProfile} from '../../state/types/sims.js'
import {type MobileNetwork, mobileNetworks} from '../../world/mobile-networks.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {type NameRules, readUniqueName} from '../shared/parameters.js'
import {callerResource} from '../shared/resource.js'
import {commonProperties} from './networks.js'

const PROFILES = '/v1/NetworkAccessProfiles'
const NETWORKS = `${PROFILES}/{NetworkAccessProfileSid}/Networks`

export const networkAccessProfileRoutes: readonly Route[] = [
  ...callerResource<NetworkAccessProfile>('supersim', PROFILES, {
    key: 'network_access_profiles',
    all: ({networkAccessProfiles}) => networkAccessProfiles,
    create,
    render,
  }),
  {product: 'supersim', method: 'GET', path: NETWORKS, handle: listNetworks},
  {product: 'supersim', method: 'POST', path: NETWORKS, handle: addNetwork},
]

const NAMES: NameRules = {
  sidPrefix: 'HA',
  invalid: () => invalidParameter('UniqueName'),
  taken: () => conflict('A Network Access Profile with this UniqueName exists already'),
}

function create(context: Context, {sid: accountSid}: Account): NetworkAccessProfile {
  const {state, form, now} = context
  const uniqueName = readUniqueName(form, ownedByCaller(context, state.networkAccessProfiles), NAMES)
  const networkSids = form.getAll('Networks').map((sid) => findNetwork(context, sid).sid)
  const sid = nextSid(state, 'HA')
  const profile: NetworkAccessProfile = {sid, accountSid, uniqueName, networkSids, createdAt: now, updatedAt: now}
  state.networkAccessProfiles.push(profile)
  return profile
}

function listNetworks(context: Context): HttpResponse {
  const profile = profileInPath(context)
  return pageWithMeta(context, {
    key: 'networks',
    all: mobileNetworks(context.state).filter(({sid}) => profile.networkSids.includes(sid)),
    idOf: ({sid}) => sid,
    render: (network) => renderNetwork(profile, network),
  })
}

function addNetwork(context: Context): HttpResponse {
  const profile = profileInPath(context)
  const network = findNetwork(context, context.form.get('Network') ?? '')
  if (!profile.networkSids.includes(network.sid)) profile.networkSids.push(network.sid)
  profile.updatedAt = context.now
  return json(201, renderNetwork(profile, network))
}

function profileInPath(context: Context): NetworkAccessProfile {
  return findInPath(context, ownedByCaller(context, context.state.networkAccessProfiles), 'NetworkAccessProfileSid')
}

function findNetwork({state}: Context, wantedSid: string): MobileNetwork {
  const network = mobileNetworks(state).find(({sid}) => sid === wantedSid)
  if (!network) throw invalidParameter(`there is no Network ${wantedSid}`)
  return network
}

function render(profile: NetworkAccessProfile): unknown {
  const url = `https://supersim.twilio.com${PROFILES}/${profile.sid}`
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

function renderNetwork({sid}: NetworkAccessProfile, network: MobileNetwork): unknown {
  return {
    ...commonProperties(network),
    network_access_profile_sid: sid,
    url: `https://supersim.twilio.com${PROFILES}/${sid}/Networks/${network.sid}`,
  }
}
