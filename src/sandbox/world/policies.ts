/*
 * What Twilio asks for: of a business that is registered, and of one that sends messages to the US.
 */

export const PRIMARY_PROFILE_POLICY = 'RN6433641899984f951173ef1738c3bdd0'
export const SECONDARY_PROFILE_POLICY = 'RNdfbf3fae0e1107f8aded0e7cead80bf5'
export const A2P_PROFILE_POLICY = 'RNb0d4771c2c98518d916a3d4cd70a8f8b'

interface EndUserRequirement {
  readonly type: string
  readonly name: string
  readonly fields: readonly string[]
}

export interface Policy {
  readonly sid: string
  readonly friendlyName: string
  readonly endUsers: readonly EndUserRequirement[]
  readonly needsAddress: boolean
  /** The profiles that vouch for it; one of them is enough. */
  readonly supportedBy: readonly string[]
}

const BUSINESS: EndUserRequirement = {
  type: 'customer_profile_business_information',
  name: 'Business Information',
  fields: [
    'business_type',
    'business_registration_number',
    'business_name',
    'business_registration_identifier',
    'business_identity',
    'business_industry',
    'website_url',
    'business_regions_of_operation',
    'social_media_profile_urls',
  ],
}

const REPRESENTATIVE_FIELDS = ['first_name', 'last_name', 'email', 'phone_number', 'business_title', 'job_position']

const representative = (position: 1 | 2): EndUserRequirement => ({
  type: `authorized_representative_${position}`,
  name: `Authorized Representative #${position}`,
  fields: REPRESENTATIVE_FIELDS,
})

export const POLICIES: readonly Policy[] = [
  {
    sid: PRIMARY_PROFILE_POLICY,
    friendlyName: 'Primary Customer Profile of type Business',
    endUsers: [BUSINESS, representative(1), representative(2)],
    needsAddress: true,
    supportedBy: [],
  },
  {
    sid: SECONDARY_PROFILE_POLICY,
    friendlyName: 'Secondary Customer Profile of type Business',
    endUsers: [BUSINESS, representative(1), representative(2)],
    needsAddress: true,
    supportedBy: [PRIMARY_PROFILE_POLICY],
  },
  {
    sid: A2P_PROFILE_POLICY,
    friendlyName: 'A2P Messaging: Local - Business',
    endUsers: [
      {
        type: 'us_a2p_messaging_profile_information',
        name: 'A2P Messaging Profile Information',
        fields: ['company_type', 'stock_exchange', 'stock_ticker', 'brand_contact_email'],
      },
    ],
    needsAddress: false,
    supportedBy: [PRIMARY_PROFILE_POLICY, SECONDARY_PROFILE_POLICY],
  },
]

/** What a policy names, and a bundle may lack all the same. */
const OPTIONAL_TYPES: readonly string[] = ['authorized_representative_2']
const OPTIONAL_FIELDS: readonly string[] = [
  'social_media_profile_urls',
  'stock_exchange',
  'stock_ticker',
  'brand_contact_email',
]

export function requiredEndUsers({endUsers}: Policy): readonly EndUserRequirement[] {
  return endUsers
    .filter(({type}) => !OPTIONAL_TYPES.includes(type))
    .map((requirement) => ({
      ...requirement,
      fields: requirement.fields.filter((field) => !OPTIONAL_FIELDS.includes(field)),
    }))
}
