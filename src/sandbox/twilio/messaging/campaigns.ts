import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Campaign, MessagingService} from '../../state/types/registrations.js'
import {endCampaigns} from '../../world/registration-fees.js'
import {brandStatus, campaignStatus} from '../../world/registrations.js'
import {rejectionsIn} from '../../world/test-values.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {nestedResource} from '../shared/resource.js'

const SERVICES = '/v1/Services'

export const campaignRoutes: readonly Route[] = [
  {
    product: 'messaging',
    method: 'GET',
    path: `${SERVICES}/{MessagingServiceSid}/Compliance/Usa2p/Usecases`,
    handle: listUsecases,
  },
  ...nestedResource<MessagingService, Campaign>('messaging', {
    parent: {path: SERVICES, parameter: 'MessagingServiceSid', all: ({messagingServices}) => messagingServices},
    name: 'Compliance/Usa2p',
    key: 'compliance',
    all: ({sid}, {state}) => state.campaigns.filter(({messagingServiceSid}) => messagingServiceSid === sid),
    create,
    update,
    remove: (campaign, _, {state, now}) => endCampaigns(state, now, (each) => each === campaign),
    render: (campaign, _, {now}) => render(campaign, now),
  }),
]

const USECASES: readonly (readonly [code: string, name: string, postApprovalRequired?: true])[] = [
  ['2FA', 'Two-Factor authentication (2FA)'],
  ['ACCOUNT_NOTIFICATION', 'Account Notification'],
  ['CUSTOMER_CARE', 'Customer Care'],
  ['DELIVERY_NOTIFICATION', 'Delivery Notification'],
  ['FRAUD_ALERT', 'Fraud Alert Messaging'],
  ['HIGHER_EDUCATION', 'Higher Education'],
  ['LOW_VOLUME', 'Low Volume Mixed'],
  ['MARKETING', 'Marketing'],
  ['MIXED', 'Mixed'],
  ['POLLING_VOTING', 'Polling and voting'],
  ['PUBLIC_SERVICE_ANNOUNCEMENT', 'Public Service Announcement'],
  ['SECURITY_ALERT', 'Security Alert'],
  ['CHARITY', 'Charity', true],
  ['EMERGENCY', 'Emergency', true],
]

function listUsecases(context: Context) {
  findInPath(context, ownedByCaller(context, context.state.messagingServices), 'MessagingServiceSid')
  return json(200, {
    us_app_to_person_usecases: USECASES.map(([code, name, postApprovalRequired = false]) => ({
      code,
      name,
      description: name,
      post_approval_required: postApprovalRequired,
    })),
  })
}

type Kind = 'text' | 'flag' | 'list'

/** The parameters of a campaign, and whether each is needed; those that can be changed come first. */
const CHANGEABLE: readonly (readonly [parameter: string, property: string, kind: Kind])[] = [
  ['Description', 'description', 'text'],
  ['MessageFlow', 'message_flow', 'text'],
  ['MessageSamples', 'message_samples', 'list'],
  ['HasEmbeddedLinks', 'has_embedded_links', 'flag'],
  ['HasEmbeddedPhone', 'has_embedded_phone', 'flag'],
  ['AgeGated', 'age_gated', 'flag'],
  ['DirectLending', 'direct_lending', 'flag'],
]
const ONCE: readonly (readonly [parameter: string, property: string, kind: Kind])[] = [
  ['OptInMessage', 'opt_in_message', 'text'],
  ['OptOutMessage', 'opt_out_message', 'text'],
  ['HelpMessage', 'help_message', 'text'],
  ['OptInKeywords', 'opt_in_keywords', 'list'],
  ['OptOutKeywords', 'opt_out_keywords', 'list'],
  ['HelpKeywords', 'help_keywords', 'list'],
  ['SubscriberOptIn', 'subscriber_opt_in', 'flag'],
]

