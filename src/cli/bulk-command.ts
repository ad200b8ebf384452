import {Flags} from '@oclif/core'

import type {AddonContext} from '../lib/addon/context.js'
import {checkAppSpace} from '../lib/akkeris/app-space.js'
import {adaptivePace} from '../lib/bulk/adaptive-pace.js'
import {carryOut, type Ended} from '../lib/bulk/carry-out.js'
import {type BadLine, parseRows, refuseBadLines, type Row} from '../lib/bulk/rows.js'
import {Tally} from '../lib/bulk/tally.js'
import {inSandbox, ourCommand} from '../lib/command-line.js'
import {outcomes} from '../lib/error-codes.js'
import {errorDetails} from '../lib/error-document.js'
import {safeText} from '../lib/secrets.js'
import type {Session} from '../lib/session.js'
import {explainRefusal} from '../lib/twilio/credentials.js'
import {AkaCommand} from './base-command.js'
import {argvOfRow, optionsOfLines, type ParsingToken, type Takes} from './bulk-argv.js'
import {readList, writeList} from './bulk-files.js'
import {explainFailure, toFailure} from './failures.js'
import {yesFlag} from './flags.js'
import {countProgress, progress} from './progress.js'
import {confirm} from './prompts.js'

const helpGroup = 'MANY APP-SPACES'

export const bulkFlags = {
  'apps-from': Flags.string({
    description: 'a file, or - for standard input: one app-space a line, or CSV or NDJSON with options as columns',
    helpValue: 'FILE|-',
    exclusive: ['app'],
    helpGroup,
  }),
  concurrency: Flags.integer({
    description: 'work on at most so many app-spaces at once [default: 50]',
    helpValue: 'N',
    min: 1,
    max: 500,
    dependsOn: ['apps-from'],
    helpGroup,
  }),
  'fail-fast': Flags.boolean({
    description: 'begin nothing more after the first that fails',
    dependsOn: ['apps-from'],
    helpGroup,
  }),
  'failed-to': Flags.string({
    description: 'write the lines that are to be run again to this file',
    helpValue: 'FILE',
    dependsOn: ['apps-from'],
    helpGroup,
  }),
  yes: yesFlag('do not ask'),
}

interface CommandLine {
  readonly flags: {
    readonly app?: string | undefined
    readonly 'apps-from'?: string | undefined
    readonly concurrency?: number | undefined
    readonly 'fail-fast': boolean
    readonly 'failed-to'?: string | undefined
    readonly 'dry-run'?: boolean
    readonly yes: boolean
    readonly timeout?: number | undefined
    readonly sandbox?: boolean
    readonly wait?: boolean
  }
  readonly raw: readonly ParsingToken[]
}

/** How a command does for many app-spaces what it does for one. */
interface Bulk<Parsed, Request, Document extends object> {
  /** e.g. `creating the add-ons of`. */
  readonly doing: string
  /** What is asked for, checked without asking anybody. @throws {Failure} `usage` */
  readonly request: (parsed: Parsed, appSpace: string, session: Session) => Request
  /** Asked unless --yes is given. */
  readonly question?: (requests: readonly Request[]) => string
  readonly carryOut: (context: AddonContext, request: Request) => Promise<Document>
  /** In a few words, beside the app-space. */
  readonly summary: (document: Document) => string
  /** Of all, e.g. what they cost. */
  readonly total?: (documents: readonly Document[]) => string
}

