import type {AddonContext} from '../../lib/addon/context.js'
import type {AddonRecord} from '../../lib/addon/record.js'
import {checkAppSpace} from '../../lib/akkeris/app-space.js'
import {type AdaptivePace, adaptivePace} from '../../lib/bulk/adaptive-pace.js'
import {carryOut, type Ended} from '../../lib/bulk/carry-out.js'
import {parseRows, type Row} from '../../lib/bulk/rows.js'
import {Tally} from '../../lib/bulk/tally.js'
import {inProfile} from '../../lib/command-line.js'
import {outcomes} from '../../lib/error-codes.js'
import {errorDetails} from '../../lib/error-document.js'
import {preferLeastMemory} from '../../lib/memory.js'
import type {ChosenProfile} from '../../lib/profiles.js'
import {safeText} from '../../lib/secrets.js'
import type {Session} from '../../lib/session.js'
import {numberOf} from '../../lib/text.js'
import {explainRefusal} from '../../lib/twilio/credentials.js'
import {AkaCommand} from '../base-command.js'
import {explainFailure, toFailure} from '../failures.js'
import {usualConcurrency} from '../flags/bulk.js'
import {countProgress, progress} from '../progress.js'
import {argvOfRow, optionsOfLines, takesOf} from './argv.js'
import {readList, writeList} from './files.js'
import type {Beforehand, BulkCommandLine, BulkOperation} from './operation.js'
import {type PartOfList, Parts} from './parts-of-list.js'
import {checkRows, rowsOfEveryAddon} from './rows.js'
import {summaryOf} from './summary.js'

/** What is done for many app-spaces at once. */
interface ManyAtOnce<Item, Result> {
  /** e.g. `creating the add-ons of`. */
  readonly doing: string
  readonly contextOf: (item: Item) => AddonContext
  /** Of the sessions that the contexts are of. */
  readonly pace: AdaptivePace
  readonly failFast: boolean
  readonly work: (context: AddonContext, item: Item) => Promise<Result>
  readonly onEnd: (item: Item, ended: Ended<Result>) => void
}

/** A command that can do the same for many app-spaces, in one process. */
export abstract class BulkCommand extends AkaCommand {
  /** Said again: oclif's manifest looks no further up than to the first class that says nothing of its own. */
  static override enableJsonFlag = true

  protected async oneOrMany<Parsed extends BulkCommandLine, Request, Done extends object, Preview extends object>(
    parsed: Parsed,
    operation: BulkOperation<Parsed, Request, Done, Preview>,
    render: (document: Done) => string,
  ): Promise<Done | Preview | undefined> {
    const {flags} = parsed
    if (flags['apps-from'] !== undefined || flags.all) return this.many(parsed, operation)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const request = await operation.request(parsed, appSpace, session)
    const context = await this.context(session, flags)
    await this.#tellBeforehand({requests: [request], session, open: async () => context}, operation.beforehand)
    if (flags['dry-run']) {
      const preview = await operation.preview(context, request)
      this.log(`${appSpace} ${operation.brief(preview)}. Nothing was changed.`)
      return preview
    }
    const document = await operation.carryOut(context, request)
    this.log(() => render(document))
    return document
  }

  /** @throws {Failure} `usage` for a list of which any line cannot be carried out: nothing is sent then. */
  protected async many<Parsed extends BulkCommandLine, Request, Done extends object, Preview extends object>(
    forAll: Parsed,
    operation: BulkOperation<Parsed, Request, Done, Preview>,
  ): Promise<undefined> {
    // Parsing the lines leaves much behind, too.
    preferLeastMemory()
    const {flags, raw} = forAll
    const {'failed-to': failedTo, concurrency: ceiling = usualConcurrency, 'dry-run': isDryRun} = flags
    const pace = adaptivePace({ceiling})
    const session = await this.session({...flags, pace})
    const parts = new Parts<Request>(session, {
      openSession: (appSpace) => this.sessions.open({...flags, pace, appSpace}),
      context: (of) => this.context(of, flags),
    })
    const {lines, heading} = await this.#readLines(forAll, operation, {session, parts})
    const opened = await parts.open()
    for (const part of parts.all) await this.#tellBeforehand(part, operation.beforehand)
    const requests = lines.map(({request}) => request)
    if (!isDryRun && !flags.yes) await operation.consent?.(requests, parts.all)
    // What this machine cannot write is reported before anything is sent.
    if (failedTo !== undefined) await writeList(failedTo, [])
    const {results, failed, notBegun} = await this.#carryOutLines(lines, operation, {flags, pace, opened})
    if (failedTo !== undefined) await writeList(failedTo, [...failed, ...notBegun], heading)
    this.logToStderr(
      summaryOf(
        {
          command: this.id ?? '',
          raw,
          takes: takesOf(this.ctor),
          failedTo,
          isDryRun,
          repeats: requests.some(operation.repeats ?? (() => false)),
        },
        {done: results.length, failed: failed.length, notBegun: notBegun.length},
        operation.total?.(results),
      ),
    )
    return undefined
  }

