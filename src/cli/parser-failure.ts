import {stripVTControlCharacters} from 'node:util'

import type {Errors} from '@oclif/core'

import {isAppSpace} from '../lib/akkeris/app-space.js'
import {nearest} from '../lib/nearest.js'
import {listOf} from '../lib/text.js'

/** What oclif's parser says, as we say it. */
interface Said {
  readonly message: string
  readonly suggestions: readonly string[]
}

interface Definition {
  readonly name: string
  readonly char?: string
  readonly type?: string
  readonly helpValue?: string | readonly string[]
  readonly description?: string
  readonly hidden?: boolean
}

/** What the parser was given. */
interface Input {
  readonly flags?: Readonly<Record<string, Definition>>
  readonly argv?: readonly string[]
}

/** What oclif's errors have besides their sentence. */
interface Details {
  readonly flags?: readonly string[]
  readonly args?: readonly (Definition | string)[]
  readonly parse?: {readonly input?: Input}
}

type Translate = (found: readonly string[], details: Details) => Said

const say = (message: string, ...suggestions: readonly string[]): Said => ({message, suggestions})

/** oclif's sentences (its parser/errors.js, parser/validate.js, flags.js), each with ours. */
const sentences: readonly (readonly [RegExp, Translate])[] = [
  [/^Missing \d+ required args?/, (_, {args = []}) => say(`Missing ${listOf(args.map(described), 'and')}.`)],
  [/^Unexpected arguments?: /, (_, {args = [], parse}) => tooMany(args, parse?.input)],
  [/^Nonexistent flags?: /, (_, {flags = [], parse}) => unknownFlags(flags, parse?.input?.flags ?? {})],
  [/^Expected (.*) to be one of: (.*)$/s, ([input = '', options = '']) => notAnOption(input, options.split(', '))],
  [/^Flag (--\S+) can only be specified once/, ([flag]) => say(`${flag ?? ''} can be given only once.`)],
  [
    /^Flag (--\S+) expects one of these values: (.*)/,
    ([flag, options = '']) => say(`${flag ?? ''} needs a value: ${listOf(options.split(', '), 'or')}.`),
  ],
  [/^Flag (--\S+) expects a value/, ([flag]) => say(`${flag ?? ''} needs a value.`)],
  [
    /^Parsing (--\S+) \n\tExpected an integer but received: (.*)/,
    ([flag, input = '']) => say(`${flag ?? ''} must be a whole number, not ${quoted(input)}.`),
  ],
  [
    /^Parsing (--\S+) \n\tExpected an integer greater than or equal to (\S+) but received: (.*)/,
    ([flag, min, input = '']) => say(`${flag ?? ''} must be at least ${min ?? ''}, not ${input}.`),
  ],
  [
    /^Parsing (--\S+) \n\tExpected an integer less than or equal to (\S+) but received: (.*)/,
    ([flag, max, input = '']) => say(`${flag ?? ''} must be at most ${max ?? ''}, not ${input}.`),
  ],
  [
    /^The following errors? occurred:\s+([^]*)$/,
    ([reasons = ''], {parse}) => brokenRules(reasons.split(/\n\s*/), parse?.input?.flags ?? {}),
  ],
]

/** The flags that do not go together, or are not there. */
const rules: readonly (readonly [
  RegExp,
  (found: readonly string[], flags: Readonly<Record<string, Definition>>) => string,
])[] = [
  [/^Missing required flag (\S+)$/, ([name = ''], flags) => `Missing ${describedFlag(name, flags[name])}.`],
  [/^--(\S+?)(?:=.*)? cannot also be provided when using --(\S+)$/s, ([one = '', other = '']) => exclusive(one, other)],
  [
    /^All of the following must be provided when using (--\S+): (.*)$/,
    ([flag, others = '']) => `${flag ?? ''} requires ${listOf(others.split(', '), 'and')}.`,
  ],
  [
    /^One of the following must be provided when using (--\S+): (.*)$/,
    ([flag, others = '']) => `${flag ?? ''} requires ${listOf(others.split(', '), 'or')}.`,
  ],
  [
    /^Exactly one of the following must be provided: (.*)$/,
    ([flags = '']) => `Missing ${listOf(flags.split(', '), 'or')}.`,
  ],
]

