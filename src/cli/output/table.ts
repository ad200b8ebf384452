import stringWidth from 'fast-string-width'
import {wrapAnsi} from 'fast-wrap-ansi'

import {isFull, widthOf} from './terminal.js'

interface TableOptions {
  /** Columns whose cells are aligned right; the others are aligned left. */
  readonly right?: readonly number[]
  /** Columns that a narrow terminal does without, the one that goes first at the beginning. */
  readonly optional?: readonly number[]
  /** Of the terminal. */
  readonly width?: number
  /** How wide columns are at least, where they stand below others. */
  readonly least?: readonly number[]
}

const gap = '  '

/**
 * Plain columns with a heading, the same in a pipe and on a terminal that is wide enough. On another one SIDs are shortened, then
 * columns left out, then the widest folded at words, and where that does not suffice each row is a block of its own. Of our own, because it takes each cell up once:
 * with the usual library ten thousand rows take ten seconds. A cell may have colours and several lines.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  {right = [], optional = [], least = [], width = isFull() ? Infinity : widthOf(process.stdout)}: TableOptions = {},
): string {
  const all = {head, rows, right, least}
  if (fits(all, width)) return columns(all)
  const short = {...all, rows: rows.map((row) => row.map(shortened))}
  if (fits(short, width)) return columns(short)
  for (let left = 1; left <= optional.length; left++) {
    const fewer = without(short, optional.slice(0, left))
    if (fits(fewer, width)) return `${columns(fewer)}\n${notShown(head, optional.slice(0, left))}`
  }
  for (let left = 0; left <= optional.length; left++) {
    const folded = foldedInto(width, without(short, optional.slice(0, left)))
    if (folded) return [columns(folded), ...(left > 0 ? [notShown(head, optional.slice(0, left))] : [])].join('\n')
  }
  return head.length > 0 ? blocks(all) : columns(short)
}

/** Narrower nobody reads it, and beyond so many lines a block is easier to read. */
const [leastFolded, mostLines] = [16, 3]

/** With its widest column over several lines, at words, where that suffices. */
function foldedInto(width: number, {head, rows, right, least}: Columns): Columns | undefined {
  const widths = widthsOf(linesOfAll({head, rows}))
  const widest = widths.indexOf(Math.max(...widths))
  const others = widths.reduce((sum, each, at) => (at === widest ? sum : sum + each), gap.length * (widths.length - 1))
  const room = width - others
  if (head.length === 0 || right.includes(widest) || room < leastFolded) return undefined
  const fold = (cell: string) => wrapAnsi(cell, room, {hard: false})
  const folded = {
    head,
    rows: rows.map((row) => row.map((cell, at) => (at === widest ? fold(cell) : cell))),
    right,
    least,
  }
  const isLow = folded.rows.every((row) => (row[widest] ?? '').split('\n').length <= mostLines)
  return isLow && fits(folded, width) ? folded : undefined
}

interface Columns {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly right: readonly number[]
  readonly least: readonly number[]
}

function fits({head, rows}: Columns, width: number): boolean {
  if (width === Infinity) return true
  const widths = widthsOf(linesOfAll({head, rows}))
  return widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) <= width
}

function columns({head, rows, right, least}: Columns): string {
  const lines = linesOfAll({head, rows})
  const widths = widthsOf(lines)
  const pad = (cell: string, column: number) => {
    const space = ' '.repeat(Math.max(widths[column] ?? 0, least[column] ?? 0) - stringWidth(cell))
    return right.includes(column) ? space + cell : cell + space
  }
  return lines.map((line) => line.map(pad).join(gap).trimEnd()).join('\n')
}

/** `Heading  cell`, a line for each, and a line between two rows. */
function blocks({head, rows}: Columns): string {
  const label = Math.max(...head.map((each) => stringWidth(each)))
  const named = (row: readonly string[]) =>
    row.flatMap((cell, at) => (cell === '' ? [] : [`${(head[at] ?? '').padEnd(label)}${gap}${cell}`]))
  return rows.map((row) => named(row).join('\n')).join('\n\n')
}

function without({head, rows, right, least}: Columns, left: readonly number[]): Columns {
  const keep = (row: readonly string[]) => row.filter((_, at) => !left.includes(at))
  const at = head.map((_, index) => index).filter((index) => !left.includes(index))
  return {
    head: keep(head),
    rows: rows.map(keep),
    right: at.flatMap((old, now) => (right.includes(old) ? [now] : [])),
    least: at.map((old) => least[old] ?? 0),
  }
}

function notShown(head: readonly string[], left: readonly number[]): string {
  return `(--full also shows: ${left
    .toSorted((a, b) => a - b)
    .map((at) => head[at])
    .join(', ')})`
}

/** A SID as far as people tell them apart: `HS0123…cdef`. */
function shortened(cell: string): string {
  return cell.replaceAll(/\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{24}([0-9a-f]{4})\b/gi, '$1…$2')
}

function linesOfAll({head, rows}: Pick<Columns, 'head' | 'rows'>): readonly (readonly string[])[] {
  return [...(head.length > 0 ? [head] : []), ...rows].flatMap(linesOf)
}

/** How wide the columns of such a table are. */
export function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  return widthsOf(rows.flatMap(linesOf))
}

function widthsOf(lines: readonly (readonly string[])[]): number[] {
  const widths: number[] = []
  for (const line of lines)
    for (const [column, cell] of line.entries()) widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell))
  return widths
}

/** A row as lines of cells: as many as its longest cell has. */
function linesOf(row: readonly string[]): readonly (readonly string[])[] {
  if (!row.some((cell) => cell.includes('\n'))) return [row]
  const cells = row.map((cell) => cell.split('\n'))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({length: height}, (_, index) => cells.map((lines) => lines[index] ?? ''))
}
