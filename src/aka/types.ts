/** A command of ours as index.js must know it, without loading it; scripts/build.mjs takes it from the oclif manifest. */
export interface KnownCommand {
  readonly id: string
  /** The id, then its aliases: aka's core knows some of these too. */
  readonly names: readonly string[]
  readonly summary: string
  /** As in a usage line: `<PLAN>`, `[ADDON]`. */
  readonly args: readonly string[]
  readonly flags: readonly KnownFlag[]
}

export interface KnownFlag {
  readonly name: string
  readonly char?: string
  /** Takes no value. */
  readonly boolean: boolean
  readonly allowNo?: boolean
  readonly description: string
}

/** What aka passes to `init`, as far as it is used here. */
export interface Aka {
  readonly args: Yargs
}

/** yargs 16, as far as it is used here. */
export interface Yargs {
  command(
    name: string,
    summary: string,
    builder: (yargs: Yargs) => Yargs,
    handler: (args: Readonly<Record<string, unknown>>) => Promise<void>,
  ): Yargs
  options(options: Readonly<Record<string, YargsOption>>): Yargs
  strict(enabled: boolean): Yargs
  parserConfiguration(configuration: Readonly<Record<string, boolean>>): Yargs
  getCommandInstance?(): {getCommandHandlers(): Record<string, CommandHandler | undefined>}
}

export interface YargsOption {
  readonly type: 'boolean' | 'string'
  readonly alias?: string
  readonly description?: string
  /** False: forgotten when a command is run. */
  readonly global: boolean
}

export interface CommandHandler {
  original: string
  builder: unknown
  handler: unknown
  demanded: readonly unknown[]
  optional: readonly unknown[]
}
