/** A table for chat; what somebody named is shown as it is, and neither marks text up nor calls anybody. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, at) => (right.includes(at) ? '---:' : '---'))
  return [line(head.map(markdownText)), line(rule), ...rows.map((row) => line(row.map(markdownText)))].join('\n')
}

/** Text between marks: `@` and `<` call people and places in chats, too. */
export function markdownText(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|~#&@]/g, (character) => (character === '@' ? '@\u2060' : `\\${character}`))
}
