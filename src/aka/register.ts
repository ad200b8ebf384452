import type {Target} from './target.js'
import type {Aka, CommandHandler, KnownCommand, KnownFlag, Yargs, YargsOption} from './types.js'

type Handler = (args: Readonly<Record<string, unknown>>) => Promise<void>

/**
 * Makes a command known to aka. yargs is to find it and to show its help, no more: oclif gets the command line as it was typed,
 * because yargs turns numbers of text into numbers and loses `--`. Nothing is demanded: for a demanded `app` aka itself would
 * ask, and print on stdout.
 */
export function register(
  aka: Aka,
  {command, name}: {readonly command: KnownCommand; readonly name: string},
  handler: Handler,
): void {
  const args = command.args.map((arg) => arg.replace(/^<(.*)>$/, '[$1]'))
  aka.args.command([name, ...args].join(' '), command.summary, lenient(command), handler)
}

/** Lets a command line that is ours reach us where aka's core, or nobody, has a command of that name. */
export function takeOver(
  aka: Aka,
  {command, name, booleansBefore}: Pick<Target, 'command' | 'name' | 'booleansBefore'>,
  handler: Handler,
): void {
  const names = booleansBefore.map((flag) => flag.replace(/^--?(no-)?/, ''))
  aka.args.options(Object.fromEntries(names.map((each) => [each, {type: 'boolean', global: false}])))
  const core = knownToAka(aka, name)
  if (core) Object.assign(core, {builder: lenient(command), handler, demanded: [], optional: []})
  else register(aka, {command, name}, handler)
}

/** The command of that name that aka has already. */
export function knownToAka(aka: Aka, name: string): CommandHandler | undefined {
  return aka.args.getCommandInstance?.().getCommandHandlers()[name]
}

function lenient({flags}: KnownCommand): (yargs: Yargs) => Yargs {
  return (yargs) =>
    yargs
      .options(Object.fromEntries(flags.map((flag) => [flag.name, option(flag)])))
      .strict(false)
      .parserConfiguration({'unknown-options-as-args': true})
}

function option({char, boolean, description}: KnownFlag): YargsOption {
  return {type: boolean ? 'boolean' : 'string', ...(char !== undefined && {alias: char}), description, global: false}
}
