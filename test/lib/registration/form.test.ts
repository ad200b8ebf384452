import {describe, expect, it} from '@jest/globals'

import {formProblems, readForm} from '../../../src/lib/registration/form.js'
import {builtIn} from '../../../src/lib/registration/policy.js'
import {REGISTRATION} from '../../support/registration.js'

const failure = (parsed: unknown): string => {
  try {
    readForm('registration.yaml', parsed)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('a registration file', () => {
  it('gives what Twilio asks for', () => {
    expect(readForm('registration.yaml', REGISTRATION)).toMatchObject({
      business: {
        business_name: 'Example',
        business_identity: 'direct_customer',
        business_registration_identifier: 'EIN',
      },
      a2p: {company_type: 'private'},
      address: {customerName: 'Example', postalCode: '02108', isoCountry: 'US'},
      email: 'ada@example.com',
      campaign: {usAppToPersonUsecase: 'DELIVERY_NOTIFICATION', hasEmbeddedLinks: true, ageGated: false},
    })
  })

  it('is refused with everything that is missing or wrong at once', () => {
    const campaign = {...REGISTRATION.campaign, description: 'short', samples: ['one'], embedded_links: 'perhaps'}
    const message = failure({...REGISTRATION, campaign, address: {}})
    for (const part of [
      'address.street is missing',
      'campaign.description must have 40 to 4096 characters, not 5',
      'campaign.samples must be two to five messages',
      'campaign.embedded_links must be one of true, false',
    ])
      expect(message).toContain(part)
    expect(failure('text')).toContain('business is missing')
  })

  it('names the exchange of a public company', () => {
    const business = {...REGISTRATION.business, company_type: 'public'}
    expect(failure({...REGISTRATION, business})).toContain('business.stock_ticker is missing')
  })

  it('has what is mistyped named: it would never be sent', () => {
    const campaign = {...REGISTRATION.campaign, opt_in_mesage: 'You are in.'}
    expect(failure({...REGISTRATION, campaign})).toContain('campaign.opt_in_mesage is not a field of a registration')
  })

  it('has what Twilio asks for since, and may lack what Twilio asks for no longer', () => {
    const {website: _, ...business} = REGISTRATION.business
    const given = {...REGISTRATION, business: {...business, tax_status: 'exempt'}}
    const asked = {
      ...builtIn.asked,
      business: [...builtIn.asked.business.filter((name) => name !== 'website_url'), 'tax_status'],
    }
    expect(failure(given)).toMatch(/business.website is missing; business.tax_status is not a field/)
    const {business: read} = readForm('registration.yaml', given, asked)
    expect(read).toMatchObject({business_name: 'Example', tax_status: 'exempt'})
    expect(read).not.toHaveProperty('website_url')
    expect(formProblems(REGISTRATION, asked)).toEqual(['business.tax_status is missing'])
  })
})
