import {usage} from '../errors.js'
import {asObject} from '../local-files.js'

/** One line of a list of app-spaces. */
export interface Row {
  /** Counted from 1, as editors do. */
  readonly line: number
  /** As it stands in the list. */
  readonly source: string
  readonly appSpace: string
  /** What else the line says, by the name of the option: `area-code`. */
  readonly options: Readonly<Record<string, string>>
}

export interface Rows {
  readonly rows: readonly Row[]
  /** The first line of a CSV, which names its columns. */
  readonly heading?: string
}

/** What is wrong with a line. */
export interface BadLine {
  readonly line: number
  readonly problem: string
}

/** As many as fit on a screen. */
const mostBadLines = 20

/**
 * A list of app-spaces: one a line, or CSV with a heading, or NDJSON. The columns and keys are options of the command (`area-code`,
 * `areaCode` or `area_code`); empty ones are not given. Lines that begin with # are remarks.
 * @throws {Failure} `usage`, with every line that is wrong
 */
export async function parseRows(text: string, optionNames: ReadonlySet<string>): Promise<Rows> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const first = lines.find(isContent) ?? ''
  const list = first.trimStart().startsWith('{')
    ? parseNdjson(lines)
    : /[,;\t]/.test(first)
      ? await parseCsv(lines.join('\n'), {heading: first, optionNames})
      : {rows: lines.flatMap((source, at) => (isContent(source) ? [rowOf(at + 1, source, {app: source.trim()})] : []))}
  const {rows, bad = []} = list
  const problems = [...bad, ...rows.flatMap((row) => problemsOf(row, optionNames)), ...repeated(rows)]
  refuseBadLines(problems)
  if (rows.length === 0) throw usage('APPS_MISSING', 'The list of app-spaces is empty.', 'Give one app-space per line.')
  return list
}

/** @throws {Failure} `usage` when there are any. */
export function refuseBadLines(problems: readonly BadLine[]): void {
  if (problems.length === 0) return
  const inOrder = [...problems].sort((a, b) => a.line - b.line)
  const more = inOrder.length - mostBadLines
  throw usage(
    'APPS_INVALID',
    `Nothing was sent: ${new Set(inOrder.map(({line}) => line)).size} of the lines cannot be carried out.`,
    ...inOrder.slice(0, mostBadLines).map(({line, problem}) => `line ${line}: ${problem}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  )
}

interface Parsed extends Rows {
  readonly bad?: readonly BadLine[]
}

function parseNdjson(lines: readonly string[]): Parsed {
  const rows: Row[] = []
  const bad: BadLine[] = []
  for (const [at, source] of lines.entries()) {
    if (!isContent(source)) continue
    try {
      const entries = Object.entries(asObject(JSON.parse(source)))
      const texts = entries.flatMap(([key, value]) =>
        value == null ? [] : [[optionName(key), textOf(value)] as const],
      )
      rows.push(rowOf(at + 1, source, Object.fromEntries(texts)))
    } catch (error) {
      bad.push({line: at + 1, problem: `is not JSON: ${(error as Error).message}`})
    }
  }
  return {rows, bad}
}

/** @throws {Failure} `usage` for what is no CSV. */
async function parseCsv(
  text: string,
  {heading, optionNames}: {readonly heading: string; readonly optionNames: ReadonlySet<string>},
): Promise<Parsed> {
  const {parse} = await import('csv-parse/sync')
  interface Record {
    readonly record: readonly string[]
    readonly info: {readonly lines: number}
    readonly raw: string
  }
  let records: Record[]
  try {
    records = parse(text, {
      delimiter: [',', ';', '\t'],
      trim: true,
      comment: '#',
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      info: true,
      raw: true,
    }) as unknown as Record[]
  } catch (error) {
    throw usage('APPS_INVALID', `The list of app-spaces is not readable: ${(error as Error).message}`)
  }
  const [names, ...rest] = records
  const columns = names?.record.map(optionName) ?? []
  if (!columns.includes('app'))
    throw usage(
      'APPS_INVALID',
      `The list of app-spaces has no column for them: its first line is "${heading.trim()}".`,
      'Name the columns in the first line: app,plan,area-code',
    )
  const unknown = columns.filter((name) => name !== 'app' && !optionNames.has(name))
  if (unknown.length > 0)
    throw usage(
      'APPS_INVALID',
      `The list of app-spaces has unknown columns: ${unknown.join(', ')}.`,
      `Possible columns: ${['app', ...optionNames].join(', ')}.`,
    )
  const bad: BadLine[] = []
  const rows = rest.map(({record, info, raw}) => {
    if (record.length > columns.length)
      bad.push({line: info.lines, problem: `has ${record.length} values for ${columns.length} columns`})
    const given = columns.map((name, at) => [name, record[at] ?? ''] as const)
    return rowOf(info.lines, raw.trimEnd(), Object.fromEntries(given.filter(([, value]) => value !== '')))
  })
  return {rows, bad, heading}
}

function rowOf(line: number, source: string, {app = '', ...options}: Readonly<Record<string, string>>): Row {
  return {line, source, appSpace: app, options}
}

function problemsOf({line, appSpace, options}: Row, optionNames: ReadonlySet<string>): BadLine[] {
  const unknown = Object.keys(options).filter((name) => !optionNames.has(name))
  return [
    ...(appSpace === '' ? [{line, problem: 'names no app-space'}] : []),
    ...unknown.map((name) => ({line, problem: `there is no option --${name} that a line could give`})),
  ]
}

function repeated(rows: readonly Row[]): BadLine[] {
  const lines = new Map<string, number>()
  return rows.flatMap(({line, appSpace}) => {
    const earlier = lines.get(appSpace)
    if (earlier === undefined) lines.set(appSpace, line)
    return earlier === undefined || appSpace === ''
      ? []
      : [{line, problem: `${appSpace} is on line ${earlier} already`}]
  })
}

/** `areaCode`, `AREA_CODE` and `Area code` are `--area-code`. */
function optionName(column: string): string {
  const name = column
    .trim()
    .replace(/^--/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .replaceAll(/[\s_]+/g, '-')
    .toLowerCase()
  return name === 'app-space' ? 'app' : name
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isContent(line: string): boolean {
  return line.trim() !== '' && !line.trimStart().startsWith('#')
}
