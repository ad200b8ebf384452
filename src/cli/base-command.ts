import {homedir} from 'node:os'

import {Args, Command, Flags, ux} from '@oclif/core'
import type {ChalkInstance} from 'chalk'

import type {AddonContext} from '../lib/addon/context.js'
import {leaveToCore, LeftToCore} from './aka-core.js'
import {findApp} from '../lib/akkeris/which-app.js'
import {colorsFor} from './output/colors.js'
import {asFailure} from './failures.js'
import {exitCodes, type Failure} from '../lib/errors.js'
import {forgetSecrets, redact} from '../lib/secrets.js'
import {openSession, type Machine, type Session} from '../lib/session.js'
import {printable} from '../lib/text.js'

export const appFlag = Flags.string({char: 'a', helpValue: 'APP-SPACE', description: 'the app-space, e.g. api-default'})

/** An argument. What stands on standard input is not for oclif to take for it: it may be a script's own. */
export const arg = Args.custom({ignoreStdin: true, parse: async (input) => input})

export function waitFlag(description: string) {
  return Flags.boolean({char: 'w', allowNo: true, default: true, description})
}

/** What every command has: --json and --sandbox, one way to tell progress, one way to fail, Ctrl-C. */
export abstract class AkaCommand extends Command {
  static override enableJsonFlag = true

  static override baseFlags = {
    sandbox: Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'work on the embedded sandbox: no account, no network, nothing bought',
    }),
  }

  protected readonly machine: Machine = {env: process.env, home: homedir()}
  readonly #stop = new AbortController()
  readonly #onSignal = () => this.#interrupt()

  protected get colors(): ChalkInstance {
    return colorsFor(process.stdout, this.machine.env)
  }

  /** Everything the command talks to. */
  protected async session(flags: {readonly sandbox?: boolean}): Promise<Session> {
    return openSession({...this.machine, sandbox: flags.sandbox ?? false, signal: this.#stop.signal})
  }

  protected async context(session: Session, {wait = true}: {readonly wait?: boolean} = {}): Promise<AddonContext> {
    const akkeris = session.akkeris()
    const [main, registry] = await Promise.all([session.main(), session.registry()])
    return {
      main,
      registry,
      akkeris,
      waiting: {wait, onWait: (sentence) => this.progress(sentence)},
      progress: (doing) => this.progress(doing),
      warn: (sentence) => this.caution(sentence),
    }
  }

  /** The app-space, announced on stderr when it was not given on the command line. */
  protected appSpace(given: string | undefined): string {
    const {appSpace, source} = findApp(given, this.machine.env)
    if (source !== undefined) this.tell(`=== Using ${appSpace} from ${source}`)
    return appSpace
  }

  /** For commands that aka's core has too; before the command line is judged, for the core may take other flags. */
  protected async leaveToCore(): Promise<void> {
    await leaveToCore(async () => this.session({sandbox: this.argv.includes('--sandbox')}), this.machine)
  }

  /** Resolves at Ctrl-C; for commands that run until then. */
  protected async stopped(): Promise<void> {
    const {signal} = this.#stop
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, {once: true}))
  }

  /** What is being done now: a spinner on a terminal, a line in a log; always on stderr. */
  protected progress(doing: string): void {
    this.#endProgress('done')
    if (process.stderr.isTTY) ux.action.start(doing)
    else this.tell(`${doing} …`)
  }

  /** How much of that is done: beside the spinner on a terminal, a line now and then in a log. */
  protected progressed(done: number, all: number): void {
    const step = Math.ceil(all / 10)
    if (ux.action.running) ux.action.status = `${done} of ${all}`
    else if (all >= 100 && done % step === 0) this.tell(`${done} of ${all} …`)
  }

  #endProgress(how: string): void {
    if (ux.action.running) ux.action.stop(how)
  }

  /** Results come after the progress, not into the middle of it. */
  override log(message?: string): void {
    this.#endProgress('done')
    super.log(message)
  }

  /** Something to know although all went well. */
  protected caution(sentence: string): void {
    this.tell(`${colorsFor(process.stderr, this.machine.env).yellow('!')} ${safe(sentence)}`)
  }

  /** A line on stderr, where everything goes that is not the result. */
  protected tell(line: string): void {
    this.#endProgress('done')
    process.stderr.write(`${line}\n`)
  }

  protected override async init(): Promise<void> {
    forgetSecrets()
    await super.init()
    process.on('SIGINT', this.#onSignal)
    process.on('SIGTERM', this.#onSignal)
    // `aka … | head`: whoever read the result has had enough of it.
    process.stdout.on('error', leaveOnBrokenPipe)
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.#endProgress(error ? '!' : 'done')
    process.off('SIGINT', this.#onSignal)
    process.off('SIGTERM', this.#onSignal)
    process.stdout.off('error', leaveOnBrokenPipe)
    await super.finally(error)
  }

  /** Every failure ends here, with its exit code; nothing is thrown on, so that no host prints a stack. */
  protected override async catch(error: Error): Promise<void> {
    if (error instanceof LeftToCore) {
      process.exitCode = error.exitCode
      return
    }
    const failure = asFailure(error)
    process.exitCode = failure.exitCode
    this.#endProgress('!')
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(failure))
    else this.#explain(failure)
    if (failure.outcome === 'bug') this.tell(safe(error.stack ?? String(error)))
  }

  /** What is not there is null, so that every key is always there. */
  protected override toSuccessJson(result: unknown): unknown {
    return JSON.parse(JSON.stringify(result, (_key, value: unknown) => (value === undefined ? null : value)))
  }

  /** Coloured on a terminal alone: for a pipe oclif would take everything apart all the same, which takes its time and memory. */
  override logJson(document: unknown): void {
    if (this.colors.level > 0) super.logJson(document)
    else process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  }

  /** The contract of docs/json.md: oclif would copy every property of the error, credentials and all. */
  protected override toErrorJson(error: unknown): unknown {
    const {code, message, suggestions, exitCode, twilio} = asFailure(error)
    const safe = (text: string) => redact(printable(text))
    return {
      error: {code, message: safe(message), suggestions: suggestions.map(safe), exitCode, ...(twilio && {twilio})},
    }
  }

  /**
   * What went wrong beside a result: told on stderr, with its exit code; with --json it belongs into the result's document.
   * Of several, the worst counts.
   */
  protected failBeside(failures: readonly Failure[]): {error?: unknown} {
    const [worst, ...others] = [...failures].sort((a, b) => b.exitCode - a.exitCode)
    if (!worst) return {}
    process.exitCode = worst.exitCode
    if (!this.jsonEnabled()) for (const failure of [worst, ...others]) this.#explain(failure)
    return this.toErrorJson(worst) as {error: unknown}
  }

  #explain({message, suggestions}: Failure): void {
    const {red, dim} = colorsFor(process.stderr, this.machine.env)
    this.tell(`${red('✖')} ${safe(message)}`)
    for (const each of suggestions) this.tell(`  ${dim('→')} ${safe(each)}`)
  }

  #interrupt(): void {
    if (this.#stop.signal.aborted) process.exit(exitCodes.interrupted)
    this.#endProgress('!')
    this.tell('Stopping as soon as what is under way has ended; press Ctrl-C again to stop at once.')
    this.#stop.abort()
  }
}

/** Text that may hold what an API said, for showing. */
function safe(text: string): string {
  return redact(printable(text))
}

function leaveOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
