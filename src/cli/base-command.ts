import {Command, Flags} from '@oclif/core'

import type {AddonContext} from '../lib/addon/context.js'
import {isAppSpace} from '../lib/akkeris/app-space.js'
import {findApp, type FoundApp} from '../lib/akkeris/which-app.js'
import {asksForSandbox, calledAs, isAbout} from '../lib/command-line.js'
import {errorDetails, type ResultErrors} from '../lib/error-document.js'
import {beforeAnyChange, cancelled, Failure} from '../lib/errors.js'
import {homeFolder} from '../lib/local-files.js'
import {profileAskedFor} from '../lib/profiles.js'
import {forgetSecrets, safeText} from '../lib/secrets.js'
import type {Machine, Session} from '../lib/session.js'
import {explainRefusal} from '../lib/twilio/credentials.js'
import {leaveToCore, LeftToCore} from './aka-core.js'
import {explainFailure, tellFailure, toFailure, worstFirst} from './failures.js'
import {Interruption} from './interruption.js'
import {type Colors, colorsFor} from './output/colors.js'
import {fitted} from './output/layout.js'
import {askedFor} from './output/terminal.js'
import {pagerFor, showInPager} from './pager.js'
import {pickApp} from './pick-app.js'
import {endProgress, progress, wipeProgress, writeToStderr} from './progress.js'
import {runBy} from './run-by.js'
import {type SessionAsked, Sessions} from './sessions.js'
import {stdoutFailure, writeJson} from './streams.js'

/** What every command has: --json and --sandbox, what it talks to, one way to print and one way to fail. */
export abstract class AkaCommand extends Command {
  static override enableJsonFlag = true

