import {createHash} from 'node:crypto'

/** 32 hexadecimal digits, as Twilio's SIDs and tokens have them. */
export function hash(seed: string, what: string): string {
  return createHash('sha256').update(`${seed}\n${what}`).digest('hex').slice(0, 32)
}

/** As Akkeris has identifiers. */
export function uuid(seed: string, what: string): string {
  return hash(seed, what).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A new identifier, the same in every run that did the same things since the same seed. */
export function nextHash(state: {seed: string; counter: number}): string {
  state.counter += 1
  return hash(state.seed, `#${state.counter}`)
}

export function nextSid(state: {seed: string; counter: number}, prefix: string): string {
  return `${prefix}${nextHash(state)}`
}

/** The number on a SIM card, 20 digits: that of the network it is at home in, its own, and a check digit. */
export function iccidFrom(hashOfCard: string): string {
  const own = BigInt(`0x${hashOfCard}`) % 10n ** 12n
  const digits = `8988307${own.toString().padStart(12, '0')}`
  return `${digits}${checkDigit(digits)}`
}

/** By Luhn's algorithm. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (index % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return (10 - (sum % 10)) % 10
}
