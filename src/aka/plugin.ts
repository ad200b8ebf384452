/** What aka requires on every one of its commands (through index.js): it must cost about nothing, so nothing is imported here. */
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {AkaCore} from '../cli/aka-core.js'
import {knownToAka, register, takeOver} from './register.js'
import {findTarget, findUnknown, isOurName, type Target} from './target.js'
import type {Aka, KnownCommand} from './types.js'

const root = join(__dirname, '../..')
const known = JSON.parse(readFileSync(join(__dirname, 'commands.json'), 'utf8')) as {
  readonly version: string
  readonly commands: readonly KnownCommand[]
}

export const group = 'twilio'
export const help = 'give app-spaces Twilio: a subaccount, a phone number, SIM cards'
export const primary = true
export const {version} = known

/** Called on every command of aka, and again where it shows help. */
export function init(aka: Aka): void {
  const target = findTarget(process.argv.slice(2), known.commands)
  for (const command of known.commands) {
    for (const name of command.names.filter(isOurName)) {
      // aka finds the command as it is typed; where it does not, the arguments are what stands behind its name.
      register(aka, {command, name}, async () => start(target?.name === name ? target : {name, argv: argvAfter(name)}))
    }
  }
  // aka would show its general help for it, and exit with 0.
  const unknown = findUnknown(process.argv.slice(2), known.commands, (name) => knownToAka(aka, name) !== undefined)
  if (unknown !== undefined) {
    const command = {id: unknown, names: [unknown], summary: '', args: [], flags: []}
    takeOver(aka, {command, name: unknown, booleansBefore: []}, async () =>
      start({name: unknown, argv: argvAfter(unknown)}),
    )
  }
  if (!target || process.env.AKA_TWILIO_CORE) return
  takeOver(aka, target, async ({app}) =>
    start(target, {
      run: (addon) => runCore(target.naming(addon)),
      addon: target.firstArgument ?? group,
      app: typeof app === 'string' ? app : undefined,
    }),
  )
}

function argvAfter(name: string): string[] {
  return process.argv.slice(process.argv.indexOf(name, 2) + 1)
}

/** Runs a command as bin/run.js would: aka would print a stack, exit with 1 or even 0, and write to stdout. */
async function start({name, argv}: Pick<Target, 'name' | 'argv'>, core?: AkaCore): Promise<void> {
  if (process.env.AKA_NO_COLORS) process.env.NO_COLOR = '1'
  const fail = (error: unknown) => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`✖ This is a bug in aka-twilio; please report it: ${why}\n`)
    process.exitCode = 70
  }
  // aka's own listener says so on stdout and goes on as if nothing had happened.
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => {
    fail(error)
    process.exit(70)
  })
  try {
    const {loadBundle} = await import('../../bin/load-bundle.js')
    await loadBundle().runInAka({root, name, argv, core: isOurName(name) ? undefined : core})
  } catch (error) {
    fail(error)
  }
}

/** A command line of aka once more, with the core's commands left alone. */
async function runCore(argv: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...argv], {
    stdio: 'inherit',
    env: {...process.env, AKA_TWILIO_CORE: '1'},
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 130))
  })
}
