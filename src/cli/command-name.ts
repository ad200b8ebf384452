import type {Config} from '@oclif/core'

import {helpCommand, ourCommand} from '../lib/command-line.js'
import {usage} from '../lib/errors.js'
import {nearest} from '../lib/nearest.js'
import {quotedForShell} from './quoted-for-shell.js'

/** What was typed in the place of a command, and which one was probably meant. */
interface Mistyped {
  readonly message: string
  /** What else was typed. */
  readonly rest: readonly string[]
  readonly meant: string | undefined
}

/** @throws {Failure} `usage` for a command that does not exist, with the command line that was probably meant. */
export function checkCommandName(argv: readonly string[], config: Config): void {
  const mistyped = findMistyped(argv, config)
  if (!mistyped) return
  const {message, meant} = mistyped
  const rest = mistyped.rest.filter((word) => word !== '--sandbox')
  const flags = Object.keys(config.findCommand(meant ?? '')?.flags ?? {})
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length
  const line = [meant ?? '', ...rest.map((word, at) => (at < end ? withKnownFlag(word, flags) : word))]
    .map(quotedForShell)
    .join(' ')
  throw usage(
    'COMMAND_UNKNOWN',
    message,
    ...(meant === undefined ? [] : [`Did you mean: ${ourCommand(line)}`]),
    `All commands: ${helpCommand('twilio')}`,
  )
}

/** A flag that the command does not have, as the one that was probably meant. */
function withKnownFlag(word: string, flags: readonly string[]): string {
  const [, name = ''] = /^--(?:no-)?([a-z-]+)/.exec(word) ?? []
  const meant = name === '' || flags.includes(name) ? undefined : nearest(name, flags)
  return meant === undefined ? word : word.replace(name, meant)
}

function findMistyped(argv: readonly string[], config: Config): Mistyped | undefined {
  const [name] = argv
  // Without a command, or with --help or --version in its place, oclif shows what there is.
  if (name === undefined || ['--help', '--version'].includes(name)) return undefined
  if (name.startsWith('-')) return withFlagsBefore(argv, config)
  const command = config.findCommand(name)
  if (!command && config.findTopic(name) === undefined)
    return {message: `There is no command ${name}.`, rest: argv.slice(1), meant: nearest(name, namesOf(config))}
  // A command that takes an argument may have been given one of that name.
  if (command && Object.keys(command.args).length > 0) return undefined
  const [, second] = leadingWords(argv)
  return second === undefined ? undefined : withSpaces(argv, {config, isCommand: command !== undefined})
}

function withFlagsBefore(argv: readonly string[], config: Config): Mistyped {
  const at = argv.findIndex((word) => config.findCommand(word))
  const [name = ''] = argv
  const message = at < 0 ? `There is no command ${name}.` : `There is no command ${name}: flags go after the command.`
  return {message, rest: argv.filter((_, index) => index !== at), meant: argv[at]}
}

/** A topic, or a command that takes no arguments, with a word behind it: probably a space in the place of a colon. */
function withSpaces(
  argv: readonly string[],
  {config, isCommand}: {readonly config: Config; readonly isCommand: boolean},
): Mistyped | undefined {
  const words = leadingWords(argv)
  for (let count = Math.min(words.length, 4); count > 1; count--) {
    const meant = words.slice(0, count).join(':')
    const message = `There is no command ${words.slice(0, count).join(' ')}: its parts are joined with colons.`
    if (config.findCommand(meant)) return {message, rest: argv.slice(count), meant}
  }
  const [topic = '', word = ''] = words
  const below = namesOf(config).flatMap((name) => (name.startsWith(`${topic}:`) ? [name.slice(topic.length + 1)] : []))
  const found = nearest(word, below)
  // The parser has a sentence for arguments that a command does not take.
  if (isCommand && found === undefined) return undefined
  return {
    message: `There is no command ${topic} ${word}.`,
    rest: argv.slice(2),
    meant: found === undefined ? undefined : `${topic}:${found}`,
  }
}

/** What stands before the first flag. */
function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((each) => each.startsWith('-'))
  return end < 0 ? argv : argv.slice(0, end)
}

function namesOf({commands, topics}: Config): readonly string[] {
  const shown = commands.filter(({hidden}) => !hidden).flatMap(({id, aliases}) => [id, ...aliases])
  return [...shown, ...topics.map(({name}) => name)]
}
