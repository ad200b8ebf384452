import {describe, expect, it} from '@jest/globals'

import {refused} from '../../../src/lib/errors.js'
import {hasRegistrationFees, readCharges} from '../../../src/lib/invoice/twilio-charges.js'
import type {ReadUsage} from '../../../src/lib/twilio/usage.js'

const month = {from: '2026-03-01', to: '2026-03-31'}
const api = {appSpace: 'api-default', hasFees: true}

/** Twilio charged this in all, and this of it for registrations. */
function twilio(all: number, fees: number | undefined | Error): {read: ReadUsage; asked: string[]} {
  const asked: string[] = []
  const read: ReadUsage = async ({category}) => {
    asked.push(category)
    const price = category === 'totalprice' ? all : fees
    if (price instanceof Error) throw price
    return {records: [{period: month, usage: 1, price, currency: 'eur', asOf: undefined}], readAt: undefined}
  }
  return {read, asked}
}

describe('what Twilio charged for a subaccount', () => {
  it('has what registrations cost of it', async () => {
    expect(await readCharges(twilio(20.65, 19.5).read, month, api)).toEqual({
      twilio: {amount: 20.65, currency: 'eur'},
      registrationFees: {amount: 19.5, currency: 'eur'},
    })
  })

  it('is known without that, where Twilio does not say', async () => {
    for (const fees of [undefined, refused('TWILIO_REFUSED', 'Twilio knows no such category.')])
      expect(await readCharges(twilio(20.65, fees).read, month, api)).toEqual({
        twilio: {amount: 20.65, currency: 'eur'},
        registrationFees: undefined,
      })
    expect(await hasRegistrationFees(twilio(20.65, undefined).read, month)).toBe(true)
  })

  it('is not asked for where the main account was charged for none', async () => {
    expect(await hasRegistrationFees(twilio(20.65, 0).read, month)).toBe(false)
    const {read, asked} = twilio(20.65, 19.5)
    expect(await readCharges(read, month, {...api, hasFees: false})).toMatchObject({
      registrationFees: {amount: 0, currency: 'eur'},
    })
    expect(asked).toEqual(['totalprice'])
  })
})