  static override baseFlags = {
    json: Flags.boolean({helpGroup: 'GLOBAL', description: 'one JSON document on stdout, for programs'}),
    sandbox: Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'work on the embedded sandbox: no account, no network, nothing bought',
    }),
    profile: Flags.string({
      helpGroup: 'GLOBAL',
      description: 'which of several logins to use (twilio:profiles)',
      helpValue: 'NAME',
    }),
    plain: Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'only ASCII, without colours and spinners, for screen readers and logs',
    }),
    'no-pager': Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'print long lists as they are, without the pager',
    }),
    full: Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'do not shorten SIDs or omit columns, however narrow the terminal is',
    }),
  }

  protected readonly machine: Machine = {env: process.env, home: homeFolder()}
  protected readonly interruption = new Interruption()
  protected readonly sessions = new Sessions({
    ...this.machine,
    argv: this.argv,
    signal: this.interruption.signal,
  })
  /** Where add-ons are looked up, for whoever finds something else there than expected. */
  #place: string | undefined
  /** That the command is about: its space may have a login of its own. */
  #appSpace: string | undefined

  /** For stdout. */
  protected get colors(): Colors {
    return colorsFor(process.stdout, this.machine.env)
  }

  protected get stderrColors(): Colors {
    return colorsFor(process.stderr, this.machine.env)
  }

  /** Everything the command talks to, once it is known which app-space it is about, if any. */
  protected async session(asked: SessionAsked): Promise<Session> {
    return this.sessions.only({appSpace: this.#appSpace, ...asked})
  }

  protected async context(session: Session, {wait = true}: {readonly wait?: boolean} = {}): Promise<AddonContext> {
    const akkeris = session.akkeris()
    const [main, registry, subaccounts] = await Promise.all([session.main(), session.registry(), session.subaccounts()])
    this.#place = `Looked at: registry "${registry.name}" of the main account ${main.sid}.`
    return {
      main,
      registry,
      akkeris,
      simService: () => session.simService(),
      waiting: {wait, onWait: (sentence) => writeToStderr(safeText(sentence))},
      progress,
      warn: (sentence) => void this.warn(sentence),
      createdBy: runBy(this.machine.env),
      subaccounts,
    }
  }

  /** The app-space, announced on stderr when it was not given on the command line; on a terminal a person may choose it. */
  protected async appSpace(given: string | undefined): Promise<string> {
    const {appSpace, source} = await this.#findApp(given)
    if (source !== undefined) this.logToStderr(safeText(`=== Using ${appSpace} from ${source}`))
    isAbout(appSpace)
    this.#appSpace = appSpace
    return appSpace
  }

  async #findApp(given: string | undefined): Promise<FoundApp> {
    try {
      return findApp(given, this.machine.env)
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'APP_SPACE_MISSING' || this.jsonEnabled()) throw error
      const sandbox = this.argv.includes('--sandbox')
      const appSpace = await pickApp(error, async () => (await this.sessions.open({sandbox})).akkeris())
      return {appSpace, source: undefined}
    }
  }

  /** For commands that aka's core has too; before the command line is parsed, for the core may take other flags. */
  protected async leaveToCore(): Promise<void> {
    // A list of app-spaces is ours: the core takes none.
    if (this.argv.some((each) => /^--apps-from(=|$)/.test(each))) return
    const sandbox = this.argv.includes('--sandbox')
    await leaveToCore(async (appSpace) => this.sessions.open({sandbox, appSpace}), this.machine)
  }

  /** The result, for a person; with --json nothing is printed, nor rendered. */
  override log(message: string | (() => string) = ''): void {
    if (this.jsonEnabled()) return
    const text = typeof message === 'string' ? message : this.interruption.whileComputing(message)
    this.print(fitted(text, process.stdout, this.machine.env))
  }

  /** The same for what may be longer than the screen: then with the pager. */
  protected async logList(render: () => string): Promise<void> {
    if (this.jsonEnabled()) return
    const {env} = this.machine
    const text = fitted(this.interruption.whileComputing(render), process.stdout, env)
    const pager = this.argv.includes('--no-pager') ? undefined : pagerFor(text, process.stdout, env)
    if (pager === undefined) return this.print(text)
    endProgress()
    this.interruption.stopListening()
    const isShown = await showInPager(pager, text, env)
    this.interruption.listen()
    if (!isShown) this.print(text)
  }

  /** The same as it is, for a program: lines are not broken. */
  protected print(text: string): void {
    wipeProgress()
    if (!this.jsonEnabled()) super.log(text)
  }

  /** With --json, too: stderr takes everything that is not the result. */
  override logToStderr(line = ''): void {
    writeToStderr(line)
  }

  /** Something to know although all went well. */
  override warn(input: Error | string): Error | string {
    writeToStderr(`${this.stderrColors.yellow('!')} ${safeText(typeof input === 'string' ? input : input.message)}`)
    return input
  }

  /** Coloured on a terminal alone: for a pipe oclif would take everything apart all the same, which takes its time and memory. */
  override logJson(document: object): void {
    const marked = this.sessions.sandboxNotice.mark(document)
    if (this.colors.level > 0) super.logJson(marked)
    else writeJson(marked)
  }

  /** Prints the document of --json before the command ends; whether the result could be written, for what must wait for that. */
  protected async isPrinted(document: object): Promise<boolean> {
    if (this.jsonEnabled()) this.logJson(document)
    return (await stdoutFailure()) === undefined
  }

  /**
   * What went wrong although there is a result: printed to stderr, and a part of the result's document. Of several, the worst counts.
   */
  protected failWithResult(failures: readonly Failure[]): ResultErrors {
    const [worst, ...others] = worstFirst(failures)
    if (!worst) return {}
    process.exitCode = worst.exitCode
    const failed = [worst, ...others]
    for (const failure of failed) explainFailure(failure)
    return {error: errorDetails(worst), errors: failed.map(errorDetails)}
  }

  protected override async init(): Promise<void> {
    forgetSecrets()
    askedFor({plain: this.argv.includes('--plain'), full: this.argv.includes('--full')})
    calledAs({
      program: this.config.bin,
      sandbox: asksForSandbox(this.argv, this.machine.env),
      profile: this.sessions.areOfEveryProfile ? undefined : profileAskedFor(this.argv),
    })
    // What fails before it is looked for may name it in what it says to do.
    const app = appGiven(this.argv)
    if (app !== undefined && isAppSpace(app)) isAbout(app)
    await super.init()
    this.interruption.listen()
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    endProgress()
    this.interruption.stopListening()
    await super.finally(error)
  }

  #explained(failure: Failure): Failure {
    const isEarly = failure.outcome === 'interrupted' && !this.sessions.hasBegun
    if (isEarly) return cancelled()
    const suggestions = this.sessions.hasBegun ? failure.suggestions : beforeAnyChange(failure.suggestions)
    const explained = explainRefusal(failure.retold({suggestions}), this.machine.env)
    if (explained.outcome !== 'conflict' || this.#place === undefined) return explained
    return explained.retold({suggestions: [...explained.suggestions, this.#place]})
  }

  /** Every failure ends here, with its exit code; nothing is thrown on, so that no host prints a stack. */
  protected override async catch(error: Error): Promise<void> {
    if (error instanceof LeftToCore) {
      process.exitCode = error.exitCode
      return
    }
    const failure = this.#explained(toFailure(error))
    tellFailure(failure, this.jsonEnabled() ? (document) => this.logJson(document) : undefined)
  }
}

function appGiven(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => /^(-a|--app)(=|$)/.test(word))
  return at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
}
