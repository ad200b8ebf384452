/** Plain columns with a heading, the same on a terminal and in a pipe. Cells are aligned left, but in these columns right. */
export async function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  {right = []}: {readonly right?: readonly number[]} = {},
): Promise<string> {
  const {default: Table} = await import('cli-table3')
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  }
  const inner = {left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  '}
  const printed = new Table({
    head: [...head],
    colAligns: (head.length > 0 ? head : (rows[0] ?? [])).map((_, column) =>
      right.includes(column) ? 'right' : 'left',
    ),
    chars: {...none, ...inner},
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true},
  })
  printed.push(...rows.map((row) => [...row]))
  return printed
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
