import {expect, it} from '@jest/globals'

import {codeOf, sdk} from '../../sdk.js'
import {mainLogin, newSandbox} from '../../support.js'

async function client() {
  const sandbox = newSandbox()
  return sdk(sandbox, await mainLogin(sandbox))
}

it('prices every type of number that can be had in a country', async () => {
  const twilio = await client()
  for (const {isoCountry} of await twilio.pricing.v1.phoneNumbers.countries.list({pageSize: 4})) {
    const {phoneNumberPrices, priceUnit} = await twilio.pricing.v1.phoneNumbers.countries(isoCountry).fetch()
    const priced = phoneNumberPrices.map(({numberType}) => numberType)
    const {subresourceUris} = await twilio.availablePhoneNumbers(isoCountry).fetch()
    const sold = Object.keys(subresourceUris).map((type) => type.replace('_', ' '))
    expect([isoCountry, priceUnit, priced]).toEqual([isoCountry, 'USD', sold])
  }
})

it('shows prices as decimals', async () => {
  const {country, phoneNumberPrices} = await (await client()).pricing.v1.phoneNumbers.countries('US').fetch()
  expect(country).toBe('United States')
  expect(phoneNumberPrices).toMatchObject([
    {numberType: 'local', basePrice: '1.15', currentPrice: '1.15'},
    {numberType: 'toll free', basePrice: '2.15', currentPrice: '2.15'},
  ])
})

it('knows no prices of other countries', async () => {
  expect(await codeOf((await client()).pricing.v1.phoneNumbers.countries('ZZ').fetch())).toBe(20404)
})
