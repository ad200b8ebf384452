/** What the plugin adds to every command of aka, in milliseconds: `npm run bench`, or `node bench/init.mjs [RUNS]` after a build. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const runs = Number(process.argv[2] ?? 15)
const home = mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))

/** Prints how long `require` and `init` take in a process where yargs is loaded and the core's commands are there. */
const measure = `
const args = require('yargs')
for (const name of ['create', 'destroy', 'info', 'plans']) args.command('addons:' + name + ' ADDON', 'core', {}, () => {})
const [, index] = process.argv
process.argv = [process.execPath, 'aka', ...process.argv.slice(2)]
const started = performance.now()
if (index !== 'none') require(index).init({args, plugins: {}})
console.log(performance.now() - started)`
/** @param {string} index @param {...string} args */
const inProcess = (index, ...args) => {
  const {status, stdout, stderr} = spawnSync(process.execPath, ['-e', measure, index, ...args], {cwd: root})
  if (status !== 0) throw new Error(stderr.toString())
  return Number(stdout.toString())
}

/**
 * How long a whole `aka version` takes, with what starting Node costs.
 * @param {string} name
 */
const wholeCommand = (name) => {
  const env = {...process.env, HOME: join(home, name), AKKERIS_API_HOST: 'x.invalid', AKKERIS_AUTH_HOST: 'x.invalid'}
  const started = performance.now()
  const {status, stderr} = spawnSync(process.execPath, [join(root, 'test/aka/host/aka.cjs'), 'version'], {env})
  if (status !== 0) throw new Error(stderr.toString())
  return performance.now() - started
}
for (const name of ['without', 'with']) mkdirSync(join(home, name, '.akkeris', 'plugins'), {recursive: true})
symlinkSync(root, join(home, 'with', '.akkeris', 'plugins', 'twilio'))

const index = join(root, 'index.js')
const cases = {
  'without the plugin': () => inProcess('none'),
  'require and init, another command': () => inProcess(index, 'apps'),
  'require and init, twilio:whoami': () => inProcess(index, 'twilio:whoami'),
  'require and init, addons:create twilio:small': () => inProcess(index, 'addons:create', 'twilio:small'),
  'aka version without the plugin': () => wholeCommand('without'),
  'aka version with the plugin': () => wholeCommand('with'),
}
const measured = Object.entries(cases).map(([name, once]) => ({name, once, times: /** @type {number[]} */ ([])}))
// In turn, so that what else the machine does touches all alike.
for (let run = 0; run < runs; run++) for (const {once, times} of measured) times.push(once())
rmSync(home, {recursive: true})
for (const {name, times} of measured) {
  times.sort((a, b) => a - b)
  const [least, median] = [times[0], times[Math.floor(runs / 2)]].map((time = NaN) => time.toFixed(1).padStart(6))
  console.log(`${name.padEnd(46)} ${least} least ${median} median`)
}
