import {planNames} from '../../lib/addon/plans.js'
import {definitions} from '../../lib/settings.js'
import {pageNames} from '../help/pages.js'

/** A command as far as completion needs it; oclif's manifest has more. */
export interface CompletableCommand {
  readonly id: string
  readonly aliases: readonly string[]
  readonly hidden: boolean
  /** False where the last argument may be repeated. */
  readonly strict?: boolean | undefined
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
  const names = shown.flatMap(({id, aliases}) => [id, ...aliases])
  if (name === undefined) return ['help', ...names]
  if (name === 'help') return before.length > 1 ? [] : [...pageNames, ...names]
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
  if (name === 'app') return values.appSpaces()
  if (name === 'plan') return plans
  return name === 'month' ? ['this', 'last'] : options
}

function flagsOf({flags}: CompletableCommand): readonly string[] {
  const shown = Object.entries(flags).filter(([, {hidden}]) => !hidden)
  return ['--help', ...shown.flatMap(([name, {allowNo}]) => [`--${name}`, ...(allowNo ? [`--no-${name}`] : [])])]
}

const plans = planNames.map((plan) => `twilio:${plan}`)

async function argumentsOf(
  command: CompletableCommand,
  before: readonly string[],
  values: Values,
): Promise<readonly string[]> {
  const app = before[before.findIndex((word) => word === '-a' || word === '--app') + 1]
  const found = await Promise.all(
    expected(command, argumentsIn(command, before)).map(async (name) => {
      if (name === 'plan') return plans
      if (name === 'addon') return ['twilio']
      if (name === 'name' && command.id === 'twilio:settings') return Object.keys(definitions)
      if (/^sims?$/.test(name)) return before.includes('-a') || before.includes('--app') ? values.sims(app ?? '') : []
      return command.args[name]?.options ?? []
    }),
  )
  return found.flat()
}

/** The words behind the command that are neither flags nor their values. */
function argumentsIn(command: CompletableCommand, [, ...words]: readonly string[]): readonly string[] {
  return words.filter(
    (word, at) => !word.startsWith('-') && flagOf(command, words[at - 1] ?? '')?.[1].type !== 'option',
  )
}

/** The names of the arguments that may stand next. `twilio` may be left out before a plan. */
function expected({args, strict = true}: CompletableCommand, given: readonly string[]): readonly string[] {
  let names = Object.keys(args)
  for (const word of given) {
    const isPlanAtOnce = names[0] === 'addon' && names[1] === 'plan' && word !== 'twilio'
    if (strict || names.length > 1) names = names.slice(isPlanAtOnce ? 2 : 1)
  }
  return names[0] === 'addon' && names[1] === 'plan' ? ['addon', 'plan'] : names.slice(0, 1)
}
