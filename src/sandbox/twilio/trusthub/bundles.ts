import type {Context} from '../../http/context.js'
import {badRequest, conflict, invalidParameter, notFound} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {State} from '../../state/state.js'
import type {Account} from '../../state/types/accounts.js'
import type {Assignment, Evaluation, TrustBundle, TrustBundleKind} from '../../state/types/registrations.js'
import {POLICIES, type Policy, PRIMARY_PROFILE_POLICY} from '../../world/policies.js'
import {bundleProblems, bundleStatus, evaluate, isMet} from '../../world/registrations.js'
import {ownedByCaller} from '../shared/find.js'
import {callerResource, nestedResource} from '../shared/resource.js'
import {renderEvaluation} from './evaluations.js'

interface Kind {
  readonly kind: TrustBundleKind
  readonly path: string
  /** Of the SID in the paths below it, and in answers. */
  readonly parameter: string
  readonly property: string
  readonly links: string
}

const KINDS: readonly Kind[] = [
  {
    kind: 'customer-profile',
    path: '/v1/CustomerProfiles',
    parameter: 'CustomerProfileSid',
    property: 'customer_profile_sid',
    links: 'customer_profiles',
  },
  {
    kind: 'trust-product',
    path: '/v1/TrustProducts',
    parameter: 'TrustProductSid',
    property: 'trust_product_sid',
    links: 'trust_products',
  },
]

/** Customer profiles and trust products: the same but for their names. */
export const trustBundleRoutes: readonly Route[] = KINDS.flatMap((kind) => [
  ...callerResource<TrustBundle>('trusthub', kind.path, {
    key: 'results',
    all: ({trustBundles}) => trustBundles.filter((each) => each.kind === kind.kind),
    filters: {
      Status: (bundle, {now}) => bundleStatus(bundle, now).status,
      FriendlyName: ({friendlyName}) => friendlyName,
      PolicySid: ({policySid}) => policySid,
    },
    create: (context, owner) => create(kind, context, owner),
    update,
    remove,
    render: (bundle, {now}) => render(kind, bundle, now),
  }),
  ...nestedResource<TrustBundle, Assignment>('trusthub', {
    parent: parentOf(kind),
    name: 'EntityAssignments',
    key: 'results',
    filters: {
      ObjectType: ({objectSid}, {state}) => state.trustItems.find(({sid}) => sid === objectSid)?.type ?? null,
    },
    all: ({entities}) => entities,
    create: assign,
    remove: (assignment, bundle) => void (bundle.entities = bundle.entities.filter(({sid}) => sid !== assignment.sid)),
    render: (assignment, bundle) => ({
      ...common(kind, bundle, assignment, 'EntityAssignments'),
      object_sid: assignment.objectSid,
    }),
  }),
  ...nestedResource<TrustBundle, TrustBundle['channelEndpoints'][number]>('trusthub', {
    parent: parentOf(kind),
    name: 'ChannelEndpointAssignments',
    key: 'results',
    filters: {
      ChannelEndpointSid: ({objectSid}) => objectSid,
      ChannelEndpointSids:
        ({objectSid}) =>
        (sids) =>
          sids.split(',').includes(objectSid),
    },
    all: ({channelEndpoints}) => channelEndpoints,
    create: assignEndpoint,
    remove: (assignment, bundle) =>
      void (bundle.channelEndpoints = bundle.channelEndpoints.filter(({sid}) => sid !== assignment.sid)),
    render: (assignment, bundle) => ({
      ...common(kind, bundle, assignment, 'ChannelEndpointAssignments'),
      channel_endpoint_sid: assignment.objectSid,
      channel_endpoint_type: assignment.type,
    }),
  }),
  ...nestedResource<TrustBundle, Evaluation>('trusthub', {
    parent: parentOf(kind),
    name: 'Evaluations',
    key: 'results',
    all: ({evaluations}) => evaluations,
    create: evaluateNow,
    render: (evaluation, bundle) => ({
      ...common(kind, bundle, evaluation, 'Evaluations'),
      ...renderEvaluation(evaluation),
    }),
  }),
])

function parentOf({kind, path, parameter}: Kind) {
  return {
    path,
    parameter,
    all: ({trustBundles}: State) => trustBundles.filter((each) => each.kind === kind),
  }
}

function create({kind}: Kind, {state, form, now}: Context, {sid: accountSid}: Account): TrustBundle {
  const policy = policyOf(form)
  if (policy.sid === PRIMARY_PROFILE_POLICY)
    throw badRequest('Creation is restricted via API for Primary Customer Profiles')
  const bundle: TrustBundle = {
    sid: nextSid(state, 'BU'),
    accountSid,
    kind,
    policySid: policy.sid,
    friendlyName: required(form, 'FriendlyName'),
    email: required(form, 'Email'),
    statusCallback: form.get('StatusCallback') || null,
    entities: [],
    channelEndpoints: [],
    evaluations: [],
    createdAt: now,
    updatedAt: now,
  }
  state.trustBundles.push(bundle)
  return bundle
}

