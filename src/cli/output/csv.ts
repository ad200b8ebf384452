/** RFC 4180, with a heading; what is not there is an empty cell. */
export async function csv(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
): Promise<string> {
  const {stringify} = await import('csv-stringify/sync')
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    cast: {date: (time) => time.toISOString(), string: notFormula},
  }).trimEnd()
}

/** Spreadsheets calculate a cell that begins like this, unless it is a number (https://owasp.org/www-community/attacks/CSV_Injection). */
function notFormula(text: string): string {
  return /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}
