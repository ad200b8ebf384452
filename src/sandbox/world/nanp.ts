import {EMPTY_AREA_CODE, TEST_AREA_CODE} from './test-values.js'

/*
 * The North American Numbering Plan: the area codes of the US and Canada.
 */

export interface Place {
  readonly locality: string
  readonly region: string
  readonly latitude: number
  readonly longitude: number
  readonly postalCode: string
}

const place = (locality: string, region: string, latitude: number, longitude: number, postalCode: string): Place => ({
  locality,
  region,
  latitude,
  longitude,
  postalCode,
})

/** A search without an area code goes through these, in this order. */
const US_PLACES: ReadonlyMap<string, Place> = new Map([
  ['801', place('Salt Lake City', 'UT', 40.76, -111.89, '84101')],
  ['212', place('New York', 'NY', 40.71, -74.01, '10001')],
  ['415', place('San Francisco', 'CA', 37.77, -122.42, '94102')],
  ['312', place('Chicago', 'IL', 41.88, -87.63, '60601')],
  ['206', place('Seattle', 'WA', 47.61, -122.33, '98101')],
  ['512', place('Austin', 'TX', 30.27, -97.74, '78701')],
  ['617', place('Boston', 'MA', 42.36, -71.06, '02108')],
  ['303', place('Denver', 'CO', 39.74, -104.99, '80202')],
  ['404', place('Atlanta', 'GA', 33.75, -84.39, '30303')],
  ['305', place('Miami', 'FL', 25.76, -80.19, '33101')],
  ['602', place('Phoenix', 'AZ', 33.45, -112.07, '85003')],
  ['213', place('Los Angeles', 'CA', 34.05, -118.24, '90012')],
  ['503', place('Portland', 'OR', 45.52, -122.68, '97201')],
  ['702', place('Las Vegas', 'NV', 36.17, -115.14, '89101')],
  ['713', place('Houston', 'TX', 29.76, -95.37, '77002')],
  ['214', place('Dallas', 'TX', 32.78, -96.8, '75201')],
  ['215', place('Philadelphia', 'PA', 39.95, -75.17, '19102')],
  ['313', place('Detroit', 'MI', 42.33, -83.05, '48226')],
  ['612', place('Minneapolis', 'MN', 44.98, -93.27, '55401')],
  ['615', place('Nashville', 'TN', 36.16, -86.78, '37201')],
  ['504', place('New Orleans', 'LA', 29.95, -90.07, '70112')],
  ['808', place('Honolulu', 'HI', 21.31, -157.86, '96813')],
  ['907', place('Anchorage', 'AK', 61.22, -149.9, '99501')],
  ['208', place('Boise', 'ID', 43.62, -116.2, '83702')],
  ['435', place('Logan', 'UT', 41.74, -111.83, '84321')],
  ['202', place('Washington', 'DC', 38.91, -77.04, '20001')],
])

const CA_PLACES: ReadonlyMap<string, Place> = new Map([
  ['416', place('Toronto', 'ON', 43.65, -79.38, 'M5H')],
  ['514', place('Montreal', 'QC', 45.5, -73.57, 'H2Y')],
  ['604', place('Vancouver', 'BC', 49.28, -123.12, 'V6B')],
  ['403', place('Calgary', 'AB', 51.05, -114.07, 'T2P')],
  ['613', place('Ottawa', 'ON', 45.42, -75.7, 'K1P')],
  ['204', place('Winnipeg', 'MB', 49.9, -97.14, 'R3C')],
  ['902', place('Halifax', 'NS', 44.65, -63.57, 'B3J')],
])

const CA_AREA_CODES = new Set(
  (
    '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 506 ' +
    '514 519 537 548 568 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 ' +
    '902 905 942'
  ).split(' '),
)

export const TOLL_FREE_AREA_CODES: readonly string[] = ['800', '833', '844', '855', '866', '877', '888']

export function isTollFreeAreaCode(areaCode: string): boolean {
  return TOLL_FREE_AREA_CODES.includes(areaCode)
}

export function placeOf(areaCode: string): Place | undefined {
  return US_PLACES.get(areaCode) ?? CA_PLACES.get(areaCode)
}

/** The area codes that a search goes through when it names none. */
export function searchedAreaCodes(country: 'US' | 'CA'): readonly string[] {
  return [...(country === 'US' ? US_PLACES : CA_PLACES).keys()]
}

/** 200 to 989, but not service codes such as 911, nor what the plan keeps for its growth: N9X, 37X and 96X. */
export function isAreaCode(text: string): boolean {
  return /^[2-9][0-8]\d$/.test(text) && !/^(37|96)|11$/.test(text)
}

/** Undefined for what is no area code of local numbers: toll-free ones and test values. */
export function countryOfAreaCode(areaCode: string): 'US' | 'CA' | undefined {
  if (!isAreaCode(areaCode) || areaCode === EMPTY_AREA_CODE || areaCode === TEST_AREA_CODE) return undefined
  if (isTollFreeAreaCode(areaCode)) return undefined
  return CA_AREA_CODES.has(areaCode) ? 'CA' : 'US'
}
