import type {Interfaces} from '@oclif/core'

import type {Row} from '../../lib/bulk/rows.js'
import {usage} from '../../lib/errors.js'
import {helpGroupOfMany} from '../flags/bulk.js'
import {quotedForShell} from '../quoted-for-shell.js'

export type ParsingToken = Interfaces.ParserOutput['raw'][number]

/** What is said once for all app-spaces, or has no meaning for many. */
const notInLines = [
  'app',
  'json',
  'sandbox',
  'plain',
  'full',
  'dry-run',
  'yes',
  'confirm',
  'pick',
  'shell',
  'name',
  'as',
]

/** What a command takes. */
interface Takes {
  readonly flags: Readonly<Record<string, Flag>>
  /** In their order. */
  readonly args: readonly string[]
  /** Flags that are about many app-spaces. */
  readonly bulkFlags: readonly string[]
}

interface Flag {
  readonly type: 'boolean' | 'option'
  readonly allowNo?: boolean | undefined
  readonly helpGroup?: string | undefined
}

export function takesOf({flags, args}: {readonly flags: Readonly<Record<string, Flag>>; readonly args: object}): Takes {
  const bulkFlags = Object.entries(flags)
    .filter(([, {helpGroup}]) => helpGroup === helpGroupOfMany)
    .map(([name]) => name)
  return {flags, args: Object.keys(args), bulkFlags}
}

/** What a line of the list may say besides its app-space. */
export function optionsOfLines({flags, args, bulkFlags}: Takes): Set<string> {
  const excluded = new Set([...notInLines, ...bulkFlags])
  return new Set([...args, ...Object.keys(flags).filter((name) => !excluded.has(name))])
}

/**
 * The command line for the app-space of one line: what was given for all, then what the line says, which counts more.
 * @param raw of the command line for all
 * @throws {Failure} `usage`
 */
export function argvOfRow(
  {appSpace, options}: Row,
  raw: readonly ParsingToken[],
  {flags, args, bulkFlags}: Takes,
): string[] {
  const forAll = new Map(raw.flatMap((token) => (token.type === 'arg' ? [[token.arg, token.input] as const] : [])))
  const own = args.flatMap((name) => options[name] ?? [])
  const given = own.length > 0 ? own : args.flatMap((name) => forAll.get(name) ?? [])
  const common = raw.flatMap((token) => {
    if (token.type === 'arg' || bulkFlags.includes(token.flag)) return []
    return [flags[token.flag]?.type === 'boolean' ? token.input : `--${token.flag}=${token.input}`]
  })
  const ofLine = Object.entries(options).flatMap(([name, value]) => {
    const flag = flags[name]
    if (!flag) return []
    return flag.type === 'boolean' ? onOrOff(name, value, flag.allowNo) : [`--${name}=${value}`]
  })
  return [...given, `--app=${appSpace}`, ...common, ...ofLine]
}

/** The same command line with another list, for a person to run. */
export function argvAgain(raw: readonly ParsingToken[], list: string): string[] {
  const [given, flags] = [raw.filter(({type}) => type === 'arg'), raw.filter(({type}) => type === 'flag')]
  return [
    ...given.map(({input}) => quotedForShell(input)),
    `--apps-from ${quotedForShell(list)}`,
    ...flags.flatMap((token) => {
      if (token.type === 'arg' || ['apps-from', 'failed-to', 'confirm-count', 'all', 'sandbox'].includes(token.flag))
        return []
      return token.input.startsWith('-') ? [token.input] : [`--${token.flag} ${quotedForShell(token.input)}`]
    }),
  ]
}

function onOrOff(name: string, value: string, allowNo = false): string[] {
  if (/^(true|yes|on|1)$/i.test(value)) return [`--${name}`]
  if (!/^(false|no|off|0)$/i.test(value)) throw usage('ARGUMENTS_INVALID', `${name} is true or false, not ${value}`)
  return allowNo ? [`--no-${name}`] : []
}
