import {stripVTControlCharacters} from 'node:util'

const control = /\p{Cc}/u

/** Text from an API without control characters but tab and newline, so that it cannot move the cursor or colour the terminal. */
export function printable(text: string): string {
  // Nearly all of it has none.
  if (!control.test(text)) return text
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\t\n]/gu, '')
}

/** `2,500` */
export function count(number: number): string {
  return number.toLocaleString('en-US')
}
