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

/** Without those that say which of several main accounts it is, where there is one. */
export function columnsFor<Name extends string>(
  items: readonly {readonly profile?: string}[],
  columns: readonly Name[],
): readonly Name[] {
  const areSeveral = items.some(({profile}) => profile !== undefined)
  return areSeveral ? columns : columns.filter((name) => name !== 'profile' && name !== 'main_account_sid')
}
