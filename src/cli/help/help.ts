import {type Command, CommandHelp, Help, type Interfaces} from '@oclif/core'
import stringWidth from 'fast-string-width'

import {pageSummaries} from './pages.js'

/** oclif's help without what stands there twice, and with usage lines that can be read. */
class AkaCommandHelp extends CommandHelp {
  protected override defaultUsage(): string {
    return usageLine(this.command)
  }

  protected override flags(flags: Command.Flag.Any[]): [string, string | undefined][] | undefined {
    return super.flags(flags.map(shownFlag))
  }

  protected override examples(examples: Command.Example[] | string | undefined): string | undefined {
    const width = this.opts.maxWidth - this.indentSpacing
    const lines = super.examples(examples)?.split('\n')
    return lines?.map((line) => (stringWidth(line) > width ? continued(line, width) : line)).join('\n')
  }

  /** The summary stands at the top already. */
  protected override description(): string | undefined {
    return this.command.description === undefined ? undefined : this.wrap(this.command.description)
  }
}

/** A command line that goes on in the next line as the shell takes it, so that it can be copied. */
function continued(line: string, width: number): string {
  const lines: string[] = []
  for (const part of line.split(/ (?=--?[a-z])/)) {
    const longer = `${lines.at(-1) ?? ''} ${part}`
    if (lines.length > 0 && stringWidth(longer) + ' \\'.length <= width) lines.splice(-1, 1, longer)
    else lines.push(lines.length === 0 ? part : `    ${part}`)
  }
  return lines.join(' \\\n')
}

export class AkaHelp extends Help {
  protected override CommandHelpClass = AkaCommandHelp

  /** A topic that is a command as well stands among the commands. */
  protected override get sortedTopics(): Interfaces.Topic[] {
    return super.sortedTopics.filter(({name}) => this.config.findCommand(name) === undefined)
  }

  /** With all commands below it, however deep: oclif lists topics in their place. */
  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    const aliases = this.sortedCommands.flatMap((each) => each.aliases)
    const below = this.sortedCommands.filter(({id}) => id.startsWith(`${command.id}:`) && !aliases.includes(id))
    const parts = [this.summary(command), this.formatCommand(command), below.length > 0 && this.formatCommands(below)]
    for (const part of parts) if (part) this.log(`${part}\n`)
  }

  protected override async showRootHelp(): Promise<void> {
    const topics = super.sortedTopics.filter(({name}) => !name.includes(':'))
    const pages = Object.entries(pageSummaries).map(([name, summary]): [string, string] => [`help ${name}`, summary])
    this.log(this.formatRoot())
    this.log('')
    this.log(this.formatTopics(topics))
    this.log('')
    this.log(
      this.section('HELP', this.renderList(pages, {indentation: 2, spacer: '\n', stripAnsi: this.opts.stripAnsi})),
    )
    this.log('')
  }
}

function shownFlag(flag: Command.Flag.Any): Command.Flag.Any {
  if (flag.type !== 'option') return flag
  const {options, helpValue = flag.name.toUpperCase(), summary, description = '', ...rest} = flag
  return {
    ...rest,
    helpValue,
    // oclif joins them with bars, without a place to break the line.
    description: `${summary ?? description}${options ? ` (one of ${options.join(', ')})` : ''}`,
    // A list is empty unless it is given: that is no default to show.
    default: Array.isArray(flag.default) && flag.default.length === 0 ? undefined : flag.default,
  }
}

/** The arguments and what must be given; every flag has a line of its own below. */
function usageLine({id, args, flags, strict}: Command.Loadable): string {
  const shown = Object.values(flags).filter(({hidden}) => !hidden)
  const short = ({name, char, ...flag}: Command.Flag.Cached) => {
    const value = 'helpValue' in flag && typeof flag.helpValue === 'string' ? ` ${flag.helpValue}` : ''
    return `${char === undefined ? `--${name}` : `-${char}`}${value}`
  }
  const app = shown.find(({name, required}) => name === 'app' && !required)
  return [
    id,
    ...Object.values(args)
      .filter(({hidden}) => !hidden)
      .map(
        ({name, required}) =>
          (required ? name.toUpperCase() : `[${name.toUpperCase()}]`) + (strict === false ? '…' : ''),
      ),
    ...shown.filter(({required}) => required).map(short),
    ...(app ? [`[${short(app)}]`] : []),
    '[flags]',
  ].join(' ')
}
