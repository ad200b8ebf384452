import {stripVTControlCharacters} from 'node:util'

const control = /\p{Cc}/u

/** Text from an API without control characters but tab and newline, so that it cannot move the cursor or colour the terminal. */
export function printable(text: string): string {
  // Nearly all of it has none.
  if (!control.test(text)) return text
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\t\n]/gu, '')
}

/** `2,500`, with at most three decimals. Not toLocaleString: its first call takes longer than to start Node. */
export function count(number: number): string {
  const [whole = '', ...fraction] = String(Math.round(number * 1000) / 1000).split('.')
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}
