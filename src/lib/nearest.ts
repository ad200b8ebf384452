import {closest, distance} from 'fastest-levenshtein'

/** What was meant: the shortest that begins so, else what is one or two slips of the finger away. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const longer = names.filter((name) => typed.length > 1 && name.startsWith(typed))
  if (longer.length > 0) return longer.reduce((one, other) => (other.length < one.length ? other : one))
  if (names.length === 0) return undefined
  const found = closest(typed, [...names])
  return distance(typed, found) <= Math.max(typed.length < 5 ? 1 : 2, typed.length / 4) ? found : undefined
}
