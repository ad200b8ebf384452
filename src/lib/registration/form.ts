import {usage} from '../errors.js'
import {isObject} from '../shape.js'
import type {NewCampaign} from '../twilio/registering.js'
import type {Address} from '../twilio/regulation.js'

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
  readonly campaign: NewCampaign
}

type Node = Readonly<Record<string, unknown>>

/** Collects everything that is wrong, so that a person mends it at once. */
class Reader {
  readonly problems: string[] = []

  constructor(private readonly root: unknown) {}

  section(name: string): Section {
    const value = isObject(this.root) ? this.root[name] : undefined
    if (!isObject(value)) this.problems.push(`${name} is missing`)
    return new Section(name, isObject(value) ? value : {}, this.problems)
  }
}

class Section {
  constructor(
    private readonly name: string,
    private readonly node: Node,
    private readonly problems: string[],
  ) {}

  text(key: string, {least = 1, most = 4096}: {least?: number; most?: number} = {}): string {
    const value = this.optional(key)
    if (value === undefined) this.problem(key, 'is missing')
    else if (value.length < least || value.length > most)
      this.problem(key, `must have ${least} to ${most} characters, not ${value.length}`)
    return value ?? ''
  }

  optional(key: string): string | undefined {
    const value = this.node[key]
    if (value === undefined || value === '') return undefined
    if (typeof value === 'string') return value.trim()
    this.problem(key, 'must be a text')
    return undefined
  }

  oneOf(key: string, allowed: readonly string[], standard?: string): string {
    const value = this.optional(key) ?? standard
    if (value === undefined) this.problem(key, `is missing: ${allowed.join(', ')}`)
    else if (!allowed.includes(value)) this.problem(key, `must be one of ${allowed.join(', ')}`)
    return value ?? ''
  }

  flag(key: string, standard = false): boolean {
    return this.oneOf(key, ['true', 'false'], String(standard)) === 'true'
  }

  texts(key: string): string[] | undefined {
    const value = this.node[key]
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
    this.problem(key, 'must be a list of texts')
    return undefined
  }

  problem(key: string, what: string): void {
    this.problems.push(`${this.name}.${key} ${what}`)
  }
}

/**
 * A registration as it is in the file. Every value is a text there: a postal code 02108 is no number.
 * @throws {Failure} `usage` with everything that is missing or wrong
 */
export function readForm(file: string, parsed: unknown): RegistrationForm {
  const reader = new Reader(parsed)
  const [business, representative, address] = ['business', 'representative', 'address'].map((name) =>
    reader.section(name),
  ) as [Section, Section, Section]
  const companyType = business.oneOf('company_type', ['private', 'public', 'non-profit', 'government'], 'private')
  const isPublic = companyType === 'public'
  const brandEmail = business.optional('brand_contact_email')
  const email = business.optional('notification_email') ?? representative.text('email')
  const form: RegistrationForm = {
    business: {
      business_name: business.text('name'),
      business_identity: business.oneOf(
        'identity',
        ['direct_customer', 'isv_reseller_or_partner', 'unknown'],
        'direct_customer',
      ),
      business_type: business.text('type'),
      business_industry: business.text('industry'),
      business_registration_identifier: business.oneOf('registration_identifier', identifiers, 'EIN'),
      business_registration_number: business.text('registration_number'),
      business_regions_of_operation: business.text('regions_of_operation'),
      website_url: business.text('website'),
      ...optionally('social_media_profile_urls', business.optional('social_media')),
    },
    representative: Object.fromEntries(
      ['first_name', 'last_name', 'email', 'phone_number', 'business_title', 'job_position'].map((key) => [
        key,
        representative.text(key),
      ]),
    ),
    a2p: {
      company_type: companyType,
      ...(isPublic && {stock_exchange: business.text('stock_exchange'), stock_ticker: business.text('stock_ticker')}),
      ...optionally('brand_contact_email', brandEmail),
    },
    address: {
      customerName: business.text('name'),
      street: address.text('street'),
      streetSecondary: address.optional('street_secondary') ?? '',
      city: address.text('city'),
      region: address.text('region'),
      postalCode: address.text('postal_code'),
      isoCountry: address.text('country', {least: 2, most: 2}).toUpperCase(),
    },
    email,
    secondaryVetting: business.flag('secondary_vetting'),
    campaign: campaignOf(reader.section('campaign')),
  }
  const problems = [...new Set(reader.problems)]
  if (problems.length === 0) return form
  throw usage(
    'REGISTRATION_FILE_INVALID',
    `${file} is not a complete registration: ${problems.join('; ')}.`,
    'See docs/registrations.md for all of its fields.',
  )
}

const identifiers = ['EIN', 'DUNS', 'CBN', 'CN', 'ACN', 'CIN', 'VAT', 'VATRN', 'RN', 'Other']

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

function optionally<Key extends string>(key: Key, value: string | undefined): Readonly<Partial<Record<Key, string>>> {
  return (value === undefined ? {} : {[key]: value}) as Readonly<Partial<Record<Key, string>>>
}
