import {stripVTControlCharacters} from 'node:util'

const control = /\p{Cc}/u

/** Text from an API without control characters but tab and newline, so that it cannot move the cursor or colour the terminal. */
export function printable(text: string): string {
  // Nearly all of it has none.
  if (!control.test(text)) return text
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\t\n]/gu, '')
}

/** `export NAME=value` lines for a POSIX shell to `eval`. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n')
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}
