import {usage} from './errors.js'

const unitMs = {h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000} as const

/** `12h`, `30d` or `4w`, in milliseconds. @throws {Failure} `usage` */
export function parseAge(flag: string, text: string): number {
  const [, number, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? []
  if (number === undefined || unit === undefined)
    throw usage('AGE_INVALID', `${flag} "${text}" is not an age.`, `Give hours, days or weeks, e.g. ${flag} 30d.`)
  return Number(number) * unitMs[unit as keyof typeof unitMs]
}
