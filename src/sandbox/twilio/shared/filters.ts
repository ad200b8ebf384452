import type {Context} from '../../http/context.js'
import {badRequest} from '../../http/errors.js'

const DAY_MS = 86_400_000

type TimeOf<T> = (item: T, context: Context) => number | undefined
type TimeFilter<T> = (item: T, context: Context) => (parameter: string) => boolean

/** `Date=`, `Date<=` and `Date>=`, and with an exclusive bound `Date<` and `Date>`: days in GMT, or moments. */
export function timeFilters<T>(name: string, timeOf: TimeOf<T>): Record<string, TimeFilter<T>> {
  const filter =
    (passes: (time: number, span: {from: number; to: number}) => boolean): TimeFilter<T> =>
    (item, context) =>
    (parameter) => {
      const span = spanOf(name, parameter)
      const time = timeOf(item, context)
      return time !== undefined && passes(time, span)
    }
  return {
    [name]: filter((time, {from, to}) => time >= from && time < to),
    // A query `Date>=2026-03-01` is the parameter `Date>` with this value.
    [`${name}<`]: filter((time, {to}) => time < to),
    [`${name}>`]: filter((time, {from}) => time >= from),
  }
}

/** A whole day, or a second of it. */
function spanOf(name: string, text: string): {from: number; to: number} {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const from = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(from)) throw badRequest(`${name} must be a date such as 2026-01-31`)
  return {from, to: from + (isDay ? DAY_MS : 1000)}
}
