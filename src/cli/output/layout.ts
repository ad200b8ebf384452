import stringWidth from 'fast-string-width'
import {wrapAnsi} from 'fast-wrap-ansi'

import {programName} from '../../lib/command-line.js'
import {hasLinks, linked} from './links.js'
import {isPlain, type Screen, widthOf} from './terminal.js'

/** A text as it is written to a terminal, or anything else. */
export function fitted(text: string, screen: Screen, env: NodeJS.ProcessEnv): string {
  const wrapped = wrap(text, widthOf(screen))
  if (isPlain(env)) return ascii(wrapped)
  return hasLinks(screen, env) ? linked(wrapped) : wrapped
}

/** Breaks lines that are too long between words, and continues them where their text began. */
export function wrap(text: string, width: number): string {
  if (width === Infinity) return text
  return text
    .split('\n')
    .map((line) => (stringWidth(line) > width ? hanging(line, width) : line))
    .join('\n')
}

const colour = String.raw`(?:\u001B\[[\d;]*m)*`
/** `  → `, `✖ `, and what stands before the text. */
const mark = new RegExp(`^ *(?:${colour}(?:[→✔✖!–]|\\d+\\.)${colour} )?`)
/** A label, and the space between it and its text. */
const label = /^\S+(?: \S+){0,3} {2,}(?=\S)/

/** Where a word, a SID say, does not fit beside its label, it goes below. */
const small = 4

function hanging(line: string, width: number): string {
  const before = mark.exec(line)?.[0] ?? ''
  const ofLabel = before + (label.exec(line.slice(before.length))?.[0] ?? '')
  const prefix = stringWidth(ofLabel) <= width / 2 ? ofLabel : before
  const text = line.slice(prefix.length)
  const longest = Math.max(...text.split(' ').map((word) => stringWidth(word)))
  const indent = stringWidth(prefix)
  if (indent <= small || indent + longest <= width) return prefix + broken(text, width, indent)
  return [prefix.trimEnd(), ' '.repeat(small) + broken(text, width, small)].filter(Boolean).join('\n')
}

function broken(text: string, width: number, indent: number): string {
  const wrapped = (words: string) => wrapAnsi(words, width - indent, {trim: true, wordWrap: true, hard: false})
  return withWholeCommand(text, width - indent, wrapped).replaceAll('\n', `\n${' '.repeat(indent)}`)
}

/** A command at the end, which is there to be copied, stands on a line of its own where it would be broken. */
function withWholeCommand(text: string, width: number, wrapped: (words: string) => string): string {
  const start = Math.max(...['aka', programName()].map((program) => text.lastIndexOf(`: ${program} `))) + 2
  const command = text.slice(start)
  if (start < 2 || stringWidth(command) > width) return wrapped(text)
  const before = wrapped(text.slice(0, start).trimEnd())
  const last = before.slice(before.lastIndexOf('\n') + 1)
  return `${before}${stringWidth(last) + 1 + stringWidth(command) <= width ? ' ' : '\n'}${command}`
}

const replacements: Readonly<Record<string, string>> = {
  '✔': 'ok:',
  '✖': 'error:',
  '→': '->',
  '…': '...',
  '–': '-',
  '’': "'",
  '“': '"',
  '”': '"',
  '·': '.',
  '█': '#',
  '░': '.',
  '▁': '1',
  '▂': '2',
  '▃': '3',
  '▄': '4',
  '▅': '5',
  '▆': '6',
  '▇': '7',
}
const replaced = new RegExp(`[${Object.keys(replacements).join('')}]`, 'gu')

/** What this tool draws itself; names of people and places stay as they are. */
function ascii(text: string): string {
  return text.replaceAll(replaced, (character) => replacements[character] ?? character)
}