/** A command that can do the same for many app-spaces, in one process. */
export abstract class BulkCommand extends AkaCommand {
  /** @throws {Failure} `usage` for a list of which any line cannot be carried out: nothing is sent then. */
  protected async many<Parsed extends CommandLine, Request, Document extends object>(
    {flags, raw}: Parsed,
    bulk: Bulk<Parsed, Request, Document>,
  ): Promise<undefined> {
    const {'apps-from': path = '-', 'failed-to': failedTo, concurrency: ceiling = 50} = flags
    const pace = adaptivePace({ceiling})
    const session = await this.session({...flags, pace})
    const takes: Takes = {
      flags: this.ctor.flags,
      args: Object.keys(this.ctor.args),
      bulkFlags: Object.keys(bulkFlags),
    }
    const {rows, heading} = await parseRows(await readList(path), optionsOfLines(takes))
    const lines = await checked(rows, async (row) => {
      const parsed = (await this.#parseRow(argvOfRow(row, raw, takes))) as Parsed
      return bulk.request(parsed, checkAppSpace(row.appSpace), session)
    })
    if (bulk.question && !flags.yes && !flags['dry-run'])
      await confirm(bulk.question(lines.map(({request}) => request)), {otherwise: 'Nothing was sent.'})
    // What this machine cannot write is told before anything is sent.
    if (failedTo !== undefined) await writeList(failedTo, [])

    const context = await this.context(session, flags)
    const claimed = new Set<string>()
    const tally = new Tally<Document>(lines.length)
    const again: Row[] = []
    this.interruption.endFirst('the app-spaces that were begun')
    const notBegun = await progress(`${bulk.doing} ${lines.length} app-spaces`, () =>
      carryOut(
        lines,
        ({row, request}) => bulk.carryOut({...context, ...this.#tellsOf(row, context.waiting.wait), claimed}, request),
        {
          limit: pace.limit,
          stopping: this.interruption.stopping,
          failFast: flags['fail-fast'],
          onEnd: ({row}, ended) => {
            tally.count(ended)
            if ('failure' in ended) again.push(row)
            this.#tell(row, ended, bulk.summary)
            countProgress(tally.ended, lines.length, tally.progress())
          },
        },
      ),
    )
    again.push(...notBegun.map(({row}) => row))
    if (failedTo !== undefined) await writeList(failedTo, again, heading)
    const codes = tally.failures.map(({exitCode}) => exitCode)
    process.exitCode = Math.max(0, ...codes, this.interruption.stopping.aborted ? outcomes.interrupted.exitCode : 0)
    this.logToStderr(
      [
        `${lines.length} app-spaces: ${tally.results.length} done, ${tally.failures.length} failed, ${notBegun.length} not begun.`,
        ...(bulk.total ? [bulk.total(tally.results)] : []),
        ...(again.length === 0 ? [] : [this.#howToGoOn(failedTo)]),
      ].join('\n'),
    )
    return undefined
  }

  /** oclif takes what it parsed last for the command line. */
  async #parseRow(argv: string[]): Promise<unknown> {
    const own = this.argv
    try {
      return await this.parse(this.ctor, argv)
    } finally {
      this.argv = own
    }
  }

  /** Steps of so many at once tell nobody anything; what a person should know is told with the app-space that it is about. */
  #tellsOf({appSpace}: Row, wait: boolean): Pick<AddonContext, 'progress' | 'warn' | 'waiting'> {
    const tell = (sentence: string) => void this.warn(`${appSpace}: ${sentence}`)
    return {progress: (_, work) => work(), warn: tell, waiting: {wait, onWait: tell}}
  }

  #tell<Document extends object>(
    {line, appSpace}: Row,
    ended: Ended<Document>,
    summary: (document: Document) => string,
  ): void {
    if ('result' in ended) {
      if (this.jsonEnabled()) this.#printLine({line, appSpace, ...ended.result})
      else this.log(safeText(`${appSpace}  ${summary(ended.result)}`))
      return
    }
    const failure = explainRefusal(ended.failure, this.machine.env)
    if (this.jsonEnabled()) this.#printLine({line, appSpace, error: errorDetails(failure)})
    explainFailure(failure.retold({message: `${appSpace} (line ${line}): ${failure.message}`}))
  }

  #printLine(document: object): void {
    process.stdout.write(`${JSON.stringify(inSandbox() ? {...document, sandbox: true} : document)}\n`)
  }

  #howToGoOn(failedTo: string | undefined): string {
    return failedTo === undefined
      ? 'The same command does what is left: what is as asked already is skipped.'
      : `To do what is left: ${ourCommand(`${this.id ?? ''} --apps-from ${failedTo}`)}`
  }
}

async function checked<Request>(
  rows: readonly Row[],
  check: (row: Row) => Promise<Request>,
): Promise<{readonly row: Row; readonly request: Request}[]> {
  const bad: BadLine[] = []
  const lines = []
  for (const row of rows) {
    try {
      lines.push({row, request: await check(row)})
    } catch (error) {
      const failure = toFailure(error)
      if (failure.outcome !== 'usage') throw failure
      bad.push({line: row.line, problem: [failure.message, ...failure.suggestions].join(' ')})
    }
  }
  refuseBadLines(bad)
  return lines
}
