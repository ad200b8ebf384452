/**
 * Writes docs/screens/: what the built commands show on a terminal of 80 columns, in a sandbox whose SIDs and dates are the same in
 * every run. There is no check that they are up to date: how long a step took is on some of them.
 *
 * To look at any other command: node scripts/screens.mjs --to FOLDER --columns 40 --scheme dark -- twilio:usage --all
 */
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'

import {svgOf} from './screens/svg.mjs'
import {screenOf} from './screens/terminal.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const START = Date.parse('2026-03-10T12:00:00Z')

/** In this order: each is about what those before it did. */
const screens = [
  {name: 'create', line: 'addons:create twilio:small -a api-default'},
  {name: 'usage', line: 'twilio:usage -a api-default'},
  {name: 'sims-order', line: 'twilio:sims:order -a api-default --esim --quantity 1 --yes'},
  {name: 'rotate', line: 'twilio:rotate -a api-default'},
  {name: 'error', line: 'twilio:sims:order -a api-default --quantity 60 --yes'},
]

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    to: {type: 'string', default: join(root, 'docs', 'screens')},
    columns: {type: 'string', default: '80'},
    scheme: {type: 'string'},
  },
})
const columns = Number(values.columns)
const scheme = values.scheme === 'light' || values.scheme === 'dark' ? values.scheme : undefined

const home = await mkdtemp(join(tmpdir(), 'aka-twilio-screens-'))
const world = await startWorld()
try {
  await mkdir(values.to, {recursive: true})
  for (const {name, line} of screens) {
    await write(name, line)
    if (name === 'create') useSome()
  }
  if (positionals.length > 0) await write('other', positionals.join(' '))
} finally {
  const ended = once(world.sandbox, 'close')
  world.sandbox.kill('SIGKILL')
  await ended
  await rm(home, {recursive: true, force: true})
}

/** The command line that is typed is `aka`, a link to the built program; Twilio and Akkeris are the sandbox, served on loopback. */
async function startWorld() {
  const aka = join(home, 'aka')
  await symlink(join(root, 'bin', 'run.js'), aka)
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    NO_UPDATE_NOTIFIER: '1',
    NODE_OPTIONS: `--import=${new URL('screens/clock.mjs', import.meta.url).href}`,
    AKA_SCREENS_CLOCK: String(START - Date.now()),
  }
  const sandbox = spawn(process.execPath, [aka, 'twilio:sandbox', '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  /** @type {NodeJS.ProcessEnv} */
  const served = {}
  for await (const line of createInterface({input: sandbox.stdout})) {
    const [, name = '', value = ''] = /^export (\w+)='?(.*?)'?$/.exec(line) ?? []
    served[name] = value
    if (name === 'TWILIO_AUTH_TOKEN') break
  }
  return {aka, sandbox, env: {...env, ...served}}
}

/** @param {string} name @param {string} line */
async function write(name, line) {
  const {aka, env} = world
  const command = `stty cols ${columns} rows 50; exec '${process.execPath}' '${aka}' ${line}`
  const {stdout} = spawnSync('script', ['-qec', command, '/dev/null'], {env, cwd: home, encoding: 'utf8', input: ''})
  const lines = screenOf(`\u001B[2m$\u001B[0m \u001B[1maka ${line}\u001B[0m\r\n${stdout}`, columns)
  await writeFile(
    join(values.to, `${name}.svg`),
    svgOf(lines, {title: `aka ${line}`, columns, ...(scheme && {scheme})}),
  )
}

/** A month as it may be on its tenth day. */
function useSome() {
  const {aka, env} = world
  const usage = {'calls-outbound': '1050', sms: '1501', 'wireless-usage-commands': '1203'}
  for (const [category, amount] of Object.entries(usage)) {
    const args = [aka, 'twilio:sandbox:usage', category, amount, '-a', 'api-default']
    const {status, stderr} = spawnSync(process.execPath, args, {env, encoding: 'utf8'})
    if (status !== 0) throw new Error(stderr)
  }
}
