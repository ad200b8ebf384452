/** RFC 4180, with a heading; what is not there is an empty cell. */
export async function csv(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
): Promise<string> {
  const {stringify} = await import('csv-stringify/sync')
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    cast: {date: (time) => time.toISOString()},
  }).trimEnd()
}
