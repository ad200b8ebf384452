/** What a registration.yaml says, each value a text. */
export const REGISTRATION = {
  business: {
    name: 'Example',
    type: 'Corporation',
    industry: 'TECHNOLOGY',
    registration_number: '12-3456789',
    regions_of_operation: 'USA_AND_CANADA',
    website: 'https://example.com',
  },
  representative: {
    first_name: 'Ada',
    last_name: 'Example',
    email: 'ada@example.com',
    phone_number: '+14155550100',
    business_title: 'Head of IT',
    job_position: 'Director',
  },
  address: {
    street: '1 Example Street',
    city: 'Boston',
    region: 'MA',
    postal_code: '02108',
    country: 'US',
  },
  campaign: {
    use_case: 'DELIVERY_NOTIFICATION',
    description: 'Tells customers who asked for it when their order was sent.',
    message_flow: 'Customers tick a box in the order form at https://example.com/order.',
    samples: ['Your order 1234 was sent today.', 'Your order 1234 arrives tomorrow: https://example.com/1234'],
    embedded_links: 'true',
  },
  toll_free: {
    use_case_categories: ['DELIVERY_NOTIFICATIONS'],
    use_case_summary: 'Tells customers who asked for it when their order was sent.',
    sample: 'Your order 1234 was sent today.',
    opt_in_type: 'WEB_FORM',
    opt_in_image_urls: ['https://example.com/order.png'],
    message_volume: '1,000',
  },
} as const
