import {planNames} from '../../lib/addon/plans.js'

/** A command as far as completion needs it; oclif's manifest has more. */
export interface CompletableCommand {
  readonly id: string
  readonly aliases: readonly string[]
  readonly hidden: boolean
  readonly args: Readonly<Record<string, {readonly options?: readonly string[]}>>
  readonly flags: Readonly<Record<string, CompletableFlag>>
}

interface CompletableFlag {
  readonly char?: string
  readonly type: string
  readonly allowNo?: boolean
  readonly options?: readonly string[]
  readonly hidden?: boolean
}

/** What must be asked for. */
export interface Values {
  appSpaces(): Promise<readonly string[]>
  sims(appSpace: string): Promise<readonly string[]>
}

/** What may stand in the place of the last word of a command line, which begins with the name of the program. */
export async function candidates(
  line: string,
  commands: readonly CompletableCommand[],
  values: Values,
): Promise<readonly string[]> {
  const words = line.trimStart().split(/\s+/)
  const [before, typed] = [words.slice(1, -1), words.at(-1) ?? '']
  const all = await everyCandidate(before, typed, {commands, values})
  return [...new Set(all)].filter((each) => each.startsWith(typed)).sort()
}

async function everyCandidate(
  before: readonly string[],
  typed: string,
  {commands, values}: {readonly commands: readonly CompletableCommand[]; readonly values: Values},
): Promise<readonly string[]> {
  const name = before.find((word) => !word.startsWith('-'))
  const shown = commands.filter(({hidden}) => !hidden)
  if (name === undefined) return ['help', ...shown.flatMap(({id, aliases}) => [id, ...aliases])]
  const command = shown.find(({id, aliases}) => id === name || aliases.includes(name))
  if (!command) return []
  const flag = flagOf(command, before.at(-1) ?? '')
  if (flag?.[1].type === 'option') return valuesOf(flag, values)
  const [, word = ''] = /^(--[^=]+)=/.exec(typed) ?? []
  const joined = flagOf(command, word)
  if (joined?.[1].type === 'option') return (await valuesOf(joined, values)).map((value) => `${word}=${value}`)
  if (typed.startsWith('-')) return flagsOf(command)
  return argumentsOf(command, before, values)
}

/** The flag that stands there, by its name or its letter. */
function flagOf({flags}: CompletableCommand, word: string): readonly [string, CompletableFlag] | undefined {
  return Object.entries(flags).find(
    ([name, {char}]) => word === `--${name}` || (char !== undefined && word === `-${char}`),
  )
}

async function valuesOf(
  [name, {options = []}]: readonly [string, CompletableFlag],
  values: Values,
): Promise<readonly string[]> {
  return name === 'app' ? values.appSpaces() : options
}

function flagsOf({flags}: CompletableCommand): readonly string[] {
  const shown = Object.entries(flags).filter(([, {hidden}]) => !hidden)
  return ['--help', ...shown.flatMap(([name, {allowNo}]) => [`--${name}`, ...(allowNo ? [`--no-${name}`] : [])])]
}

async function argumentsOf(
  {args}: CompletableCommand,
  before: readonly string[],
  values: Values,
): Promise<readonly string[]> {
  const app = before[before.findIndex((word) => word === '-a' || word === '--app') + 1]
  const found = await Promise.all(
    Object.entries(args).map(async ([name, {options = []}]) => {
      if (name === 'plan') return planNames.map((plan) => `twilio:${plan}`)
      if (name === 'addon') return ['twilio']
      if (/^sims?$/.test(name)) return before.includes('-a') || before.includes('--app') ? values.sims(app ?? '') : []
      return options
    }),
  )
  return found.flat()
}
