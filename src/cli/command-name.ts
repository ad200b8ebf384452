import type {Config} from '@oclif/core'
import {closest, distance} from 'fastest-levenshtein'

import {ourCommand} from '../lib/command-line.js'
import {usage} from '../lib/errors.js'

/** @throws {Failure} `usage` for a command that does not exist, with the nearest that does. */
export function checkCommandName(name: string | undefined, config: Config): void {
  // Without a command, or with --help or --version in its place, oclif shows what there is.
  if (name === undefined || ['--help', '--version'].includes(name)) return
  if (config.findCommand(name) !== undefined || config.findTopic(name) !== undefined) return
  const found = nearest(name, config)
  throw usage(
    'COMMAND_UNKNOWN',
    `There is no command ${name}.`,
    ...(found === undefined ? [] : [`Did you mean ${ourCommand(found)}?`]),
    'All commands: aka help twilio (aka-twilio --help)',
  )
}

/** A command that is one or two slips of the finger away. */
function nearest(name: string, {commands}: Config): string | undefined {
  const names = commands.filter(({hidden}) => !hidden).flatMap(({id, aliases}) => [id, ...aliases])
  const found = closest(name, names)
  return distance(name, found) <= Math.max(2, name.length / 4) ? found : undefined
}
