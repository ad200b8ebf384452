import type {Context} from '../../http/context.js'
import {ApiError, invalidParameter, notEmulated} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {IncomingNumber} from '../../state/types/numbers.js'
import type {MessagingService} from '../../state/types/registrations.js'
import {campaignStatus, numbersOf, serviceOf} from '../../world/registrations.js'
import {ownedByCaller} from '../shared/find.js'
import {callerResource, nestedResource} from '../shared/resource.js'
import {defaultSettings, readSettings, type Setting} from '../shared/settings.js'

const SERVICES = '/v1/Services'

const SETTINGS: readonly Setting[] = [
  ['InboundRequestUrl', 'inbound_request_url', 'url', null],
  ['InboundMethod', 'inbound_method', 'method', 'POST'],
  ['FallbackUrl', 'fallback_url', 'url', null],
  ['FallbackMethod', 'fallback_method', 'method', 'POST'],
  ['StatusCallback', 'status_callback', 'url', null],
  ['Usecase', 'usecase', 'text', 'undeclared'],
  ['UseInboundWebhookOnNumber', 'use_inbound_webhook_on_number', 'flag', false],
]

export const messagingServiceRoutes: readonly Route[] = [
  // They stand where the SID of a service does.
  {product: 'messaging', method: 'GET', path: `${SERVICES}/Usecases`, handle: notEmulated},
  {product: 'messaging', method: 'POST', path: `${SERVICES}/PreregisteredUsa2p`, handle: notEmulated},
  ...callerResource<MessagingService>('messaging', SERVICES, {
    key: 'services',
    all: ({messagingServices}) => messagingServices,
    create,
    update,
    remove: (service, {state}) => {
      state.messagingServices = state.messagingServices.filter((each) => each !== service)
      state.campaigns = state.campaigns.filter(({messagingServiceSid}) => messagingServiceSid !== service.sid)
    },
    render,
  }),
  ...nestedResource<MessagingService, Member>('messaging', {
    parent: {path: SERVICES, parameter: 'ServiceSid', all: ({messagingServices}) => messagingServices},
    name: 'PhoneNumbers',
    key: 'phone_numbers',
    all: membersOf,
    create: add,
    remove: ({sid}, service) =>
      void (service.phoneNumbers = service.phoneNumbers.filter(({numberSid}) => numberSid !== sid)),
    render: renderMember,
  }),
]

/** A number in a service, under the SID that it has anyway. */
interface Member {
  readonly sid: string
  readonly number: IncomingNumber
  readonly createdAt: number
}

function membersOf(service: MessagingService, {state}: Context): Member[] {
  return numbersOf(state, service).map((number) => {
    const since = service.phoneNumbers.find(({numberSid}) => numberSid === number.sid)?.createdAt
    return {sid: number.sid, number, createdAt: since ?? number.createdAt}
  })
}

function create({state, form, now}: Context, {sid: accountSid}: Account): MessagingService {
  const friendlyName = form.get('FriendlyName')
  if (!friendlyName || friendlyName.length > 64) throw invalidParameter('FriendlyName has 1 to 64 characters')
  const service: MessagingService = {
    sid: nextSid(state, 'MG'),
    accountSid,
    friendlyName,
    settings: {...defaultSettings(SETTINGS), ...readSettings(SETTINGS, form)},
    phoneNumbers: [],
    createdAt: now,
    updatedAt: now,
  }
  state.messagingServices.push(service)
  return service
}

function update(service: MessagingService, {form, now}: Context): void {
  Object.assign(service.settings, readSettings(SETTINGS, form))
  service.friendlyName = form.get('FriendlyName') || service.friendlyName
  service.updatedAt = now
}

function add(service: MessagingService, context: Context): Member {
  const {state, form, now} = context
  const number = ownedByCaller(context, state.incomingNumbers).find(({sid}) => sid === form.get('PhoneNumberSid'))
  if (!number) throw new ApiError(404, 21717, 'There is no such phone number in this account')
  const current = serviceOf(state, number)
  if (current === service)
    throw new ApiError(409, 21710, 'Phone Number or Short Code is already in the Messaging Service')
  if (current) throw new ApiError(409, 21712, 'Phone Number or Short Code is already in another Messaging Service')
  service.phoneNumbers.push({numberSid: number.sid, createdAt: now})
  return {sid: number.sid, number, createdAt: now}
}

function render(service: MessagingService, {state, now}: Context): unknown {
  const url = `https://messaging.twilio.com${SERVICES}/${service.sid}`
  const campaign = state.campaigns.find(({messagingServiceSid}) => messagingServiceSid === service.sid)
  return {
    sid: service.sid,
    account_sid: service.accountSid,
    friendly_name: service.friendlyName,
    ...service.settings,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    scan_message_content: 'inherit',
    fallback_to_long_code: true,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: 36_000,
    us_app_to_person_registered: campaign !== undefined && campaignStatus(campaign, now).status === 'VERIFIED',
    date_created: iso8601(service.createdAt),
    date_updated: iso8601(service.updatedAt),
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      us_app_to_person: `${url}/Compliance/Usa2p`,
      us_app_to_person_usecases: `${url}/Compliance/Usa2p/Usecases`,
    },
  }
}

function renderMember({sid, number, createdAt}: Member, service: MessagingService): unknown {
  const {voice, sms, mms} = number.capabilities
  return {
    sid,
    account_sid: service.accountSid,
    service_sid: service.sid,
    phone_number: number.phoneNumber,
    country_code: number.isoCountry,
    capabilities: [...(mms ? ['MMS'] : []), ...(sms ? ['SMS'] : []), ...(voice ? ['Voice'] : [])],
    date_created: iso8601(createdAt),
    date_updated: iso8601(createdAt),
    url: `https://messaging.twilio.com${SERVICES}/${service.sid}/PhoneNumbers/${sid}`,
  }
}
