/**
 * The same requests by twilio-cli, Twilio's own command line: `npm run bench:peers`. npm gets it, into a folder that is removed again. It asks
 * the same server on loopback. Adds to bench/results.json.
 */
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {aka, environments, writeResults} from './cases.mjs'
import {median, take} from './measure.mjs'
import {serveSandbox} from './servers.mjs'

const VERSION = '6.2.4'
const RUNS = 5

const folder = mkdtempSync(join(tmpdir(), 'aka-twilio-peers-'))
const sandbox = await serveSandbox()
try {
  console.log(`getting twilio-cli ${VERSION} …`)
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', `twilio-cli@${VERSION}`]
  const {status, stderr} = spawnSync('npm', args, {encoding: 'utf8'})
  if (status !== 0) throw new Error(stderr)
  const bin = join(folder, 'node_modules/.bin')
  const {env} = sandbox
  const theirs = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    TWILIO_ACCOUNT_SID: env.TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: env.TWILIO_AUTH_TOKEN,
    BENCH_ENDPOINT: env.AKA_TWILIO_ENDPOINT,
  }
  const preloads = [fileURLToPath(new URL('redirect.cjs', import.meta.url))]
  /** @param {string} line */
  const twilio = (line) => [join(bin, 'twilio'), ...line.split(' ')]
  await take({args: aka('addons:create twilio:small -a demo-dev'), env})

  const cases = {
    'fetch an account': ['twilio:whoami', `api:core:accounts:fetch --sid ${env.TWILIO_ACCOUNT_SID}`],
    'list the items of a Sync Map': [
      'twilio',
      'api:sync:v1:services:maps:items:list --service-sid default --map-sid aka-twilio',
    ],
  }
  const peers = Object.fromEntries(await measureAll())
  writeResults({twilioCli: VERSION, peers})

  async function measureAll() {
    /** @type {[string, {ratio: number, cpuMs: number, theirCpuMs: number}][]} */
    const measured = []
    for (const {suffix, env: more} of environments)
      for (const [name, [our = '', their = '']] of Object.entries(cases)) {
        const ours = () => take({args: aka(our), env: {...env, ...more}})
        const theirOwn = () => take({args: twilio(their), env: {...theirs, ...more}, preloads})
        await ours()
        await theirOwn()
        const pairs = []
        for (let run = 0; run < RUNS; run++) pairs.push({ours: await ours(), theirs: await theirOwn()})
        const ratio = median(pairs.map((pair) => pair.ours.cpuMs / pair.theirs.cpuMs))
        const cpuMs = Math.round(median(pairs.map((pair) => pair.ours.cpuMs)))
        const theirCpuMs = Math.round(median(pairs.map((pair) => pair.theirs.cpuMs)))
        console.log(
          `${(name + suffix).padEnd(42)} ${ratio.toFixed(3)} of twilio-cli: ${cpuMs} ms against ${theirCpuMs} ms of CPU`,
        )
        measured.push([name + suffix, {ratio: Number(ratio.toFixed(3)), cpuMs, theirCpuMs}])
      }
    return measured
  }
} finally {
  await sandbox.stop()
  rmSync(folder, {recursive: true, force: true})
}
