import type {KnownCommand} from './types.js'

/** The command of ours that a command line of aka asks for. */
export interface Target {
  readonly command: KnownCommand
  /** As it was typed: the id or an alias. */
  readonly name: string
  /** Everything else, in order; what stood before the name comes first. */
  readonly argv: readonly string[]
  /** The first of the other arguments; of a command of the core's, the service or the add-on. */
  readonly firstArgument: string | undefined
  /** The whole command line with another name in the place of that argument. */
  readonly naming: (other: string) => readonly string[]
  /** Flags before the name that take no value; yargs would take the name for their value. */
  readonly booleansBefore: readonly string[]
}

/** Our own names begin with the plugin's; every other name of a command is the core's, and ours for this service alone. */
export function isOurName(name: string): boolean {
  return name === 'twilio' || name.startsWith('twilio:')
}

/**
 * Which of our commands is meant, if any: one of our own names, or a command of aka's core whose first argument is `twilio`
 * or a plan of it.
 */
export function findTarget(argv: readonly string[], commands: readonly KnownCommand[]): Target | undefined {
  const flagsOfAll = new Set(commands.flatMap(booleanFlags))
  const at = firstArgument(argv, flagsOfAll)
  const name = at === undefined ? undefined : argv[at]
  const command = commands.find(({names}) => name !== undefined && names.includes(name))
  if (at === undefined || name === undefined || !command) return undefined

  const rest = argv.toSpliced(at, 1)
  const first = firstArgument(rest, new Set(booleanFlags(command)))
  const service = first === undefined ? undefined : rest[first]
  if (!isOurName(name) && !isOurName(service ?? '')) return undefined
  return {
    command,
    name,
    argv: rest,
    firstArgument: service,
    // In the whole command line the command's own name may stand before it.
    naming: (other) => (first === undefined ? argv : argv.with(first < at ? first : first + 1, other)),
    booleansBefore: argv.slice(0, at).filter((token) => flagsOfAll.has(token)),
  }
}

/**
 * The name of a command that nobody has, but that was meant for us, as far as one can tell: it begins like ours, or is about add-ons
 * and the service behind it is ours, with a slip (`addons:creat twilio:small`) or a space (`addons create twilio:small`).
 */
export function findUnknown(
  argv: readonly string[],
  commands: readonly KnownCommand[],
  isCore: (name: string) => boolean,
): string | undefined {
  const [name, second, third] = argumentsOf(argv, new Set(commands.flatMap(booleanFlags)))
  if (name === undefined || commands.some(({names}) => names.includes(name))) return undefined
  if (isOurName(name)) return name
  // With a word behind it, what aka has of that name cannot be meant: it takes none.
  if (/^addons?$/.test(name)) return isOurName(third ?? '') ? name : undefined
  return /^addons?:/.test(name) && isOurName(second ?? '') && !isCore(name) ? name : undefined
}

/** The first ones. */
function argumentsOf(argv: readonly string[], booleans: ReadonlySet<string>): readonly (string | undefined)[] {
  const found: string[] = []
  for (let rest = argv; found.length < 3;) {
    const at = firstArgument(rest, booleans)
    if (at === undefined) break
    found.push(rest[at] ?? '')
    rest = rest.slice(at + 1)
  }
  return found
}

/** Where the first token stands that is neither a flag nor the value of one. */
function firstArgument(argv: readonly string[], booleans: ReadonlySet<string>): number | undefined {
  for (let at = 0; at < argv.length; at++) {
    const token = argv[at] ?? ''
    if (token === '--') return at + 1 < argv.length ? at + 1 : undefined
    if (!token.startsWith('-') || token === '-') return at
    if (wantsValue(token, booleans) && !(argv[at + 1] ?? '-').startsWith('-')) at++
  }
  return undefined
}

/** Whether a flag's value is the next token: not behind `=`, nor attached as in `-aapi-default`. */
function wantsValue(token: string, booleans: ReadonlySet<string>): boolean {
  if (token.includes('=')) return false
  if (token.startsWith('--')) return !booleans.has(token)
  const letters = Array.from({length: token.length - 1}, (_, at) => token.charAt(at + 1))
  return letters.findIndex((letter) => !booleans.has(`-${letter}`)) === letters.length - 1
}

function booleanFlags({flags}: KnownCommand): string[] {
  const own = flags
    .filter(({boolean}) => boolean)
    .flatMap(({name, char, allowNo}) => [
      `--${name}`,
      ...(char === undefined ? [] : [`-${char}`]),
      ...(allowNo ? [`--no-${name}`] : []),
    ])
  return [...own, '--help']
}
