import {readFile, writeFile} from 'node:fs/promises'

import type {Row} from '../../lib/bulk/rows.js'
import {locally} from '../../lib/local-files.js'
import {readAll} from '../stdin.js'

/** The list of --apps-from. */
export async function readList(path: string): Promise<string> {
  if (path === '-') return readAll(process.stdin)
  const suggestions = ['Give another --apps-from, or - for standard input.'] as const
  return locally({doing: `read the list of app-spaces in ${path}`, suggestions}, () => readFile(path, 'utf8'))
}

/** The list of what is to be run again, as it was given. */
export async function writeList(path: string, rows: readonly Row[], heading?: string): Promise<void> {
  const inOrder = [...rows].sort((a, b) => a.line - b.line)
  const lines = [...(heading === undefined || rows.length === 0 ? [] : [heading]), ...inOrder.map(({source}) => source)]
  const suggestions = ['Give another --failed-to.'] as const
  await locally({doing: `write what failed to ${path}`, suggestions}, () =>
    writeFile(path, lines.map((line) => `${line}\n`).join('')),
  )
}
