import {expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf} from '../../sdk.js'

it('messages and minutes cost what usage charges for them', async () => {
  const {twilio} = await clockWorld()
  const {v1, v2} = twilio.pricing
  expect((await v1.messaging.countries.list()).map(({isoCountry}) => isoCountry)).toContain('GB')
  const us = await v1.messaging.countries('US').fetch()
  expect(us).toMatchObject({country: 'United States', priceUnit: 'USD'})
  expect(us.inboundSmsPrices).toContainEqual({numberType: 'local', basePrice: '0.0083', currentPrice: '0.0083'})
  expect((await v2.voice.countries.list()).length).toBeGreaterThan(5)
  const gb = await v2.voice.countries('GB').fetch()
  expect(gb.outboundPrefixPrices[0]).toMatchObject({destinationPrefixes: ['44'], basePrice: '0.014'})
  expect(await codeOf(v2.voice.countries('XX').fetch())).toBe(20404)
  const number = await v2.voice.numbers('+447700900123').fetch({originationNumber: '+14155550100'})
  expect(number).toMatchObject({isoCountry: 'GB', originationNumber: '+14155550100'})
  expect(await codeOf(v2.voice.numbers('+99123456789').fetch())).toBe(20404)
})

it('minutes have prices by the older version, too', async () => {
  const {twilio} = await clockWorld()
  const {voice} = twilio.pricing.v1
  expect((await voice.countries.list()).map(({isoCountry}) => isoCountry)).toContain('GB')
  const gb = await voice.countries('GB').fetch()
  expect(gb.outboundPrefixPrices[0]).toMatchObject({prefixes: ['44'], basePrice: '0.014'})
  expect(gb.inboundCallPrices).toContainEqual({numberType: 'local', basePrice: '0.014', currentPrice: '0.014'})
  expect(await voice.numbers('+447700900123').fetch()).toMatchObject({
    number: '+447700900123',
    isoCountry: 'GB',
    outboundCallPrice: {basePrice: '0.014', currentPrice: '0.014'},
  })
  expect(await codeOf(voice.numbers('+99123456789').fetch())).toBe(20404)
})
