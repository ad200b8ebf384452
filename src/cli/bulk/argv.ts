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
export interface Takes {
  /** Its own. */
  readonly flags: Readonly<Record<string, Flag>>
  /** Those that every command takes, such as --json: about the run as a whole. */
  readonly baseFlags: Readonly<Record<string, Flag>>
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

export function takesOf({
  flags,
  baseFlags = {},
  args,
}: {
  readonly flags: Readonly<Record<string, Flag>>
  readonly baseFlags?: Readonly<Record<string, Flag>>
  readonly args: object
}): Takes {
  const bulkFlags = Object.entries(flags)
    .filter(([, {helpGroup}]) => helpGroup === helpGroupOfMany)
    .map(([name]) => name)
  return {flags, baseFlags, args: Object.keys(args), bulkFlags}
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
    const type = token.type === 'flag' ? flags[token.flag]?.type : undefined
    if (token.type === 'arg' || type === undefined || bulkFlags.includes(token.flag)) return []
    return [type === 'boolean' ? token.input : `--${token.flag}=${token.input}`]
  })
  const ofLine = Object.entries(options).flatMap(([name, value]) => {
    const flag = flags[name]
    if (!flag) return []
    return flag.type === 'boolean' ? onOrOff(name, value, flag.allowNo) : [`--${name}=${value}`]
  })
  return [...given, `--app=${appSpace}`, ...common, ...ofLine]
}

/** What is about the first list, or is said with each command that is shown. */
const notInNext = ['apps-from', 'failed-to', 'confirm-count', 'all', 'sandbox', 'profile']

/** The same command line with another list, for a person to run. */
export function argvAgain(raw: readonly ParsingToken[], list: string, {flags, baseFlags}: Takes): string[] {
  const known = {...baseFlags, ...flags}
  const given = raw.flatMap((token) => (token.type === 'arg' ? [quotedForShell(token.input)] : []))
  const options = raw.flatMap((token) => {
    if (token.type === 'arg' || notInNext.includes(token.flag)) return []
    const isBoolean = known[token.flag]?.type === 'boolean'
    return [isBoolean ? token.input : `--${token.flag}=${quotedForShell(token.input)}`]
  })
  return [...given, `--apps-from ${quotedForShell(list)}`, ...options]
}

function onOrOff(name: string, value: string, allowNo = false): string[] {
  if (/^(true|yes|on|1)$/i.test(value)) return [`--${name}`]
  if (!/^(false|no|off|0)$/i.test(value)) throw usage('ARGUMENTS_INVALID', `${name} is true or false, not ${value}`)
  return allowNo ? [`--no-${name}`] : []
}
