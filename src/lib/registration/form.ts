import {usage} from '../errors.js'
import type {NewCampaign} from '../twilio/registering.js'
import type {Address} from '../twilio/regulation.js'
import type {NewVerification} from '../twilio/toll-free.js'
import {FormReader, optionally, type Section} from './form-reader.js'
import {type AskedFields, builtIn} from './policy.js'

/** What a registration says of a business, who speaks for it, and what it sends: registration.yaml. */
export interface RegistrationForm {
  /** Twilio's attributes of a business, of its representative, and of what it has for messages to the US. */
  readonly business: Readonly<Record<string, string>>
  readonly representative: Readonly<Record<string, string>>
  readonly a2p: Readonly<Record<string, string>>
  readonly address: Address
  /** Who hears from Twilio of reviews. */
  readonly email: string
  readonly secondaryVetting: boolean
  /** What a local number sends. */
  readonly campaign?: NewCampaign
  /** What the verification of a toll-free number says. */
  readonly tollFree?: NewVerification
}

/**
 * A registration as it is in the file. Every value is a text there: a postal code 02108 is no number.
 * @throws {Failure} `usage` with everything that is missing or wrong
 */
export function readForm(file: string, parsed: unknown, asked = builtIn.asked): RegistrationForm {
  const {form, problems} = examine(parsed, asked)
  if (problems.length === 0) return form
  throw usage(
    'REGISTRATION_FILE_INVALID',
    `${file} is not a complete registration: ${problems.join('; ')}.`,
    'See docs/registrations.md for all of its fields.',
  )
}

/** What is missing or wrong, each beginning with its field, e.g. `business.name is missing`. */
export function formProblems(parsed: unknown, asked = builtIn.asked): readonly string[] {
  return examine(parsed, asked).problems
}

const identifiers = ['EIN', 'DUNS', 'CBN', 'CN', 'ACN', 'CIN', 'VAT', 'VATRN', 'RN', 'Other']

interface Field {
  /** What it is called in the file. */
  readonly key: string
  readonly among?: readonly string[]
  readonly standard?: string
}

/** By Twilio's names; what is not here has the same name in the file. */
const businessFields: Readonly<Record<string, Field>> = {
  business_name: {key: 'name'},
  business_identity: {
    key: 'identity',
    among: ['direct_customer', 'isv_reseller_or_partner', 'unknown'],
    standard: 'direct_customer',
  },
  business_type: {key: 'type'},
  business_industry: {key: 'industry'},
  business_registration_identifier: {key: 'registration_identifier', among: identifiers, standard: 'EIN'},
  business_registration_number: {key: 'registration_number'},
  business_regions_of_operation: {key: 'regions_of_operation'},
  website_url: {key: 'website'},
}

const representativeFields: Readonly<Record<string, Field>> = Object.fromEntries(
  builtIn.asked.representative.map((key) => [key, {key}]),
)

/** The field of the file that is meant by Twilio's name of it. */
export function fileField(part: keyof AskedFields, name: string): string {
  return part === 'representative' ? `representative.${name}` : `business.${businessFields[name]?.key ?? name}`
}