function policyOf(form: URLSearchParams): Policy {
  const policy = POLICIES.find(({sid}) => sid === form.get('PolicySid'))
  if (!policy) throw invalidParameter('PolicySid is not one of a policy that the sandbox has')
  return policy
}

function update(bundle: TrustBundle, {state, form, now}: Context): void {
  const status = form.get('Status')
  if (status !== null) {
    if (status !== 'pending-review' && status !== 'draft') throw invalidParameter('Status is pending-review or draft')
    requireEditable(bundle, now)
    if (status === 'draft') delete bundle.review
    else {
      const policy = POLICIES.find(({sid}) => sid === bundle.policySid)
      if (policy && !evaluate(state, bundle, policy).every(isMet))
        throw badRequest('The bundle does not comply with its policy: evaluate it')
      bundle.review = {askedAt: now, problems: bundleProblems(state, bundle)}
    }
  }
  bundle.friendlyName = form.get('FriendlyName') || bundle.friendlyName
  bundle.email = form.get('Email') || bundle.email
  bundle.statusCallback = form.get('StatusCallback') || bundle.statusCallback
  bundle.updatedAt = now
}

function remove(bundle: TrustBundle, {state, now}: Context): void {
  requireEditable(bundle, now)
  state.trustBundles = state.trustBundles.filter((each) => each !== bundle)
}

function requireEditable(bundle: TrustBundle, now: number): void {
  const {status} = bundleStatus(bundle, now)
  if (status !== 'draft' && status !== 'twilio-rejected')
    throw conflict(`The bundle is ${status}: it cannot be changed`)
}

/** What the account has itself, and the main account's profile, which vouches for those of subaccounts. */
function assign(bundle: TrustBundle, context: Context): Assignment {
  const {state, form, now, caller} = context
  requireEditable(bundle, now)
  const objectSid = required(form, 'ObjectSid')
  const known = [
    ...ownedByCaller(context, [...state.trustItems, ...state.trustBundles]),
    ...state.trustBundles.filter(({accountSid}) => accountSid === caller.account.ownerAccountSid),
  ]
  if (!known.some(({sid}) => sid === objectSid)) throw notFound(objectSid)
  if (bundle.entities.some((each) => each.objectSid === objectSid)) throw conflict('It is assigned already')
  const assignment = {sid: nextSid(state, 'BV'), objectSid, createdAt: now}
  bundle.entities.push(assignment)
  return assignment
}

function assignEndpoint(bundle: TrustBundle, context: Context): TrustBundle['channelEndpoints'][number] {
  const {state, form, now} = context
  const type = required(form, 'ChannelEndpointType')
  const objectSid = required(form, 'ChannelEndpointSid')
  if (!ownedByCaller(context, state.incomingNumbers).some(({sid}) => sid === objectSid)) throw notFound(objectSid)
  if (bundle.channelEndpoints.some((each) => each.objectSid === objectSid)) throw conflict('It is assigned already')
  const assignment = {sid: nextSid(state, 'RA'), objectSid, type, createdAt: now}
  bundle.channelEndpoints.push(assignment)
  return assignment
}

function evaluateNow(bundle: TrustBundle, {state, form, now}: Context): Evaluation {
  const policy = policyOf(form)
  const results = evaluate(state, bundle, policy)
  const evaluation = {sid: nextSid(state, 'EL'), createdAt: now, policySid: policy.sid, results}
  bundle.evaluations.push(evaluation)
  return evaluation
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (!value) throw invalidParameter(`${name} is needed`)
  return value
}

function common(
  {path, property}: Kind,
  bundle: TrustBundle,
  {sid, createdAt}: {readonly sid: string; readonly createdAt: number},
  name: string,
) {
  return {
    sid,
    account_sid: bundle.accountSid,
    [property]: bundle.sid,
    date_created: iso8601(createdAt),
    url: `https://trusthub.twilio.com${path}/${bundle.sid}/${name}/${sid}`,
  }
}

function render({path, links}: Kind, bundle: TrustBundle, now: number): unknown {
  const {status, since} = bundleStatus(bundle, now)
  const url = `https://trusthub.twilio.com${path}/${bundle.sid}`
  const problems = status === 'twilio-rejected' ? (bundle.review?.problems ?? []) : []
  return {
    sid: bundle.sid,
    account_sid: bundle.accountSid,
    policy_sid: bundle.policySid,
    friendly_name: bundle.friendlyName,
    status,
    valid_until: null,
    email: bundle.email,
    status_callback: bundle.statusCallback,
    date_created: iso8601(bundle.createdAt),
    date_updated: iso8601(Math.max(bundle.updatedAt, since)),
    errors: problems.length > 0 ? problems.map(({code}) => ({code})) : null,
    url,
    links: {
      [`${links}_entity_assignments`]: `${url}/EntityAssignments`,
      [`${links}_evaluations`]: `${url}/Evaluations`,
      [`${links}_channel_endpoint_assignment`]: `${url}/ChannelEndpointAssignments`,
    },
  }
}