  /** What the lines of the list ask for, or with --all every add-on. */
  async #readLines<Parsed extends BulkCommandLine, Request>(
    forAll: Parsed,
    {among, request: requestOf}: Pick<BulkOperation<Parsed, Request, never, never>, 'among' | 'request'>,
    {session, parts}: {readonly session: Session; readonly parts: Parts<Request>},
  ): Promise<{readonly lines: readonly Line<Request>[]; readonly heading?: string | undefined}> {
    const {flags, raw} = forAll
    const takes = takesOf(this.ctor)
    const isWanted = (record: AddonRecord) => among?.(forAll, record) ?? true
    const {rows, heading} = flags.all
      ? await rowsOfEveryAddon(await this.context(session, flags), isWanted)
      : await parseRows(await readList(flags['apps-from'] ?? '-'), optionsOfLines(takes))
    const lines = await checkRows(rows, async (row) => {
      const parsed = (await this.#parseRow(argvOfRow(row, raw, takes))) as Parsed
      const appSpace = checkAppSpace(row.appSpace)
      // All add-ons of a main account are its own, whatever their spaces have.
      const part = await parts.of(flags.all ? undefined : appSpace)
      const request = await requestOf(parsed, appSpace, part.session)
      part.requests.push(request)
      return {request, part, appSpace: row.appSpace}
    })
    return {lines, heading}
  }

  /** Tells of each line as it ends. */
  async #carryOutLines<Request, Done extends object, Preview extends object>(
    lines: readonly Line<Request>[],
    {doing, carryOut: carryOutOne, preview, brief}: BulkOperation<never, Request, Done, Preview>,
    {flags, pace, opened}: HowToCarryOut<Request>,
  ): Promise<{
    readonly results: readonly (Done | Preview)[]
    readonly failed: readonly Row[]
    readonly notBegun: readonly Row[]
  }> {
    const isDryRun = flags['dry-run']
    const work: (context: AddonContext, request: Request) => Promise<Done | Preview> = isDryRun ? preview : carryOutOne
    const nameWidth = Math.min(24, Math.max(0, ...lines.map(({appSpace}) => appSpace.length)))
    const failed: Row[] = []
    const {tally, notBegun} = await this.carryOutAll(lines, {
      doing: isDryRun ? 'checking' : doing,
      contextOf: ({part}) => opened(part),
      pace,
      failFast: flags['fail-fast'],
      work: (context, {request, part}) => {
        const {name, space} = part.session.profile
        const doIt = () => work(context, request)
        return space === undefined ? doIt() : inProfile({name, isOfSpace: true}, doIt)
      },
      onEnd: ({row, part}, ended) => {
        if ('failure' in ended) failed.push(row)
        this.#tell(row, ended, {brief, nameWidth, profile: part.session.profile})
      },
    })
    return {results: tally.results, failed, notBegun: notBegun.map(({row}) => row)}
  }

  /** Does something for many app-spaces, as fast as Twilio answers; the exit code is the highest of what was met. */
  protected async carryOutAll<Item extends {readonly appSpace: string}, Result>(
    items: readonly Item[],
    {doing, contextOf, pace, failFast, work, onEnd}: ManyAtOnce<Item, Result>,
  ): Promise<{readonly tally: Tally<Result>; readonly notBegun: readonly Item[]}> {
    const claimed = new Set<string>()
    const told = new Set<string>()
    const tally = new Tally<Result>(items.length)
    const {stopping} = this.interruption
    this.interruption.endFirst('the app-spaces that were begun')
    const workOn = (item: Item) => {
      const context = contextOf(item)
      return work({...context, ...this.#tellsOf(item, context.waiting.wait, told), claimed}, item)
    }
    const notBegun = await progress(`${doing} ${numberOf(items.length, 'app-space')}`, () =>
      carryOut(items, workOn, {
        limit: pace.limit,
        stopping,
        failFast,
        onEnd: (item, ended) => {
          tally.count(ended)
          onEnd(item, ended)
          countProgress(tally.ended, items.length, tally.progress())
        },
      }),
    )
    const codes = tally.failures.map(({exitCode}) => exitCode)
    process.exitCode = Math.max(0, ...codes, stopping.aborted ? outcomes.interrupted.exitCode : 0)
    return {tally, notBegun}
  }

  /** What cannot be read then is reported by each app-space itself. */
  async #tellBeforehand<Request>(
    part: PartOfList<Request>,
    read: ((part: PartOfList<Request>) => Promise<Beforehand | undefined>) | undefined,
  ): Promise<void> {
    try {
      const {said, warnings = []} = (await read?.(part)) ?? {}
      const {name, space} = part.session.profile
      if (said !== undefined) this.logToStderr(space === undefined ? said : `${name}: ${said}`)
      for (const warning of warnings) this.warn(warning)
    } catch (error) {
      const failure = toFailure(error)
      if (failure.outcome === 'interrupted' || failure.outcome === 'bug') throw error
    }
  }

  /** oclif takes what it parsed last for the command line, and of a class only what that says itself. */
  async #parseRow(argv: string[]): Promise<unknown> {
    const own = this.argv
    try {
      const {args, flags, baseFlags, enableJsonFlag, strict} = this.ctor
      return await this.parse({args, flags, baseFlags, enableJsonFlag, strict}, argv)
    } finally {
      this.argv = own
    }
  }

  /** The steps of so many at once are not shown; warnings are, each with the app-space that it is about. */
  #tellsOf(
    {appSpace}: {readonly appSpace: string},
    wait: boolean,
    told: Set<string>,
  ): Pick<AddonContext, 'progress' | 'warn' | 'waiting'> {
    const tell = (sentence: string) => void this.warn(`${appSpace}: ${sentence}`)
    // What is true of all is said once.
    const warn = (sentence: string) => {
      if (!told.has(sentence)) tell(sentence)
      told.add(sentence)
    }
    return {progress: (_, work) => work(), warn, waiting: {wait, onWait: tell}}
  }

  #tell<Document extends object>(
    {line, appSpace}: Row,
    ended: Ended<Document>,
    {brief, nameWidth, profile}: HowToTell<Document>,
  ): void {
    const heading = {line, appSpace, ...(profile.space !== undefined && {profile: profile.name})}
    if ('result' in ended) {
      if (this.jsonEnabled()) this.#printLine({...heading, ...ended.result})
      else this.log(safeText(`${appSpace.padEnd(nameWidth)}  ${brief(ended.result)}`))
      return
    }
    const failure = explainRefusal(ended.failure, this.machine.env)
    if (this.jsonEnabled()) this.#printLine({...heading, error: errorDetails(failure)})
    explainFailure(failure.retold({message: `${appSpace} (line ${line}): ${failure.message}`}))
  }

  #printLine(document: object): void {
    process.stdout.write(`${JSON.stringify(this.sessions.sandboxNotice.mark(document))}\n`)
  }
}

/** A line of a list, and what it asks for. */
interface Line<Request> {
  readonly row: Row
  readonly appSpace: string
  readonly request: Request
  readonly part: PartOfList<Request>
}

interface HowToCarryOut<Request> {
  readonly flags: BulkCommandLine['flags']
  readonly pace: AdaptivePace
  readonly opened: (part: PartOfList<Request>) => AddonContext
}

interface HowToTell<Document> {
  readonly brief: (document: Document) => string
  readonly nameWidth: number
  readonly profile: ChosenProfile
}
