import type {Shape} from '../shape.js'

/**
 * Every operation that is used, with the fields that are read of its answers, once for all of them: what is not here is not sent,
 * and an answer in another form is not believed. test/lib/twilio/operations.test.ts compares it with Twilio's OpenAPI documents.
 */

export interface Resource {
  readonly shape: Shape
  /** In an answer to GET a list under this name; without it, one resource. */
  readonly list?: string
  /** Whether the last part of the path names the resource that is answered. */
  readonly isNamed?: boolean
}

/** `{AC}`: a SID that begins so. `{}`: any text. */
type Operations = Readonly<Record<string, Resource>>

/** A list and what is in it; resources are created by POST to the list. */
function collection(path: string, list: string, shape: Shape, name?: string): Operations {
  const dot = path.startsWith('/2010') ? '.json' : ''
  return {
    [`${path}${dot}`]: {shape, list},
    ...(name !== undefined && {[`${path}/${name}${dot}`]: {shape, isNamed: true}}),
  }
}

const account = {
  sid: 'sid',
  friendly_name: 'string',
  status: 'text',
  type: 'text',
  owner_account_sid: 'sid',
  auth_token: 'string?',
  date_created: 'date',
} as const satisfies Shape

const webhooks = {
  voice_url: 'string?',
  voice_method: 'string?',
  voice_fallback_url: 'string?',
  voice_fallback_method: 'string?',
  voice_application_sid: 'string?',
  trunk_sid: 'string?',
  sms_url: 'string?',
  sms_method: 'string?',
  sms_fallback_url: 'string?',
  sms_fallback_method: 'string?',
  sms_application_sid: 'string?',
  status_callback: 'string?',
  status_callback_method: 'string?',
} as const satisfies Shape

const incomingNumber = {
  sid: 'sid',
  account_sid: 'sid',
  phone_number: 'text',
  capabilities: 'object?',
  date_created: 'date',
  ...webhooks,
} as const satisfies Shape

const availableNumber = {
  phone_number: 'text',
  friendly_name: 'string?',
  locality: 'string?',
  region: 'string?',
  capabilities: 'object?',
} as const satisfies Shape

const message = {
  sid: 'sid',
  to: 'string?',
  from: 'string?',
  body: 'string?',
  status: 'text',
  num_segments: 'amount',
  error_code: 'amount?',
  error_message: 'string?',
} as const satisfies Shape

const call = {sid: 'sid', to: 'string?', from: 'string?', status: 'text', duration: 'amount?'} as const satisfies Shape

const address = {
  sid: 'sid',
  customer_name: 'string?',
  street: 'string?',
  street_secondary: 'string?',
  city: 'string?',
  region: 'string?',
  postal_code: 'string?',
  iso_country: 'string?',
  date_created: 'date?',
} as const satisfies Shape

const usageRecord = {
  usage: 'amount?',
  price: 'amount?',
  price_unit: 'string?',
  as_of: 'string?',
  start_date: 'date',
  end_date: 'date',
} as const satisfies Shape

const usageTrigger = {
  sid: 'sid',
  friendly_name: 'string?',
  usage_category: 'text',
  trigger_value: 'amount',
  callback_url: 'string?',
  date_created: 'date',
  date_fired: 'string?',
} as const satisfies Shape

const named = {sid: 'sid', unique_name: 'string?'} as const satisfies Shape

const mapItem = {key: 'text', data: 'object', revision: 'text', date_updated: 'date'} as const satisfies Shape

const profile = {
  sid: 'sid',
  status: 'text',
  eid: 'string?',
  sim_sid: 'string?',
  iccid: 'string?',
  activation_code: 'string?',
  error_message: 'string?',
  date_created: 'date',
} as const satisfies Shape

const command = {
  sid: 'sid',
  sim_sid: 'sid',
  direction: 'text',
  status: 'text',
  date_created: 'date',
} as const satisfies Shape

const simCard = {...named, iccid: 'string', status: 'text'} as const satisfies Shape

const trustBundle = {
  sid: 'sid',
  policy_sid: 'sid',
  friendly_name: 'string?',
  status: 'text',
  date_created: 'date',
  date_updated: 'date',
} as const satisfies Shape

const assignment = {sid: 'sid', object_sid: 'sid'} as const satisfies Shape

const trustItem = {sid: 'sid', friendly_name: 'string?', type: 'text'} as const satisfies Shape

const brand = {
  sid: 'sid',
  customer_profile_bundle_sid: 'string?',
  status: 'text',
  date_created: 'date',
  date_updated: 'date',
} as const satisfies Shape

const campaign = {
  sid: 'sid',
  brand_registration_sid: 'string?',
  campaign_status: 'text',
  date_created: 'date',
  date_updated: 'date',
} as const satisfies Shape

const tollfreeVerification = {
  sid: 'sid',
  status: 'text',
  date_created: 'date',
  date_updated: 'date',
} as const satisfies Shape

