/** Start-up times of commands beside a bare Node, in milliseconds: `npm run bench [-- RUNS]`. Builds first. */
import {spawnSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const runs = Number(process.argv[2] ?? 15)
const env = {...process.env, HOME: mkdtempSync(join(tmpdir(), 'aka-twilio-bench-'))}
/** @param {...string} args */
const cli = (...args) => [join(root, 'bin', 'run.js'), ...args]
const cases = {
  'node, nothing else': ['-e', '0'],
  'twilio SDK as a whole': ['-e', `require(${JSON.stringify(join(root, 'node_modules/twilio'))}).Twilio`],
  'addons:create --help': cli('addons:create', '--help'),
  'addons:plans': cli('addons:plans'),
  'twilio --sandbox': cli('twilio', '--sandbox'),
  'addons:info --sandbox': cli('addons:info', '-a', 'demo-dev', '--sandbox'),
}

spawnSync(process.execPath, cli('addons:create', 'twilio:small', '-a', 'demo-dev', '--sandbox'), {env})
for (const [name, args] of Object.entries(cases)) {
  const times = Array.from({length: runs}, () => {
    const started = performance.now()
    const {status, stderr} = spawnSync(process.execPath, args, {env})
    if (status !== 0) throw new Error(`${name}: ${stderr.toString()}`)
    return performance.now() - started
  }).sort((a, b) => a - b)
  const [least, median] = [times[0], times[Math.floor(runs / 2)]].map((time = NaN) => Math.round(time))
  console.log(`${name.padEnd(24)} ${String(least).padStart(5)} least ${String(median).padStart(5)} median`)
}
