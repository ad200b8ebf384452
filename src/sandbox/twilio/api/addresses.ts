import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/auth.js'
import {rfc2822} from '../../state/dates.js'
import {nextSid} from '../../state/ids.js'
import {ApiError, json, notFound, pageOf2010} from '../../http/respond.js'
import {param, wanted, type Context, type Route} from '../../http/router.js'
import type {Address} from '../../state/state.js'

const LIST = '/2010-04-01/Accounts/{AccountSid}/Addresses.json'
const ONE = '/2010-04-01/Accounts/{AccountSid}/Addresses/{Sid}.json'

export const addressRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: LIST, handle: list},
  {product: 'api', method: 'POST', path: LIST, handle: create},
  {product: 'api', method: 'GET', path: ONE, handle: fetchAddress},
]

function list(context: Context): HttpResponse {
  const {state} = context
  const account = accountInPath(context)
  const addresses = state.addresses.filter(
    ({accountSid, customerName, friendlyName, isoCountry}) =>
      accountSid === account.sid &&
      wanted(context, 'CustomerName', customerName) &&
      wanted(context, 'FriendlyName', friendlyName) &&
      wanted(context, 'IsoCountry', isoCountry),
  )
  return pageOf2010(context, 'addresses', addresses.reverse(), render)
}

function fetchAddress(context: Context): HttpResponse {
  const account = accountInPath(context)
  const sid = param(context, 'Sid')
  const address = context.state.addresses.find((each) => each.sid === sid && each.accountSid === account.sid)
  if (!address) throw notFound(context.path)
  return json(200, render(address))
}

function create(context: Context): HttpResponse {
  const {state, form, now} = context
  const account = accountInPath(context)
  const needed = (name: string): string => {
    const value = form.get(name)
    if (!value) throw new ApiError(400, 21628, `Address Validation Error: ${name} is needed`)
    return value
  }
  const fields = {
    customerName: needed('CustomerName'),
    street: needed('Street'),
    city: needed('City'),
    region: needed('Region'),
    postalCode: needed('PostalCode'),
    isoCountry: needed('IsoCountry').toUpperCase(),
  }
  if (!/^[A-Z]{2}$/.test(fields.isoCountry))
    throw new ApiError(400, 21628, 'Address Validation Error: IsoCountry is not a country code')
  const address: Address = {
    sid: nextSid(state, 'AD'),
    accountSid: account.sid,
    friendlyName: form.get('FriendlyName'),
    streetSecondary: form.get('StreetSecondary'),
    emergencyEnabled: form.get('EmergencyEnabled')?.toLowerCase() === 'true',
    ...fields,
    createdAt: now,
    updatedAt: now,
  }
  state.addresses.push(address)
  return json(201, render(address))
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
