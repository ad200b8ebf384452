import {describe, expect, it} from '@jest/globals'

import {connectTwilio} from '../../../src/lib/twilio/connect.js'
import {fetchNumberPrices} from '../../../src/lib/twilio/pricing.js'
import {answering, startInProcess, transportOf} from '../../support/in-process.js'

const sid = `AC${'1'.repeat(32)}`

function pricesWhere(status: number, body: unknown) {
  const transport = transportOf(answering(status, body))
  return fetchNumberPrices(
    connectTwilio({accountSid: sid, username: sid, password: 'p'}, {transport, endpoint: undefined}),
    'US',
  )
}

const country = {country: 'United States', iso_country: 'US', url: '', price_unit: 'usd'}

describe('what numbers cost a month', () => {
  it('is what the account pays, by the types that are sold', async () => {
    const phone_number_prices = [
      {number_type: 'local', base_price: '1.15', current_price: '0.95'},
      {number_type: 'toll free', base_price: '2.15', current_price: '2.15'},
      {number_type: 'mobile', base_price: '3', current_price: null},
      {number_type: 'national', base_price: '4', current_price: '4'},
      {number_type: null, base_price: '5', current_price: '5'},
    ]
    const {currency, perMonth} = await pricesWhere(200, {...country, phone_number_prices})
    expect(currency).toBe('USD')
    expect(perMonth).toEqual({local: 0.95, 'toll-free': 2.15})
  })

  it('is not told where Twilio does not', async () => {
    const none = {currency: 'USD', perMonth: {}}
    expect(await pricesWhere(200, {...country, phone_number_prices: null})).toEqual(none)
    expect(await pricesWhere(404, {code: 20404, message: 'Not found', status: 404})).toEqual(none)
    await expect(pricesWhere(401, {code: 20003, message: 'Authenticate'})).rejects.toMatchObject({exitCode: 5})
    await expect(pricesWhere(503, {})).rejects.toMatchObject({exitCode: 7})
  })

  it('is known in the sandbox, too', async () => {
    const {main} = await startInProcess()
    expect(await fetchNumberPrices(main, 'US')).toMatchObject({
      currency: 'USD',
      perMonth: {local: expect.any(Number) as unknown},
    })
  })
})
