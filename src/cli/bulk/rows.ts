import type {AddonContext} from '../../lib/addon/context.js'
import type {AddonRecord} from '../../lib/addon/record.js'
import {type BadLine, refuseBadLines, type Row, type Rows} from '../../lib/bulk/rows.js'
import {toFailure} from '../failures.js'

/** Add-ons of this Akkeris: those of another one are out of reach. */
export async function rowsOfEveryAddon(
  {registry, akkeris}: AddonContext,
  isWanted: (record: AddonRecord) => boolean,
): Promise<Rows> {
  const {records} = await registry.list()
  const names = records
    .filter((record) => record.host === akkeris.host && isWanted(record))
    .map(({appSpace}) => appSpace)
  return {rows: names.map((appSpace, at) => ({line: at + 1, source: appSpace, appSpace, options: {}}))}
}

/** @throws {Failure} `usage` with all lines that are wrong */
export async function checkRows<Line extends object>(
  rows: readonly Row[],
  check: (row: Row) => Promise<Line>,
): Promise<(Line & {readonly row: Row})[]> {
  const bad: BadLine[] = []
  const lines = []
  for (const row of rows) {
    try {
      lines.push({...(await check(row)), row})
    } catch (error) {
      const failure = toFailure(error)
      if (failure.outcome !== 'usage') throw failure
      bad.push({line: row.line, problem: [failure.message, ...failure.suggestions].join(' ')})
    }
  }
  refuseBadLines(bad)
  return lines
}
