/** What every benchmark has in common. */
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} line */
export const aka = (line) => [join(root, 'bin/run.js'), ...line.split(' ')]

/**
 * Node reads NODE_EXTRA_CA_CERTS when it starts, which may take longer than all the rest: with it, the same command has another ratio to
 * a bare Node, that has it, too.
 */
const {NODE_EXTRA_CA_CERTS: certificates} = process.env
export const environments = /** @type {readonly {suffix: string, env: Record<string, string>}[]} */ ([
  {suffix: '', env: {}},
  ...(certificates ? [{suffix: ', more CAs', env: {NODE_EXTRA_CA_CERTS: certificates}}] : []),
])

const file = join(root, 'bench/results.json')

/** Adds to what was measured before, or replaces it. @param {object} part */
export function writeResults(part) {
  const before = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, `${JSON.stringify({...before, ...part}, null, 2)}\n`)
}