/** All that is asked for, and what else is known and given. */
function attributesOf(
  section: Section,
  asked: readonly string[],
  known: Readonly<Record<string, Field>> = {},
): Readonly<Record<string, string>> {
  const names = [...new Set([...Object.keys(known), ...asked])]
  return Object.fromEntries(
    names.flatMap((name) => {
      const {key, among, standard}: Field = known[name] ?? {key: name}
      const given = () => (asked.includes(name) ? section.text(key) : section.optional(key))
      const value = among ? section.oneOf(key, among, standard) : given()
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function examine(
  parsed: unknown,
  asked: AskedFields,
): {readonly form: RegistrationForm; readonly problems: readonly string[]} {
  const reader = new FormReader(parsed)
  const [business, representative, address] = ['business', 'representative', 'address'].map((name) =>
    reader.section(name),
  ) as [Section, Section, Section]
  const companyType = business.oneOf('company_type', ['private', 'public', 'non-profit', 'government'], 'private')
  const stockFields = ['stock_exchange', 'stock_ticker']
  const stock = attributesOf(
    business,
    companyType === 'public' ? stockFields : [],
    Object.fromEntries(stockFields.map((key) => [key, {key}])),
  )
  const brandEmail = business.optional('brand_contact_email')
  const email = business.optional('notification_email') ?? representative.text('email')
  const form = {
    business: {
      ...attributesOf(business, asked.business, businessFields),
      ...optionally('social_media_profile_urls', business.optional('social_media')),
    },
    representative: attributesOf(representative, asked.representative, representativeFields),
    a2p: {
      ...attributesOf(
        business,
        asked.a2p.filter((name) => name !== 'company_type'),
      ),
      company_type: companyType,
      ...(companyType === 'public' && stock),
      ...optionally('brand_contact_email', brandEmail),
    },
    address: {
      customerName: business.optional('name') ?? '',
      street: address.text('street'),
      streetSecondary: address.optional('street_secondary') ?? '',
      city: address.text('city'),
      region: address.text('region'),
      postalCode: address.text('postal_code'),
      isoCountry: address.text('country', {least: 2, most: 2}).toUpperCase(),
    },
    email,
    secondaryVetting: business.flag('secondary_vetting'),
  }
  const [campaign, tollFree] = [reader.optionalSection('campaign'), reader.optionalSection('toll_free')]
  if (!campaign && !tollFree) reader.problems.push('campaign is missing (toll_free, for a toll-free number)')
  const whole: RegistrationForm = {
    ...form,
    ...(campaign && {campaign: campaignOf(campaign)}),
    ...(tollFree && {tollFree: verificationOf(tollFree, form)}),
  }
  reader.refuseUnknown()
  return {form: whole, problems: [...new Set(reader.problems)]}
}

/** What a toll-free verification calls the kinds of registration numbers. */
const authorities: Readonly<Record<string, NewVerification['businessRegistrationAuthority']>> = {
  EIN: 'EIN',
  CBN: 'CBN',
  CN: 'CRN',
  ACN: 'ACN',
  VAT: 'VAT',
  VATRN: 'VAT',
}

const businessTypes = {
  private: 'PRIVATE_PROFIT',
  public: 'PUBLIC_PROFIT',
  'non-profit': 'NON_PROFIT',
  government: 'GOVERNMENT',
} as const

const optInTypes = ['WEB_FORM', 'PAPER_FORM', 'VERBAL', 'VIA_TEXT', 'MOBILE_QR_CODE'] as const

const volumes = [
  '10',
  '100',
  '1,000',
  '10,000',
  '100,000',
  '250,000',
  '500,000',
  '750,000',
  '1,000,000',
  '5,000,000',
  '10,000,000+',
]

/** The limits are those of Twilio's documentation (https://www.twilio.com/docs/messaging/api/tollfree-verification-resource). */
function verificationOf(
  section: Section,
  {business, representative, a2p, address, email}: Omit<RegistrationForm, 'campaign' | 'tollFree'>,
): NewVerification {
  const optInKeywords = section.texts('opt_in_keywords')
  return {
    businessName: business.business_name ?? '',
    businessWebsite: business.website_url ?? '',
    businessStreetAddress: address.street,
    ...optionally('businessStreetAddress2', address.streetSecondary || undefined),
    businessCity: address.city,
    businessStateProvinceRegion: address.region,
    businessPostalCode: address.postalCode,
    businessCountry: address.isoCountry,
    businessRegistrationNumber: business.business_registration_number ?? '',
    businessRegistrationAuthority: authorities[business.business_registration_identifier ?? ''] ?? 'OTHER',
    businessRegistrationCountry: address.isoCountry,
    businessType: businessTypes[a2p.company_type as keyof typeof businessTypes],
    businessContactFirstName: representative.first_name ?? '',
    businessContactLastName: representative.last_name ?? '',
    businessContactEmail: representative.email ?? '',
    businessContactPhone: representative.phone_number ?? '',
    notificationEmail: email,
    useCaseCategories: section.someTexts('use_case_categories'),
    useCaseSummary: section.text('use_case_summary', {most: 500}),
    productionMessageSample: section.text('sample', {most: 1000}),
    optInType: section.oneOf('opt_in_type', optInTypes) as NewVerification['optInType'],
    optInImageUrls: section.someTexts('opt_in_image_urls'),
    messageVolume: section.oneOf('message_volume', volumes),
    ...optionally('additionalInformation', section.optional('additional_information')),
    ...optionally('doingBusinessAs', section.optional('doing_business_as')),
    ...optionally('optInConfirmationMessage', section.optional('opt_in_message')),
    ...(optInKeywords && {optInKeywords}),
    ...optionally('privacyPolicyUrl', section.optional('privacy_policy')),
    ...optionally('termsAndConditionsUrl', section.optional('terms')),
  }
}

/** The limits are those of Twilio's documentation (https://www.twilio.com/docs/messaging/api/usapptoperson-resource). */
function campaignOf(campaign: Section): NewCampaign {
  const samples = campaign.texts('samples') ?? []
  if (samples.length < 2 || samples.length > 5) campaign.problem('samples', 'must be two to five messages')
  else if (!samples.every((sample) => sample.length >= 20 && sample.length <= 1024))
    campaign.problem('samples', 'must each have 20 to 1024 characters')
  const optInKeywords = campaign.texts('opt_in_keywords')
  return {
    usAppToPersonUsecase: campaign.text('use_case'),
    description: campaign.text('description', {least: 40}),
    messageFlow: campaign.text('message_flow', {least: 40, most: 2048}),
    messageSamples: samples,
    hasEmbeddedLinks: campaign.flag('embedded_links'),
    hasEmbeddedPhone: campaign.flag('embedded_phone'),
    ageGated: campaign.flag('age_gated'),
    directLending: campaign.flag('direct_lending'),
    ...optionally('optInMessage', campaign.optional('opt_in_message')),
    ...(optInKeywords && {optInKeywords}),
    ...optionally('privacyPolicyUrl', campaign.optional('privacy_policy')),
    ...optionally('termsAndConditionsUrl', campaign.optional('terms')),
  }
}
