/**
 * What commands take, beside a bare Node on the same machine: `npm run bench`, with `-- --runs 25` for steadier numbers. Writes
 * bench/results.json and docs/performance.svg; with `-- --compare FILE` fails where a ratio or a memory is more than 15 % above that file's.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {cpus} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {drawChart} from './chart.mjs'
import {compareWithNode, take} from './measure.mjs'
import {serveManyAddOns, serveSandbox} from './servers.mjs'

const TOLERANCE = 0.15
const LATENCY_MS = 50
/** Round trips of a create that wait for each other (docs/architecture.md). */
const CREATE_ROUND_TRIPS = 5

const root = fileURLToPath(new URL('..', import.meta.url))
const {runs: runsGiven, compare} = parseArgs({options: {runs: {type: 'string'}, compare: {type: 'string'}}}).values
const runs = Number(runsGiven ?? 11)

/** @param {string} line */
const aka = (line) => [join(root, 'bin/run.js'), ...line.split(' ')]

/** @typedef {Awaited<ReturnType<typeof compareWithNode>> & {floorMs?: number}} Result */
/** @type {Record<string, Result>} */
const results = {}

/**
 * @param {string} name
 * @param {Result} result
 */
function add(name, result) {
  const rounded = Object.entries(result).map(([key, value]) => [key, Number(value.toFixed(key === 'cpuRatio' ? 2 : 0))])
  results[name] = Object.fromEntries(rounded)
  const {cpuRatio, cpuMs, memoryMiB, wallMs, floorMs} = result
  console.log(
    `${name.padEnd(34)} ${cpuRatio.toFixed(2).padStart(6)} ${cpuMs.toFixed(0).padStart(8)} ms ${memoryMiB.toFixed(0).padStart(5)} MiB` +
      ` ${wallMs.toFixed(0).padStart(7)} ms${floorMs === undefined ? '' : ` (latency alone ${floorMs} ms)`}`,
  )
}
console.log(`Node ${process.version}${' '.repeat(26)} ×node         CPU    memory       wall`)

const quick = await serveSandbox()
await take({args: aka('addons:create twilio:small -a demo-dev'), env: quick.env})
for (const line of [
  '--version',
  '--help',
  'addons:plans',
  'addons:info twilio -a demo-dev',
  'twilio:usage -a demo-dev',
])
  add(line, await compareWithNode(() => ({args: aka(line), env: quick.env}), runs))
await quick.stop()

const slow = await serveSandbox({latencyMs: LATENCY_MS})
const create = await compareWithNode(
  (run) => ({args: aka(`addons:create twilio:small -a app${run}-dev`), env: slow.env}),
  Math.ceil(runs / 2),
)
add(`addons:create, ${LATENCY_MS} ms an answer`, {...create, floorMs: CREATE_ROUND_TRIPS * LATENCY_MS})
const script = `seq 50 | xargs -P 8 -I N "$0" "$1" addons:create twilio:small -a many-N`
const fifty = await compareWithNode(
  (run) => ({
    program: 'sh',
    args: ['-c', script.replace('many-N', `many${run}-N`), process.execPath, join(root, 'bin/run.js')],
    env: slow.env,
  }),
  1,
)
add(`50 creates by xargs -P 8`, {...fifty, floorMs: Math.ceil(50 / 8) * CREATE_ROUND_TRIPS * LATENCY_MS})
await slow.stop()

const many = await serveManyAddOns({addOns: 10_000, latencyMs: 0})
for (const line of ['twilio', 'twilio --json', 'twilio:usage --all --json'])
  add(`${line}, 10,000 add-ons`, await compareWithNode(() => ({args: aka(line), env: many.env}), 1))
await many.stop()

const {version} = process
const before = compare === undefined ? undefined : JSON.parse(readFileSync(compare, 'utf8'))
writeFileSync(
  join(root, 'bench/results.json'),
  `${JSON.stringify({node: version, cpu: cpus()[0]?.model, runs, results}, null, 2)}\n`,
)
if (compare === undefined) writeFileSync(join(root, 'docs/performance.svg'), drawChart(results))
for (const [name, {cpuRatio, memoryMiB}] of Object.entries(results)) {
  const was = before?.results[name]
  if (was && (cpuRatio > was.cpuRatio * (1 + TOLERANCE) || memoryMiB > was.memoryMiB * (1 + TOLERANCE))) {
    console.error(`${name}: ${cpuRatio} × node, ${memoryMiB} MiB; was ${was.cpuRatio}, ${was.memoryMiB} MiB`)
    process.exitCode = 1
  }
}
