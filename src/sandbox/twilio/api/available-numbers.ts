import type {HttpResponse} from '../../../lib/transport/types.js'
import {accountInPath} from '../../http/access.js'
import {type Context, pathParameter} from '../../http/context.js'
import {ApiError, notFound} from '../../http/errors.js'
import {formatPhoneNumber} from '../../http/format.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import type {Capabilities} from '../../state/types/numbers.js'
import {searchInventory} from '../../world/inventory.js'
import {isAreaCode, placeOf} from '../../world/nanp.js'
import {
  capabilitiesOf,
  COUNTRIES,
  nanpRange,
  type NumberRange,
  type NumberType,
  rangeOf,
  typesOf,
} from '../../world/number-ranges.js'
import {TEST_AREA_CODE} from '../../world/test-values.js'
import {readFlag} from '../shared/parameters.js'

const COUNTRY_LIST = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers.json'
const COUNTRY = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}.json'
const NUMBERS = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}/{Type}.json'

export const availableNumberRoutes: readonly Route[] = [
  {product: 'api', method: 'GET', path: COUNTRY_LIST, handle: listCountries},
  {product: 'api', method: 'GET', path: COUNTRY, handle: fetchCountry},
  {product: 'api', method: 'GET', path: NUMBERS, handle: listNumbers},
]

function listCountries(context: Context): HttpResponse {
  const {sid} = accountInPath(context)
  const countries = [...COUNTRIES.keys()].map((code) => renderCountry(sid, code))
  return json(200, {countries, uri: context.path})
}

function fetchCountry(context: Context): HttpResponse {
  const {sid} = accountInPath(context)
  const code = pathParameter(context, 'CountryCode')
  if (!COUNTRIES.has(code)) throw notFound(context.path)
  return json(200, renderCountry(sid, code))
}

function listNumbers(context: Context): HttpResponse {
  accountInPath(context)
  const {state, query, path} = context
  const country = pathParameter(context, 'CountryCode')
  const type = typesOf(country).find((each) => each === pathParameter(context, 'Type'))
  if (!COUNTRIES.has(country) || !type) throw notFound(path)

  const phoneNumbers = searchInventory(state, {
    country,
    type,
    areaCode: areaCodeOf(query, country),
    contains: query.get('Contains') ?? undefined,
    accepts: filterOf(query),
    limit: limitOf(query),
  })
  const available = phoneNumbers.map((phoneNumber) => renderNumber(phoneNumber, country, type))
  return json(200, {available_phone_numbers: available, uri: path + (query.size > 0 ? `?${query.toString()}` : '')})
}

interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** The middle of a search for what is near, if there is one: `lat,long`, or where a number's area code is. */
function centreOf(query: URLSearchParams): Point | undefined {
  const [, latitude, longitude] = /^(-?\d+(?:\.\d+)?), *(-?\d+(?:\.\d+)?)$/.exec(query.get('NearLatLong') ?? '') ?? []
  if (latitude !== undefined) return {latitude: Number(latitude), longitude: Number(longitude)}
  return placeOf(areaCodeNear(query) ?? '')
}

function areaCodeNear(query: URLSearchParams): string | undefined {
  return /^\+?1(\d{3})\d{7}$/.exec(query.get('NearNumber') ?? '')?.[1]
}

const EARTH_RADIUS_MILES = 3959

function milesBetween(one: Point, other: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [north, east] = [radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)]
  const half =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(half))
}

/** Only the US and Canada have area codes in Twilio's sense; elsewhere the parameters are ignored. */
function areaCodeOf(query: URLSearchParams, country: string): string | undefined {
  if (country !== 'US' && country !== 'CA') return undefined
  const areaCode = query.get('AreaCode')
  if (areaCode !== null && !isAreaCode(areaCode)) throw new ApiError(400, 21451, 'Invalid area code')
  // Where the place of a number is not known, those of its area code are near.
  return areaCode ?? (centreOf(query) ? undefined : areaCodeNear(query))
}

