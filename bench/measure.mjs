/** Runs commands and says what they took. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

/**
 * @typedef {object} Command
 * @property {readonly string[]} args after `node`, or with `program` after that
 * @property {string} [program]
 * @property {Readonly<Record<string, string>>} [env]
 * @property {readonly string[]} [preloads] files that are loaded before it
 *
 * @typedef {{cpuMs: number, memoryMiB: number, wallMs: number}} Taken of all processes together; the memory of the largest
 */

const report = fileURLToPath(new URL('report-usage.cjs', import.meta.url))

/**
 * One run of it, to its end.
 * @param {Command} command
 * @returns {Promise<Taken>}
 */
export async function take({program = process.execPath, args, env = {}, preloads = []}) {
  const folder = mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))
  const file = join(folder, 'usage')
  const started = performance.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      ...env,
      NODE_OPTIONS: [report, ...preloads].map((file) => `--require ${file}`).join(' '),
      BENCH_USAGE_FILE: file,
    },
  })
  let stderr = ''
  child.stderr.on('data', (text) => (stderr += text))
  const [exitCode] = await once(child, 'close')
  const wallMs = performance.now() - started
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ends with ${exitCode}: ${stderr}`)
  const processes = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  rmSync(folder, {recursive: true})
  return {
    cpuMs: processes.reduce((sum, {cpuMs}) => sum + cpuMs, 0),
    memoryMiB: Math.max(...processes.map(({memoryMiB}) => memoryMiB)),
    wallMs,
  }
}

/**
 * The command and a bare Node in turn, so that what else the machine does touches both alike; medians, of the ratios too.
 * @param {(run: number) => Command} commandOf
 * @param {number} runs
 */
export async function compareWithNode(commandOf, runs) {
  // The first run compiles what the others find compiled.
  await take(commandOf(0))
  /** @type {{taken: Taken, bare: Taken}[]} */
  const pairs = []
  for (let run = 1; run <= runs; run++) {
    const {env = {}} = commandOf(run)
    pairs.push({taken: await take(commandOf(run)), bare: await take({args: ['-e', '0'], env})})
  }
  return {
    cpuRatio: median(pairs.map(({taken, bare}) => taken.cpuMs / bare.cpuMs)),
    cpuMs: median(pairs.map(({taken}) => taken.cpuMs)),
    wallMs: median(pairs.map(({taken}) => taken.wallMs)),
    memoryMiB: median(pairs.map(({taken}) => taken.memoryMiB)),
  }
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN
}