const v2010 = '/2010-04-01/Accounts'
const inAccount = `${v2010}/{AC}`
const numbersForSale = `${inAccount}/AvailablePhoneNumbers/{}`
/** Links to pages may name the service and the Map by their SIDs. */
const maps = '/v1/Services/{}/Maps'

/** By product, the first label of the host. */
export const operations: Readonly<Record<string, Operations>> = {
  api: {
    ...collection(v2010, 'accounts', account, '{AC}'),
    ...collection(`${inAccount}/IncomingPhoneNumbers`, 'incoming_phone_numbers', incomingNumber, '{PN}'),
    ...collection(`${numbersForSale}/Local`, 'available_phone_numbers', availableNumber),
    ...collection(`${numbersForSale}/Mobile`, 'available_phone_numbers', availableNumber),
    ...collection(`${numbersForSale}/TollFree`, 'available_phone_numbers', availableNumber),
    ...collection(`${inAccount}/Messages`, 'messages', message, '{}'),
    ...collection(`${inAccount}/Calls`, 'calls', call, '{CA}'),
    ...collection(`${inAccount}/Addresses`, 'addresses', address, '{AD}'),
    ...collection(`${inAccount}/Usage/Records`, 'usage_records', usageRecord),
    ...collection(`${inAccount}/Usage/Records/Daily`, 'usage_records', usageRecord),
    ...collection(`${inAccount}/Usage/Records/ThisMonth`, 'usage_records', usageRecord),
    ...collection(`${inAccount}/Usage/Records/LastMonth`, 'usage_records', usageRecord),
    ...collection(`${inAccount}/Usage/Triggers`, 'usage_triggers', usageTrigger, '{UT}'),
  },
  accounts: {
    '/v1/AuthTokens/Secondary': {shape: {secondary_auth_token: 'text'}},
    '/v1/AuthTokens/Promote': {shape: {}},
  },
  messaging: {
    ...collection('/v1/Services', 'services', {sid: 'sid', friendly_name: 'string?'}, '{MG}'),
    ...collection('/v1/Services/{MG}/PhoneNumbers', 'phone_numbers', {sid: 'sid'}, '{PN}'),
    ...collection('/v1/Services/{MG}/Compliance/Usa2p', 'compliance', campaign, '{QE}'),
    ...collection('/v1/a2p/BrandRegistrations', 'data', brand, '{BN}'),
    ...collection('/v1/Tollfree/Verifications', 'verifications', tollfreeVerification, '{HH}'),
  },
  numbers: {
    ...collection('/v2/RegulatoryCompliance/Bundles', 'results', {sid: 'sid', friendly_name: 'string?'}),
    '/v2/RegulatoryCompliance/Bundles/{BU}/Clones': {shape: {bundle_sid: 'sid'}},
  },
  pricing: {
    '/v1/PhoneNumbers/Countries/{}': {
      shape: {price_unit: 'text', phone_number_prices: [{number_type: 'string?', current_price: 'amount?'}]},
    },
  },
  trusthub: {
    ...collection('/v1/CustomerProfiles', 'results', trustBundle, '{BU}'),
    ...collection('/v1/CustomerProfiles/{BU}/EntityAssignments', 'results', assignment),
    ...collection('/v1/CustomerProfiles/{BU}/Evaluations', 'results', {status: 'text'}),
    ...collection('/v1/TrustProducts', 'results', trustBundle, '{BU}'),
    ...collection('/v1/TrustProducts/{BU}/EntityAssignments', 'results', assignment),
    ...collection('/v1/TrustProducts/{BU}/Evaluations', 'results', {status: 'text'}),
    '/v1/Policies/{RN}': {shape: {sid: 'sid', requirements: 'object?'}, isNamed: true},
    ...collection('/v1/EndUsers', 'results', trustItem, '{IT}'),
    ...collection('/v1/SupportingDocuments', 'results', trustItem, '{RD}'),
  },
  sync: {
    '/v1/Services/default': {shape: {}},
    ...collection(maps, 'maps', named, '{}'),
    ...collection(`${maps}/{}/Items`, 'items', mapItem, '{}'),
  },
  supersim: {
    ...collection('/v1/Sims', 'sims', {...simCard, fleet_sid: 'string?'}, '{}'),
    ...collection('/v1/Fleets', 'fleets', named),
    ...collection('/v1/NetworkAccessProfiles', 'network_access_profiles', named),
    ...collection('/v1/Networks', 'networks', {sid: 'sid'}),
    ...collection('/v1/ESimProfiles', 'esim_profiles', profile),
    ...collection('/v1/SmsCommands', 'sms_commands', {...command, payload: 'string'}, '{HC}'),
    ...collection('/v1/IpCommands', 'ip_commands', {...command, payload: 'string', payload_type: 'text'}, '{HG}'),
  },
  wireless: {
    ...collection('/v1/Sims', 'sims', {...simCard, rate_plan_sid: 'string?'}, '{}'),
    ...collection('/v1/RatePlans', 'rate_plans', named),
    ...collection('/v1/Commands', 'commands', {...command, command: 'string', command_mode: 'text'}, '{DC}'),
  },
}
