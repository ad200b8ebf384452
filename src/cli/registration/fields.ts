/*
 * The fields of registration.yaml, as they are asked for.
 */

export interface Question {
  readonly field: string
  readonly question: string
  /** What Twilio's documentation names. */
  readonly choices?: readonly string[]
  /** Of a list: how many are asked for at least. */
  readonly atLeast?: number
}

const yesOrNo = ['false', 'true']

export const common: readonly Question[] = [
  {field: 'business.name', question: 'Legal name of the business'},
  {
    field: 'business.type',
    question: 'Type of business',
    choices: [
      'Corporation',
      'Limited Liability Corporation',
      'Partnership',
      'Co-operative',
      'Non-profit Corporation',
      'Sole Proprietorship',
    ],
  },
  {
    field: 'business.company_type',
    question: 'Company type',
    choices: ['private', 'public', 'non-profit', 'government'],
  },
  {field: 'business.industry', question: 'Industry, e.g. TECHNOLOGY, RETAIL, HEALTHCARE, TRANSPORTATION'},
  {
    field: 'business.registration_identifier',
    question: 'Kind of registration number',
    choices: ['EIN', 'DUNS', 'CBN', 'CN', 'ACN', 'CIN', 'VAT', 'VATRN', 'RN', 'Other'],
  },
  {field: 'business.registration_number', question: 'Registration number, e.g. 12-3456789'},
  {
    field: 'business.regions_of_operation',
    question: 'Region of operation',
    choices: ['USA_AND_CANADA', 'LATIN_AMERICA', 'EUROPE', 'ASIA', 'AFRICA'],
  },
  {field: 'business.website', question: 'Website, e.g. https://example.com'},
  {field: 'representative.first_name', question: 'First name of the representative'},
  {field: 'representative.last_name', question: 'Last name'},
  {field: 'representative.email', question: 'Email address'},
  {field: 'representative.phone_number', question: 'Phone number, e.g. +14155550100'},
  {field: 'representative.business_title', question: 'Title, e.g. Head of IT'},
  {
    field: 'representative.job_position',
    question: 'Position',
    choices: ['Director', 'GM', 'VP', 'CEO', 'CFO', 'General Counsel', 'Other'],
  },
  {field: 'address.street', question: 'Street and number of the business'},
  {field: 'address.city', question: 'City'},
  {field: 'address.region', question: 'State or province, e.g. MA'},
  {field: 'address.postal_code', question: 'Postal code'},
  {field: 'address.country', question: 'Country, e.g. US'},
]

export const ofPublicCompanies: readonly Question[] = [
  {field: 'business.stock_exchange', question: 'Stock exchange, e.g. NASDAQ'},
  {field: 'business.stock_ticker', question: 'Stock ticker'},
]

export const local: readonly Question[] = [
  {
    field: 'campaign.use_case',
    question: 'Use case',
    choices: [
      '2FA',
      'ACCOUNT_NOTIFICATION',
      'CUSTOMER_CARE',
      'DELIVERY_NOTIFICATION',
      'FRAUD_ALERT',
      'HIGHER_EDUCATION',
      'LOW_VOLUME',
      'MARKETING',
      'MIXED',
      'POLLING_VOTING',
      'PUBLIC_SERVICE_ANNOUNCEMENT',
      'SECURITY_ALERT',
    ],
  },
  {field: 'campaign.description', question: 'What the messages are for (at least 40 characters)'},
  {field: 'campaign.message_flow', question: 'How recipients opt in (at least 40 characters)'},
  {field: 'campaign.samples', question: 'Sample message (20 to 1,024 characters)', atLeast: 2},
  {field: 'campaign.embedded_links', question: 'Do messages have links?', choices: yesOrNo},
  {field: 'campaign.embedded_phone', question: 'Do messages have phone numbers?', choices: yesOrNo},
]

export const tollFree: readonly Question[] = [
  {field: 'toll_free.use_case_categories', question: 'Category, e.g. DELIVERY_NOTIFICATIONS', atLeast: 1},
  {field: 'toll_free.use_case_summary', question: 'What the messages are for (at most 500 characters)'},
  {field: 'toll_free.sample', question: 'Sample message'},
  {
    field: 'toll_free.opt_in_type',
    question: 'How recipients opt in',
    choices: ['WEB_FORM', 'PAPER_FORM', 'VERBAL', 'VIA_TEXT', 'MOBILE_QR_CODE'],
  },
  {field: 'toll_free.opt_in_image_urls', question: 'Public URL of an image that shows it', atLeast: 1},
  {
    field: 'toll_free.message_volume',
    question: 'Messages a month',
    choices: ['10', '100', '1,000', '10,000', '100,000', '250,000', '500,000', '750,000', '1,000,000', '5,000,000'],
  },
]

/** What is not asked, and can be given. */
const optionalFields = [
  ...['identity', 'notification_email', 'brand_contact_email', 'social_media', 'secondary_vetting'].map(
    (key) => `business.${key}`,
  ),
  'address.street_secondary',
  ...['age_gated', 'direct_lending', 'opt_in_message', 'privacy_policy', 'terms'].map((key) => `campaign.${key}`),
  ...['additional_information', 'doing_business_as', 'opt_in_message', 'privacy_policy', 'terms'].map(
    (key) => `toll_free.${key}`,
  ),
]
export const lists = new Set([
  ...[...local, ...tollFree].filter(({atLeast}) => atLeast !== undefined).map(({field}) => field),
  'campaign.opt_in_keywords',
  'toll_free.opt_in_keywords',
])
export const known = new Set([
  ...[...common, ...ofPublicCompanies, ...local, ...tollFree].map(({field}) => field),
  ...optionalFields,
  ...lists,
])
