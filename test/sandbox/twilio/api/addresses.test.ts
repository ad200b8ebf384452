import {expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'

it('addresses are listed by who they are of, their country, and whether they are for emergency calls', async () => {
  const {twilio} = await clockWorld()
  const place = {
    customerName: 'Ours',
    street: '1 High Street',
    city: 'London',
    region: 'LND',
    postalCode: 'N1',
    isoCountry: 'GB',
  }
  await twilio.addresses.create({...place, friendlyName: 'plain'})
  await twilio.addresses.create({...place, friendlyName: 'emergency', emergencyEnabled: true})
  const names = async (wanted: Parameters<typeof twilio.addresses.list>[0]) =>
    (await twilio.addresses.list(wanted)).map(({friendlyName}) => friendlyName)
  expect(await names({emergencyEnabled: true})).toEqual(['emergency'])
  expect(await names({emergencyEnabled: false, isoCountry: 'GB'})).toEqual(['plain'])
  expect(await names({customerName: 'Ours'})).toEqual(['emergency', 'plain'])
})
