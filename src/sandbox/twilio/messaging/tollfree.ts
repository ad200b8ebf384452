import type {Context} from '../../http/context.js'
import {conflict, invalidParameter} from '../../http/errors.js'
import {iso8601} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {TollfreeVerification} from '../../state/types/registrations.js'
import {rangeOf} from '../../world/number-ranges.js'
import {tollfreeStatus} from '../../world/registrations.js'
import {rejectionsIn} from '../../world/test-values.js'
import {findInPath, ownedByCaller} from '../shared/find.js'
import {callerResource} from '../shared/resource.js'

const VERIFICATIONS = '/v1/Tollfree/Verifications'
const EDITABLE_MS = 7 * 86_400_000

export const tollfreeRoutes: readonly Route[] = [
  ...callerResource<TollfreeVerification>('messaging', VERIFICATIONS, {
    key: 'verifications',
    all: ({tollfreeVerifications}) => tollfreeVerifications,
    filters: {
      TollfreePhoneNumberSid: ({numberSid}) => numberSid,
      Status: (verification, {now}) => tollfreeStatus(verification, now).status,
      ExternalReferenceId: ({fields}) => String(fields.external_reference_id ?? ''),
      // They are made with a customer profile here, or with neither.
      TrustProductSid: () => null,
    },
    includesSubaccounts: 'IncludeSubAccounts',
    create,
    remove: (verification, {state}) =>
      void (state.tollfreeVerifications = state.tollfreeVerifications.filter((each) => each !== verification)),
    render,
  }),
  {product: 'messaging', method: 'POST', path: `${VERIFICATIONS}/{Sid}`, handle: update},
]

const LISTS = ['UseCaseCategories', 'OptInImageUrls', 'OptInKeywords']
const REQUIRED = [
  'BusinessName',
  'BusinessWebsite',
  'NotificationEmail',
  'UseCaseCategories',
  'UseCaseSummary',
  'ProductionMessageSample',
  'OptInImageUrls',
  'OptInType',
  'MessageVolume',
]
const OPTIONAL = [
  'CustomerProfileSid',
  'BusinessStreetAddress',
  'BusinessStreetAddress2',
  'BusinessCity',
  'BusinessStateProvinceRegion',
  'BusinessPostalCode',
  'BusinessCountry',
  'AdditionalInformation',
  'BusinessContactFirstName',
  'BusinessContactLastName',
  'BusinessContactEmail',
  'BusinessContactPhone',
  'ExternalReferenceId',
  'BusinessRegistrationNumber',
  'BusinessRegistrationAuthority',
  'BusinessRegistrationCountry',
  'BusinessType',
  'BusinessRegistrationPhoneNumber',
  'DoingBusinessAs',
  'OptInConfirmationMessage',
  'HelpMessageSample',
  'PrivacyPolicyUrl',
  'TermsAndConditionsUrl',
  'OptInKeywords',
]
const ALL = [...REQUIRED, ...OPTIONAL]

function create(context: Context, {sid: accountSid}: Account): TollfreeVerification {
  const {state, form, now} = context
  const numberSid = form.get('TollfreePhoneNumberSid') ?? ''
  const number = ownedByCaller(context, state.incomingNumbers).find(({sid}) => sid === numberSid)
  if (!number || rangeOf(number.phoneNumber)?.type !== 'TollFree')
    throw invalidParameter("TollfreePhoneNumberSid is not a toll-free number of this account's")
  const missing = REQUIRED.find((name) => !form.get(name))
  if (missing !== undefined) throw invalidParameter(`${missing} is needed`)
  if (state.tollfreeVerifications.some((each) => each.numberSid === numberSid))
    throw conflict('There is a verification of this number already')
  const fields = readFields(form)
  const verification: TollfreeVerification = {
    sid: nextSid(state, 'HH'),
    accountSid,
    numberSid,
    fields,
    review: {askedAt: now, problems: rejectionsIn('tollfree', fields)},
    createdAt: now,
    updatedAt: now,
  }
  state.tollfreeVerifications.push(verification)
  return verification
}

function update(context: Context) {
  const {state, form, now} = context
  const verification = findInPath(context, ownedByCaller(context, state.tollfreeVerifications), 'Sid')
  const {status, since} = tollfreeStatus(verification, now)
  if (status !== 'TWILIO_REJECTED' || now > since + EDITABLE_MS) throw conflict('The verification cannot be edited')
  verification.fields = {...verification.fields, ...readFields(form)}
  verification.review = {askedAt: now, problems: rejectionsIn('tollfree', verification.fields)}
  verification.updatedAt = now
  return json(202, render(verification, context))
}

function readFields(form: URLSearchParams): TollfreeVerification['fields'] {
  return Object.fromEntries(
    ALL.filter((name) => form.has(name)).map((name) => [
      propertyOf(name),
      LISTS.includes(name) ? form.getAll(name) : form.get(name),
    ]),
  )
}

function propertyOf(parameter: string): string {
  return parameter.replaceAll(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}

function render(verification: TollfreeVerification, {state, now}: Context): unknown {
  const {status, since} = tollfreeStatus(verification, now)
  const problems = status === 'TWILIO_REJECTED' ? verification.review.problems : []
  const [first] = problems
  const sentence = ({field}: {field: string}) => `The ${field.replaceAll('_', ' ')} does not meet the requirements.`
  const number = state.incomingNumbers.find(({sid}) => sid === verification.numberSid)
  return {
    ...Object.fromEntries(ALL.map((name) => [propertyOf(name), null])),
    ...verification.fields,
    sid: verification.sid,
    account_sid: verification.accountSid,
    trust_product_sid: null,
    regulated_item_sid: null,
    tollfree_phone_number_sid: verification.numberSid,
    tollfree_phone_number: number?.phoneNumber ?? null,
    status,
    rejection_reason: first ? sentence(first) : null,
    error_code: first ? first.code : null,
    rejection_reasons: problems.length > 0 ? problems.map((each) => ({code: each.code, reason: sentence(each)})) : null,
    edit_allowed: first ? now <= since + EDITABLE_MS : null,
    edit_expiration: first ? iso8601(since + EDITABLE_MS) : null,
    age_gated_content: false,
    vetting_id: null,
    vetting_id_expiration: null,
    vetting_provider: null,
    resource_links: {},
    date_created: iso8601(verification.createdAt),
    date_updated: iso8601(Math.max(verification.updatedAt, since)),
    url: `https://messaging.twilio.com${VERIFICATIONS}/${verification.sid}`,
  }
}