function create(service: MessagingService, context: Context): Campaign {
  const {state, form, now} = context
  const brand = ownedByCaller(context, state.brands).find(({sid}) => sid === form.get('BrandRegistrationSid'))
  if (!brand) throw invalidParameter("BrandRegistrationSid is not one of this account's")
  if (brandStatus(brand, now).status !== 'APPROVED') throw invalidParameter('The brand is not approved')
  if (state.campaigns.some(({messagingServiceSid}) => messagingServiceSid === service.sid))
    throw conflict('The messaging service has a campaign already')
  const usecase = form.get('UsAppToPersonUsecase') ?? ''
  if (!USECASES.some(([code]) => code === usecase)) throw invalidParameter('UsAppToPersonUsecase is not a use case')
  const fields = readFields(form, [...CHANGEABLE, ...ONCE])
  check(fields)
  const campaign: Campaign = {
    sid: nextSid(state, 'QE'),
    accountSid: service.accountSid,
    messagingServiceSid: service.sid,
    brandSid: brand.sid,
    usecase,
    fields,
    mock: brand.mock,
    review: {askedAt: now, problems: rejectionsIn('campaign', fields)},
    createdAt: now,
    updatedAt: now,
  }
  state.campaigns.push(campaign)
  return campaign
}

function update(campaign: Campaign, _: MessagingService, {form, now}: Context): void {
  if (campaignStatus(campaign, now).status !== 'FAILED') throw conflict('Only a campaign that failed can be updated')
  const fields = {...campaign.fields, ...readFields(form, CHANGEABLE)}
  check(fields)
  campaign.fields = fields
  campaign.review = {askedAt: now, problems: rejectionsIn('campaign', fields)}
  campaign.updatedAt = now
}

function readFields(
  form: URLSearchParams,
  parameters: readonly (readonly [parameter: string, property: string, kind: Kind])[],
): Campaign['fields'] {
  const given = parameters.filter(([parameter]) => form.has(parameter))
  return Object.fromEntries(given.map(([parameter, property, kind]) => [property, readField(form, parameter, kind)]))
}

function readField(form: URLSearchParams, parameter: string, kind: Kind): Campaign['fields'][string] {
  if (kind === 'list') return form.getAll(parameter)
  const text = form.get(parameter) ?? ''
  return kind === 'flag' ? text.toLowerCase() === 'true' : text
}

function check({description = '', message_flow: flow = '', message_samples: samples = []}: Campaign['fields']): void {
  const within = (text: unknown, least: number, most: number) =>
    typeof text === 'string' && text.length >= least && text.length <= most
  if (!within(description, 40, 4096)) throw invalidParameter('Description has 40 to 4096 characters')
  if (!within(flow, 40, 2048)) throw invalidParameter('MessageFlow has 40 to 2048 characters')
  if (typeof samples !== 'object' || samples.length < 2 || samples.length > 5)
    throw invalidParameter('MessageSamples are two to five')
  if (!samples.every((sample) => within(sample, 20, 1024)))
    throw invalidParameter('Each of MessageSamples has 20 to 1024 characters')
}

function render(campaign: Campaign, now: number): unknown {
  const {status, since} = campaignStatus(campaign, now)
  const problems = status === 'FAILED' ? campaign.review.problems : []
  return {
    sid: campaign.sid,
    account_sid: campaign.accountSid,
    brand_registration_sid: campaign.brandSid,
    messaging_service_sid: campaign.messagingServiceSid,
    us_app_to_person_usecase: campaign.usecase,
    age_gated: false,
    direct_lending: false,
    subscriber_opt_in: false,
    opt_in_message: null,
    opt_out_message: null,
    help_message: null,
    opt_in_keywords: [],
    opt_out_keywords: [],
    help_keywords: [],
    ...campaign.fields,
    campaign_status: status,
    campaign_id: status === 'VERIFIED' ? `C${campaign.sid.slice(2, 8).toUpperCase()}` : null,
    is_externally_registered: false,
    rate_limits: null,
    mock: campaign.mock,
    errors: problems.map(({code, field}) => ({
      error_code: code,
      description: `The campaign submission has been reviewed, and it was rejected because of its ${field.replaceAll('_', ' ')}.`,
      fields: [field.toUpperCase()],
      url: `https://www.twilio.com/docs/api/errors/${code}`,
    })),
    date_created: iso8601(campaign.createdAt),
    date_updated: iso8601(Math.max(campaign.updatedAt, since)),
    url: `https://messaging.twilio.com${SERVICES}/${campaign.messagingServiceSid}/Compliance/Usa2p/${campaign.sid}`,
  }
}
