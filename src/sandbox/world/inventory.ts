import {hash} from '../state/ids.js'
import type {State} from '../state/state.js'
import {TEST_AREA_CODE, TEST_NUMBER, TOLL_FREE_AREA_CODES, wellKnownAreaCodes} from './nanp.js'
import {nanpRange, rangeOf, rangesOf, type NumberRange, type NumberType} from './ranges.js'

/** As many numbers as the largest usual range has. */
const MAX_TURNS = 10_000

export interface Search {
  readonly country: string
  readonly type: NumberType
  readonly areaCode?: string | undefined
  /** Digits, letters as on a phone's keys, and `*` for any digit. */
  readonly contains?: string | undefined
  readonly accepts: (phoneNumber: string, range: NumberRange) => boolean
  readonly limit: number
}

/** Numbers for sale, in the same order for everybody who asks: parallel buyers meet at the same number. */
export function searchInventory(state: State, search: Search): string[] {
  const {country, type, areaCode, contains, accepts, limit} = search
  if (areaCode === TEST_AREA_CODE && country === 'US' && type === 'Local') return [TEST_NUMBER]
  const taken = takenNumbers(state)
  const pattern = contains === undefined ? undefined : keypad(contains)
  const found = new Set<string>()
  const ranges = rangesFor(country, type, areaCode).map((range) => ({range, first: firstOf(state.seed, range)}))
  let unwanted = 0
  for (let turn = 0; turn < MAX_TURNS && found.size < limit; turn += 1) {
    for (const {range, first} of ranges) {
      const number = candidate(range, first, turn)
      const phoneNumber = pattern === undefined ? number : shapedLike(pattern, number)
      if (phoneNumber === undefined || taken.has(phoneNumber)) continue
      // A pattern may have changed the area code, or made a number that cannot exist.
      const actual = rangeOf(phoneNumber)
      if (!actual || !isWanted(search, phoneNumber, actual) || !accepts(phoneNumber, actual)) unwanted += 1
      else if (found.size < limit) found.add(phoneNumber)
    }
    // What no number had until now, none will have; and a pattern leaves few digits open.
    if ((found.size === 0 && unwanted > 1000) || (pattern !== undefined && turn > 500)) break
  }
  return [...found]
}

/** Sold, or given back: neither can be bought. */
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
  const areaCodes =
    areaCode !== undefined ? [areaCode] : type === 'TollFree' ? TOLL_FREE_AREA_CODES : wellKnownAreaCodes(country)
  return areaCodes
    .map((each) => nanpRange(each))
    .filter((range) => range !== undefined)
    .filter((range) => range.type === type && (range.country === country || type === 'TollFree'))
}

/** Where in a range the seed lets a search begin. */
function firstOf(seed: string, {prefix}: NumberRange): number {
  return Number.parseInt(hash(seed, `numbers ${prefix}`).slice(0, 8), 16)
}

/** Every number of a range once, and then none. */
function candidate({prefix, free}: NumberRange, first: number, turn: number): string {
  const size = 10 ** free
  // 7919 is prime: stepping by it visits every number before it comes back to the first.
  const number = (first + turn * 7919) % size
  return turn < size ? `+${prefix}${String(number).padStart(free, '0')}` : ''
}

function shapedLike(pattern: string, phoneNumber: string): string | undefined {
  const digits = phoneNumber.slice(1)
  const start = digits.length - pattern.length
  if (start < 0) return undefined
  const end = Array.from(pattern, (wanted, i) => (wanted === '*' ? digits.charAt(start + i) : wanted))
  return `+${digits.slice(0, start)}${end.join('')}`
}

function isWanted({country, type, areaCode}: Search, phoneNumber: string, range: NumberRange): boolean {
  if (range.type !== type || !(areaCode === undefined || phoneNumber.startsWith(`+1${areaCode}`))) return false
  // Toll-free numbers belong to the US and Canada together.
  return range.country === country || (country === 'CA' && type === 'TollFree')
}

const KEYS: readonly (readonly [RegExp, string])[] = [
  [/[abc]/gi, '2'],
  [/[def]/gi, '3'],
  [/[ghi]/gi, '4'],
  [/[jkl]/gi, '5'],
  [/[mno]/gi, '6'],
  [/[pqrs]/gi, '7'],
  [/[tuv]/gi, '8'],
  [/[wxyz]/gi, '9'],
]

/** Letters as on a phone's keys. */
export function keypad(text: string): string {
  return KEYS.reduce(
    (digits, [letters, digit]) => digits.replaceAll(letters, digit),
    text.replaceAll(/[^0-9a-z*]/gi, ''),
  )
}
