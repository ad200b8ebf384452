import {ApiError} from '../../http/errors.js'
import type {State} from '../../state/state.js'
import {isTaken, searchInventory} from '../../world/inventory.js'
import {countryOfAreaCode, isAreaCode} from '../../world/nanp.js'
import {isPhoneNumber, rangeOf} from '../../world/number-ranges.js'
import {isTestNumber, TAKEN_NUMBER, TEST_AREA_CODE, TEST_NUMBER} from '../../world/test-values.js'

/** The number that a request buys: the one that it names, or the first one of an area code. */
export function numberToBuy(state: State, form: URLSearchParams): string {
  const phoneNumber = form.get('PhoneNumber')
  if (phoneNumber !== null) return checkNumber(state, phoneNumber)
  const areaCode = form.get('AreaCode')
  if (areaCode === null) throw new ApiError(400, 21421, 'Either a PhoneNumber or an AreaCode is needed')
  return firstOfAreaCode(state, areaCode)
}

function checkNumber(state: State, asSent: string): string {
  const phoneNumber = `+${asSent.replaceAll(/[\s()+.-]/g, '')}`
  if (phoneNumber === TEST_NUMBER) return phoneNumber
  if (phoneNumber === TAKEN_NUMBER) throw unavailable(asSent)
  if (isTestNumber(phoneNumber) || !isPhoneNumber(phoneNumber))
    throw new ApiError(400, 21421, `${asSent} is not a valid number`)
  if (isTaken(state, phoneNumber) || !rangeOf(phoneNumber)) throw unavailable(asSent)
  return phoneNumber
}

function firstOfAreaCode(state: State, areaCode: string): string {
  if (areaCode === TEST_AREA_CODE) return TEST_NUMBER
  if (!isAreaCode(areaCode)) throw new ApiError(400, 21451, `Invalid area code: ${areaCode}`)
  const country = countryOfAreaCode(areaCode)
  const [found] = country
    ? searchInventory(state, {country, type: 'Local', areaCode, accepts: () => true, limit: 1})
    : []
  if (found === undefined) throw new ApiError(400, 21452, `No phone numbers found in area code ${areaCode}`)
  return found
}

export function unavailable(phoneNumber: string): ApiError {
  return new ApiError(400, 21422, `${phoneNumber} is not available`)
}
