import {Args, Flags} from '@oclif/core'

import {checkAppSpace} from '../../lib/akkeris/app-space.js'
import {usage} from '../../lib/errors.js'

/** An argument. What stands on standard input is not for oclif to take for it: it may be a script's own. */
export const arg = Args.custom({ignoreStdin: true, parse: async (input) => input})

/** The add-on, as aka's own commands name it. */
export const addonArg = arg({description: 'twilio', default: 'twilio'})

/** With `strict` off: one or more. */
export const simsArg = arg({description: 'SID or name; repeatable', required: true})

const app = {char: 'a', helpValue: 'APP-SPACE', description: 'the app-space, e.g. api-default'} as const

export const appFlag = Flags.string(app)

/** Where the space of an app-space may choose the login. */
export const profileOfAppFlag = Flags.string({
  ...app,
  description: 'for this app-space, whose space may have its own login (space-profiles)',
  parse: async (name) => checkAppSpace(name),
})

/** From the flag alone: what ends or stops something is never guessed from the environment or git. */
export const requiredAppFlag = Flags.string({...app, required: true})

/** The same for what takes --apps-from, too. */
export const appOrListFlag = Flags.string({...app, exactlyOne: ['app', 'apps-from']})

/** For what may wait long: each of its waits ends by then. */
export const timeoutFlag = Flags.integer({
  description: 'wait no longer than this, for other runs and for what the command waits for',
  helpValue: 'SECONDS',
  min: 1,
  max: 86_400,
})

/** Whether it waits, and how long. `--wait` means one thing wherever it stands: to end only once it is done. */
export function waitFlags(description: string) {
  return {wait: Flags.boolean({char: 'w', allowNo: true, default: true, description}), timeout: timeoutFlag}
}

export const waitForOthersFlags = waitFlags(
  'wait while another run works on the app-space; --no-wait fails instead (exit 6)',
)

/** Off unless given: to wait is not what the command is for. */
export function followFlag(description: string) {
  return Flags.boolean({char: 'w', description})
}

/** To draw a report again and again. */
export function watchFlags(...exclusive: string[]) {
  return {
    watch: Flags.boolean({
      description: 'refresh until Ctrl-C, on a terminal',
      exclusive: ['json', ...exclusive],
    }),
    interval: Flags.integer({description: 'seconds between refreshes [default: 10]', min: 1, dependsOn: ['watch']}),
  }
}

export function dryRunFlag(description: string) {
  return Flags.boolean({description})
}

export function yesFlag(description: string) {
  return Flags.boolean({char: 'y', description})
}

export function allAddonsFlag(...exclusive: string[]) {
  return Flags.boolean({description: 'every add-on of the main account', exclusive})
}

export const monthFlag = Flags.string({description: 'which month', default: 'this', helpValue: 'this|last|YYYY-MM'})

export function networkCountryFlag(options: {readonly dependsOn?: string[]} = {}) {
  return Flags.string({
    ...options,
    description: 'country whose networks a new fleet gets [default: US]',
    helpValue: 'CC',
  })
}

/** aka's own add-ons can be named. */
export const noNameFlags = {name: Flags.string({hidden: true}), as: Flags.string({hidden: true})}

/** @throws {Failure} `usage` */
export function refuseNames({name, as}: {name?: string | undefined; as?: string | undefined}): void {
  if (name === undefined && as === undefined) return
  throw usage(
    'NAMES_NOT_SUPPORTED',
    'An app-space has one Twilio add-on, and its config vars have fixed names: --name and --as do not apply.',
    'Leave --name and --as out.',
  )
}
