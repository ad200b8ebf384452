import type {Context} from '../../http/context.js'
import {ApiError} from '../../http/errors.js'
import {rfc2822} from '../../http/format.js'
import {nextSid} from '../../state/ids.js'
import type {Account} from '../../state/types/accounts.js'
import type {Address} from '../../state/types/numbers.js'
import {readFlag} from '../shared/parameters.js'
import {v2010Resource} from '../shared/resource.js'

export const addressRoutes = v2010Resource<Address>('Addresses', {
  key: 'addresses',
  all: ({addresses}) => addresses,
  filters: {
    CustomerName: ({customerName}) => customerName,
    FriendlyName: ({friendlyName}) => friendlyName,
    IsoCountry: ({isoCountry}) => isoCountry,
    EmergencyEnabled: ({emergencyEnabled}) => String(emergencyEnabled),
  },
  create,
  render,
})

function create({state, form, now}: Context, {sid: accountSid}: Account): Address {
  const required = (name: string): string => {
    const value = form.get(name)
    if (!value) throw invalidAddress(`${name} is needed`)
    return value
  }
  const place = {
    customerName: required('CustomerName'),
    street: required('Street'),
    city: required('City'),
    region: required('Region'),
    postalCode: required('PostalCode'),
    isoCountry: required('IsoCountry').toUpperCase(),
  }
  if (!/^[A-Z]{2}$/.test(place.isoCountry)) throw invalidAddress('IsoCountry is not a country code')
  const address: Address = {
    sid: nextSid(state, 'AD'),
    accountSid,
    friendlyName: form.get('FriendlyName'),
    streetSecondary: form.get('StreetSecondary'),
    emergencyEnabled: readFlag(form, 'EmergencyEnabled', false),
    ...place,
    createdAt: now,
    updatedAt: now,
  }
  state.addresses.push(address)
  return address
}

function invalidAddress(why: string): ApiError {
  return new ApiError(400, 21628, `Address Validation Error: ${why}`)
}

function render(address: Address): unknown {
  return {
    sid: address.sid,
    account_sid: address.accountSid,
    friendly_name: address.friendlyName,
    customer_name: address.customerName,
    street: address.street,
    street_secondary: address.streetSecondary,
    city: address.city,
    region: address.region,
    postal_code: address.postalCode,
    iso_country: address.isoCountry,
    emergency_enabled: address.emergencyEnabled,
    validated: false,
    verified: false,
    date_created: rfc2822(address.createdAt),
    date_updated: rfc2822(address.updatedAt),
    uri: `/2010-04-01/Accounts/${address.accountSid}/Addresses/${address.sid}.json`,
  }
}
