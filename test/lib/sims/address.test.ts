import {describe, expect, it} from '@jest/globals'

import {formatAddress, shippingAddresses} from '../../../src/lib/sims/address.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'

const office = {
  sid: 'AD1',
  customerName: 'Acme',
  street: '1 Main Street',
  streetSecondary: null,
  city: 'Provo',
  region: 'UT',
  postalCode: '84601',
  isoCountry: 'US',
}
const account = (...addresses: object[]) => {
  const api = {v2010: {account: {addresses: {list: async () => addresses}}}}
  return {sid: 'AC1', api: async () => api} as unknown as TwilioAccount
}

describe('cards are shipped', () => {
  const warehouse = {...office, sid: 'AD2', customerName: 'Warehouse'}

  it('to any address on file, or to the chosen one', async () => {
    expect(await shippingAddresses(account(office, warehouse), undefined)).toHaveLength(2)
    expect(await shippingAddresses(account(office, warehouse), 'AD2')).toMatchObject([{customerName: 'Warehouse'}])
  })

  it('to none that is not on file: exit 4 with those that are', async () => {
    await expect(shippingAddresses(account(office), 'AD9')).rejects.toMatchObject({
      outcome: 'notFound',
      suggestions: ['On file: AD1 (Acme, 1 Main Street, Provo, UT 84601, US)'],
    })
  })

  it('nowhere while no address is on file: exit 1 with where to add one', async () => {
    await expect(shippingAddresses(account(), undefined)).rejects.toMatchObject({
      code: 'NO_ADDRESS_ON_FILE',
      suggestions: [expect.stringContaining('https://console.twilio.com'), expect.stringContaining('--esim')],
    })
  })
})

it('an address in one line leaves out what it has not', () => {
  expect(formatAddress({...office, streetSecondary: 'Floor 2', region: ''})).toBe(
    'Acme, 1 Main Street, Floor 2, Provo, 84601, US',
  )
})
