import {hash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {searchedAreaCodes, TOLL_FREE_AREA_CODES} from './nanp.js'
import {nanpRange, type NumberRange, type NumberType, rangeOf, rangesOf} from './number-ranges.js'
import {TEST_AREA_CODE, TEST_NUMBER} from './test-values.js'

/** As many numbers as the largest usual range has. */
const MAX_ROUNDS = 10_000
/** When to give up: on ranges in which nothing fits, and on a pattern, which leaves few digits free. */
const MAX_REJECTED = 1000
const MAX_PATTERN_ROUNDS = 500

export interface Search {
  readonly country: string
  readonly type: NumberType
  readonly areaCode?: string | undefined
  /** Digits, letters as on a phone's keypad, and `*` for any digit: what the number ends in. */
  readonly contains?: string | undefined
  readonly accepts: (phoneNumber: string, range: NumberRange) => boolean
  readonly limit: number
}

/** Numbers for sale, in the same order for everyone who asks, so that parallel buyers meet at the same number. */
export function searchInventory(state: State, search: Search): string[] {
  const {country, type, areaCode, contains, accepts, limit} = search
  if (areaCode === TEST_AREA_CODE && country === 'US' && type === 'Local') return [TEST_NUMBER]
  const taken = takenNumbers(state)
  const pattern = contains === undefined ? undefined : keypadDigits(contains)
  const found = new Set<string>()
  const ranges = rangesFor(country, type, areaCode).map((range) => ({range, first: firstOf(state.seed, range)}))
  let rejected = 0
  // One number of each range per round.
  for (let round = 0; round < MAX_ROUNDS && found.size < limit; round += 1) {
    for (const {range, first} of ranges) {
      const number = numberAt(range, first, round)
      const phoneNumber = pattern === undefined ? number : withEnding(number, pattern)
      if (phoneNumber === undefined || taken.has(phoneNumber)) continue
      // A pattern may have changed the area code, or made a number that cannot exist.
      const actual = rangeOf(phoneNumber)
      if (!actual || !isInScope(search, phoneNumber, actual) || !accepts(phoneNumber, actual)) rejected += 1
      else if (found.size < limit) found.add(phoneNumber)
    }
    if (found.size === 0 && rejected > MAX_REJECTED) break
    if (pattern !== undefined && round > MAX_PATTERN_ROUNDS) break
  }
  return [...found]
}

/** Whether a number cannot be bought because an account has it, or had it. */
export function isTaken(state: State, phoneNumber: string): boolean {
  return takenNumbers(state).has(phoneNumber)
}

function takenNumbers({incomingNumbers, releasedNumbers}: State): Set<string> {
  const taken = new Set([...incomingNumbers.map(({phoneNumber}) => phoneNumber), ...releasedNumbers])
  taken.delete(TEST_NUMBER)
  return taken
}

function rangesFor(country: string, type: NumberType, areaCode: string | undefined): readonly NumberRange[] {
  if (country !== 'US' && country !== 'CA') return rangesOf(country, type)
  const usual = type === 'TollFree' ? TOLL_FREE_AREA_CODES : searchedAreaCodes(country)
  return (areaCode === undefined ? usual : [areaCode])
    .map((each) => nanpRange(each))
    .filter((range) => range !== undefined)
    .filter((range) => range.type === type && (range.country === country || type === 'TollFree'))
}

/** Where in a range a search begins: it depends on the seed. */
function firstOf(seed: string, {prefix}: NumberRange): number {
  return Number.parseInt(hash(seed, `numbers ${prefix}`).slice(0, 8), 16)
}

/** Every number of a range once; then ''. */
function numberAt({prefix, freeDigits}: NumberRange, first: number, round: number): string {
  const size = 10 ** freeDigits
  // 7919 is prime: steps of it visit every number before they come back to the first.
  const number = (first + round * 7919) % size
  return round < size ? `+${prefix}${String(number).padStart(freeDigits, '0')}` : ''
}

function withEnding(phoneNumber: string, pattern: string): string | undefined {
  const digits = phoneNumber.slice(1)
  const start = digits.length - pattern.length
  if (start < 0) return undefined
  const ending = Array.from(pattern, (digit, index) => (digit === '*' ? digits.charAt(start + index) : digit))
  return `+${digits.slice(0, start)}${ending.join('')}`
}

function isInScope({country, type, areaCode}: Search, phoneNumber: string, range: NumberRange): boolean {
  if (range.type !== type || !(areaCode === undefined || phoneNumber.startsWith(`+1${areaCode}`))) return false
  // Toll-free numbers are shared by the US and Canada.
  return range.country === country || (country === 'CA' && type === 'TollFree')
}

const KEYS: readonly (readonly [letters: RegExp, digit: string])[] = [
  [/[abc]/gi, '2'],
  [/[def]/gi, '3'],
  [/[ghi]/gi, '4'],
  [/[jkl]/gi, '5'],
  [/[mno]/gi, '6'],
  [/[pqrs]/gi, '7'],
  [/[tuv]/gi, '8'],
  [/[wxyz]/gi, '9'],
]

/** Letters become the digits of their keys; `*` and digits stay, everything else is dropped. */
export function keypadDigits(text: string): string {
  return KEYS.reduce(
    (digits, [letters, digit]) => digits.replaceAll(letters, digit),
    text.replaceAll(/[^0-9a-z*]/gi, ''),
  )
}