/** A search gives one page: a narrower search finds what does not fit on it. */
function limitOf(query: URLSearchParams): number {
  const pageSize = Number(query.get('PageSize') ?? 50)
  return Number.isInteger(pageSize) && pageSize > 0 ? Math.min(pageSize, 1000) : 50
}

function filterOf(query: URLSearchParams): (phoneNumber: string, range: NumberRange) => boolean {
  const on = (name: string): boolean => readFlag(query, name, false)
  const region = query.get('InRegion')
  const locality = query.get('InLocality')
  const postalCode = query.get('InPostalCode')
  const rateCenter = query.get('InRateCenter')
  const centre = centreOf(query)
  const distance = Number(query.get('Distance') ?? 25)
  return (phoneNumber, range) => {
    const {voice, sms, mms} = capabilitiesOf(phoneNumber, range)
    if ((on('VoiceEnabled') && !voice) || (on('SmsEnabled') && !sms) || (on('MmsEnabled') && !mms)) return false
    const {addressRequirements, place} = range
    if (on('ExcludeAllAddressRequired') && addressRequirements !== 'none') return false
    if (on('ExcludeLocalAddressRequired') && addressRequirements === 'local') return false
    if (on('ExcludeForeignAddressRequired') && addressRequirements === 'foreign') return false
    if (region !== null && place?.region !== region) return false
    if (postalCode !== null && place?.postalCode !== postalCode) return false
    if (rateCenter !== null && place?.locality?.toUpperCase() !== rateCenter.toUpperCase()) return false
    if (centre && !isWithin(distance, centre, place)) return false
    // The sandbox knows of no LATA, sells nothing that can fax, and everything that it sells is out of beta.
    if (query.has('InLata') || on('FaxEnabled')) return false
    return locality === null || place?.locality?.toLowerCase() === locality.toLowerCase()
  }
}

function isWithin(miles: number, centre: Point, place: NumberRange['place']): boolean {
  const {latitude, longitude} = place ?? {}
  return latitude !== undefined && longitude !== undefined && milesBetween(centre, {latitude, longitude}) <= miles
}

function renderCountry(accountSid: string, code: string): unknown {
  const uri = `/2010-04-01/Accounts/${accountSid}/AvailablePhoneNumbers/${code}`
  const names: Record<NumberType, string> = {Local: 'local', Mobile: 'mobile', TollFree: 'toll_free'}
  return {
    country_code: code,
    country: COUNTRIES.get(code)?.name ?? null,
    uri: `${uri}.json`,
    beta: false,
    subresource_uris: Object.fromEntries(typesOf(code).map((type) => [names[type], `${uri}/${type}.json`])),
  }
}

function renderNumber(phoneNumber: string, country: string, type: NumberType): unknown {
  const areaCode = phoneNumber.slice(2, 5)
  // The test number is in no range: it is shown like any other number of the US.
  const range = rangeOf(phoneNumber) ?? nanpRange('801')
  const place = areaCode === TEST_AREA_CODE ? undefined : range?.place
  return {
    friendly_name: formatPhoneNumber(phoneNumber),
    phone_number: phoneNumber,
    lata: null,
    locality: place?.locality ?? null,
    rate_center: place?.locality && type === 'Local' && placeOf(areaCode) ? place.locality.toUpperCase() : null,
    // As text, as in Twilio's examples.
    latitude: place?.latitude?.toFixed(6) ?? null,
    longitude: place?.longitude?.toFixed(6) ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    iso_country: country,
    address_requirements: range?.addressRequirements ?? 'none',
    beta: false,
    capabilities: range && renderCapabilities(capabilitiesOf(phoneNumber, range)),
  }
}

/** In capitals, unlike those of numbers that an account has: so Twilio answers, whatever its documents say. */
function renderCapabilities({voice, sms, mms}: Capabilities): unknown {
  return {voice, SMS: sms, MMS: mms, fax: false}
}
