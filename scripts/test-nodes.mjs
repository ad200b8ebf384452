/**
 * Tries the life of an add-on with each major version of Node that is in use, on its own and as a plugin of a stand-in for aka:
 * `npm run test:nodes`, or with the versions to try. npm gets them, into a folder that is removed again.
 */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const VERSIONS = ['20', '22', '24', '26']
const COMMANDS = [
  'addons:create twilio:small -a demo-dev',
  'addons:info twilio -a demo-dev',
  'twilio:usage -a demo-dev',
  'twilio:usage -a demo-dev --json',
  'addons:destroy twilio -a demo-dev --confirm demo-dev',
]

const root = fileURLToPath(new URL('..', import.meta.url))
const programs = {alone: join(root, 'bin/run.js'), 'inside aka': join(root, 'test/aka/host/aka.cjs')}
const given = process.argv.slice(2)
for (const version of given.length > 0 ? given : VERSIONS) {
  const folder = mkdtempSync(join(tmpdir(), 'aka-twilio-nodes-'))
  try {
    run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`])
    const node = join(folder, 'node_modules/node/bin/node')
    for (const [name, program] of Object.entries(programs)) {
      const home = join(folder, name)
      mkdirSync(join(home, '.akkeris', 'plugins'), {recursive: true})
      symlinkSync(root, join(home, '.akkeris', 'plugins', 'twilio'))
      const env = {
        PATH: process.env.PATH,
        HOME: home,
        AKKERIS_API_HOST: 'apps.invalid',
        AKKERIS_AUTH_HOST: 'auth.invalid',
      }
      for (const command of COMMANDS) run(node, [program, ...command.split(' '), '--sandbox'], env)
    }
    console.log(
      `${run(node, ['--version']).trim()}: ${COMMANDS.length} commands, ${Object.keys(programs).join(' and ')}`,
    )
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(program, args, env = process.env) {
  const {status, stdout, stderr} = spawnSync(program, args, {env, encoding: 'utf8'})
  if (status !== 0 || /warning/i.test(env === process.env ? '' : stderr))
    throw new Error(`${program} ${args.join(' ')} ends with ${status}:\n${stdout}${stderr}`)
  return stdout
}