/** oclif's error in our words; what is not known here as oclif says it. */
export function parserFailure(error: Errors.CLIError): Said {
  // oclif colours what it quotes.
  const text = stripVTControlCharacters(error.message).split('\nSee more help')[0] ?? ''
  for (const [pattern, translate] of sentences) {
    const found = pattern.exec(text)
    if (found) return translate(found.slice(1), error as Details)
  }
  return say(text.endsWith('.') ? text : `${text}.`)
}

function tooMany(args: Details['args'] & object, {flags = {}, argv = []}: Input = {}): Said {
  // oclif takes a value that is given to a flag without one for an argument.
  const isGiven = ({name, type}: Definition) => type === 'boolean' && argv.some((word) => word.startsWith(`--${name}=`))
  const flag = Object.values(flags).find(isGiven)
  if (flag) return say(`--${flag.name} takes no value.`)
  const meant = args.flatMap((word) => asFlag(typeof word === 'string' ? word : '', flags, argv) ?? [])
  return say(
    `Too many arguments: ${listOf(args.map(quoted), 'and')} ${args.length > 1 ? 'are' : 'is'} not expected.`,
    ...(meant.length > 0 && meant.length === args.length ? [`Did you mean: ${meant.join(' ')}`] : []),
  )
}

/** What takes such a value, where that is no argument of the command. */
function asFlag(word: string, {app, quantity}: Input['flags'] & object, argv: readonly string[]): string | undefined {
  const isGiven = (...names: string[]) => argv.some((each) => names.includes(each.split('=')[0] ?? ''))
  if (quantity && /^\d+$/.test(word)) return isGiven('--quantity') ? undefined : `--quantity ${word}`
  return app && isAppSpace(word) && !isGiven('-a', '--app') ? `-a ${word}` : undefined
}

function brokenRules(reasons: readonly string[], flags: Readonly<Record<string, Definition>>): Said {
  const said = reasons.map((reason) => {
    for (const [pattern, translate] of rules) {
      const found = pattern.exec(reason)
      if (found) return translate(found.slice(1), flags)
    }
    return `${reason}.`
  })
  // Of two flags that exclude each other, each says so.
  return say([...new Set(said)].join(' '))
}

function exclusive(one: string, other: string): string {
  const [first = '', second = ''] = [one, other].sort()
  return `--${first} and --${second} cannot be used together.`
}

function unknownFlags(given: readonly string[], known: Readonly<Record<string, Definition>>): Said {
  const names = Object.values(known).flatMap(({name, hidden}) => (hidden ? [] : [name]))
  const typed = given.map((flag) => flag.split('=')[0] ?? flag)
  const meant = typed.flatMap((flag) => nearest(flag.replace(/^-+/, ''), flag.startsWith('--') ? names : []) ?? [])
  return say(
    `There is no flag ${listOf(typed, 'or')}.`,
    ...(meant.length > 0 ? [`Did you mean: ${meant.map((name) => `--${name}`).join(' ')}`] : []),
  )
}

function notAnOption(input: string, options: readonly string[]): Said {
  const [, flag, value = input] = /^(--[^=]+)=(.*)$/s.exec(input) ?? []
  const meant = nearest(value, options)
  // Some are taken in capitals, too.
  const distinct = options.filter((each) => each === each.toLowerCase() || !options.includes(each.toLowerCase()))
  return say(
    flag === undefined
      ? `${quoted(value)} is not one of ${listOf(distinct, 'or')}.`
      : `${flag} must be ${listOf(distinct, 'or')}, not ${quoted(value)}.`,
    ...(meant === undefined ? [] : [`Did you mean: ${meant}`]),
  )
}

/** An argument that is missing. */
function described(arg: Definition | string): string {
  if (typeof arg === 'string') return arg
  return `${arg.name.toUpperCase()}${arg.description === undefined ? '' : ` (${arg.description})`}`
}

function describedFlag(name: string, {helpValue, description}: Definition = {name}): string {
  const value = typeof helpValue === 'string' ? ` ${helpValue}` : ''
  return `--${name}${value}${description === undefined ? '' : ` (${description})`}`
}

function quoted(text: unknown): string {
  return `"${String(text)}"`
}
