/** Of a JSON object that somebody sent. */
export type Fields = Readonly<Record<string, unknown>>

/** A mistyped field that was ignored would make the request mean something else. */
export function unknownField(fields: Fields, known: readonly string[] = []): string | undefined {
  const unknown = Object.keys(fields).find((name) => !known.includes(name))
  if (unknown === undefined) return undefined
  const takes = known.length === 0 ? 'no field is expected' : `expected are ${known.join(', ')}`
  return `${JSON.stringify(unknown.slice(0, 50))} is unknown; ${takes}`
}
