/**
 * What commands take, beside a bare Node on the same machine: `npm run bench`, with `-- --runs 25` for steadier numbers. Writes
 * bench/results.json and docs/performance.svg. With `-- --compare FILE` it writes neither, and fails where a ratio or a memory is more than
 * 15 % above that file's; with `-- --try` it measures little, to see that it runs.
 */
import {spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {cpus} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

import {aka, environments, root, writeResults} from './cases.mjs'
import {drawChart} from './chart.mjs'
import {compareWithNode, take} from './measure.mjs'
import {serveManyAddOns, serveSandbox} from './servers.mjs'

const TOLERANCE = 0.15
const LATENCY_MS = 50
/** Round trips of a create that wait for each other (docs/architecture.md). */
const CREATE_ROUND_TRIPS = 5
/** To the registry, and how many Twilio takes (docs/scale.md). */
const [WRITES_OF_A_CREATE, WRITES_PER_SECOND] = [4, 20]

const given = parseArgs({options: {runs: {type: 'string'}, compare: {type: 'string'}, try: {type: 'boolean'}}}).values
const {compare, try: isTry = false} = given
const runs = isTry ? 1 : Number(given.runs ?? 11)
const creates = isTry ? 2 : 50
const listed = isTry ? 4 : 500
const addOns = isTry ? 20 : 10_000
const started = performance.now()

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
      ` ${wallMs.toFixed(0).padStart(7)} ms${floorMs === undefined ? '' : ` (the least possible: ${floorMs} ms)`}`,
  )
}
console.log(`Node ${process.version}${' '.repeat(26)} ×node         CPU    memory       wall`)

const quick = await serveSandbox()
await take({args: aka('addons:create twilio:small -a demo-dev'), env: quick.env})
for (const {suffix, env} of environments)
  for (const line of [
    '--version',
    '--help',
    'addons:plans',
    'addons:info twilio -a demo-dev',
    'twilio:usage -a demo-dev',
  ])
    add(line + suffix, await compareWithNode(() => ({args: aka(line), env: {...quick.env, ...env}}), runs))
await quick.stop()

const slow = await serveSandbox({latencyMs: LATENCY_MS})
const create = await compareWithNode(
  (run) => ({args: aka(`addons:create twilio:small -a app${run}-dev`), env: slow.env}),
  Math.ceil(runs / 2),
)
add(`addons:create, ${LATENCY_MS} ms an answer`, {...create, floorMs: CREATE_ROUND_TRIPS * LATENCY_MS})
const script = `seq ${creates} | xargs -P 8 -I N "$0" "$1" addons:create twilio:small -a many-N`
const fifty = await compareWithNode(
  (run) => ({
    program: 'sh',
    args: ['-c', script.replace('many-N', `many${run}-N`), process.execPath, join(root, 'bin/run.js')],
    env: slow.env,
  }),
  1,
)
add(`${creates} creates by xargs -P 8`, {...fifty, floorMs: Math.ceil(creates / 8) * CREATE_ROUND_TRIPS * LATENCY_MS})
/** The first run, which compiles, needs no long list. @param {number} run */
const listOf = (run) => {
  const names = Array.from({length: run === 0 ? 4 : listed}, (_, index) => `listed${run}-${index}-dev\n`)
  const file = join(slow.home, `list-${run}`)
  writeFileSync(file, names.join(''))
  return file
}
const many = await compareWithNode(
  (run) => ({args: [...aka('addons:create twilio:small --yes --apps-from'), listOf(run)], env: slow.env}),
  1,
)
add(`${listed} creates by --apps-from`, {
  ...many,
  floorMs: (1000 * listed * WRITES_OF_A_CREATE) / WRITES_PER_SECOND,
})
await slow.stop()

const fleet = await serveManyAddOns({addOns, latencyMs: 0})
for (const line of ['twilio', 'twilio --json', 'twilio:usage --all --json'])
  add(
    `${line}, ${addOns.toLocaleString('en')} add-ons`,
    await compareWithNode(() => ({args: aka(line), env: fleet.env}), 1),
  )
await fleet.stop()

const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: root, encoding: 'utf8'})
const [{size, unpackedSize}] = JSON.parse(packed.stdout)
const kib = {packed: Math.round(size / 1024), unpacked: Math.round(unpackedSize / 1024)}
console.log(`the package of npm: ${kib.packed} KiB, unpacked ${kib.unpacked} KiB`)

const seconds = Math.round((performance.now() - started) / 1000)
console.log(`took ${seconds} s`)
if (compare === undefined && !isTry) {
  writeResults({node: process.version, cpu: cpus()[0]?.model, runs, seconds, results, packageKiB: kib})
  writeFileSync(join(root, 'docs/performance.svg'), drawChart(results))
}
const before = compare === undefined ? undefined : JSON.parse(readFileSync(compare, 'utf8'))
for (const [name, {cpuRatio, memoryMiB}] of Object.entries(results)) {
  const was = before?.results[name]
  if (was && (cpuRatio > was.cpuRatio * (1 + TOLERANCE) || memoryMiB > was.memoryMiB * (1 + TOLERANCE))) {
    console.error(`${name}: ${cpuRatio} × node, ${memoryMiB} MiB; was ${was.cpuRatio}, ${was.memoryMiB} MiB`)
    process.exitCode = 1
  }
}
