import {stripVTControlCharacters} from 'node:util'

/**
 * What a reader cannot see: control characters, those that turn the direction of text around, and those without a width. Emoji
 * that are joined by one fall apart into their parts.
 */
const unseen = String.raw`[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\uFFF9-\uFFFB]`
/** Nearly all text has nothing to take out, and this is found in a tenth of the time. */
const beyondAscii = /[^ -~]/
// Made when they are first needed: the classes of Unicode take milliseconds, which every command would wait for.
const anyUnseen = once(() => new RegExp(unseen, 'u'))
const unseenInLine = once(() => new RegExp(unseen, 'gu'))
const unseenButLines = once(() => new RegExp(String.raw`(?![\t\n])${unseen}`, 'gu'))

/** What ends a line somewhere, or moves on like a tab. */
const lineBreaks = /\r\n|[\t\n\v\f\r\x85\u2028\u2029]/g

/**
 * Text from somebody else (an API, settings, git, the command line) as a line that can be printed: it cannot move the cursor, colour
 * the terminal, turn around what stands behind it or pretend to be another line.
 */
export function printable(text: string): string {
  if (!beyondAscii.test(text) || !anyUnseen().test(text)) return text
  return stripVTControlCharacters(text).replaceAll(lineBreaks, ' ').replaceAll(unseenInLine(), '')
}

/** The same for what has lines: a message that somebody wrote, a stack. */
export function printableLines(text: string): string {
  if (!beyondAscii.test(text) || !anyUnseen().test(text)) return text
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n|[\v\f\r\x85\u2028\u2029]/g, '\n')
    .replaceAll(unseenButLines(), '')
}

/** Spaces and dashes that look like those of a keyboard. */
const lookAlikes = String.raw`(?![ -])[\p{Zs}\p{Pd}]`
const deceptive = once(() => new RegExp(`${unseen}|${lookAlikes}`, 'gu'))

/** The text with what a reader cannot see, or takes for something else, by its code point: `api<U+200B>-default`. */
export function spelledOut(text: string): string {
  return beyondAscii.test(text) ? text.replaceAll(deceptive(), codePoint) : text
}

export function codePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

/** Whether two texts are one to a reader: what an API sent lost what cannot be seen, what was typed did not. */
export function sameText(one: string, other: string): boolean {
  return printable(one).trim() === printable(other).trim()
}

/** `a, b and c` */
export function listOf(words: readonly string[], conjunction: 'and' | 'or'): string {
  const [last = '', ...others] = [...words].reverse()
  return others.length === 0 ? last : `${others.reverse().join(', ')} ${conjunction} ${last}`
}

/** `1 app-space`, `2,500 app-spaces` */
export function numberOf(number: number, thing: string): string {
  return `${count(number)} ${thing}${number === 1 ? '' : 's'}`
}

/** `2,500`, with at most three decimals. Not toLocaleString: its first call takes longer than to start Node. */
export function count(number: number): string {
  const [whole = '', ...fraction] = String(Math.round(number * 1000) / 1000).split('.')
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.')
}

/** For sorting. Not localeCompare: to load the rules of a language takes longer than to start Node, and scripts want one order everywhere. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

/** `area code` for `areaCode`. */
export function spacedOut(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
