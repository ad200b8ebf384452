import {clearScreenDown, moveCursor} from 'node:readline'

import {Flags} from '@oclif/core'

import {AkaCommand, appFlag} from '../../cli/base-command.js'
import {csv} from '../../cli/output/csv.js'
import {Failure, usage} from '../../lib/errors.js'
import {dayColumns, dayRows, usageColumns, usageDocument, usageRows} from '../../lib/usage/document.js'
import {notRead} from '../../lib/usage/batch.js'
import {readFleet, type FleetEntry} from '../../lib/usage/fleet.js'
import {fleetInLines} from '../../lib/usage/format-fleet.js'
import {usageInLines} from '../../lib/usage/format.js'
import {parseMonth, type MonthChoice} from '../../lib/usage/month.js'
import {readAppUsage} from '../../lib/usage/read-one.js'
import {overLimitFailure, overLimits} from '../../lib/usage/over-limit.js'
import type {UsageReport} from '../../lib/usage/report.js'
import type {Session} from '../../lib/session.js'

export default class TwilioUsage extends AkaCommand {
  static override summary = 'show usage against the plan: voice minutes, SMS, M2M messages, SIM cards'
  static override description = `Bars, percentages, and the day on which a limit will be passed at this month's pace. Months and days are Twilio's, in UTC; Twilio's records lag a little behind: "as of" says until when they count.

With --all a line for each add-on, worst first. Voice minutes, SMS and M2M messages are read; SIM cards only as far as they are on order.

With --fail-at the exit code is 3 when any kind reaches so many per cent; the report is printed all the same.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --month last --daily',
    '<%= config.bin %> <%= command.id %> --all --fail-at 80 --json',
  ]
  static override flags = {
    app: appFlag,
    all: Flags.boolean({description: 'every add-on of the main account', exclusive: ['app', 'daily']}),
    month: Flags.string({description: 'which month', default: 'this', helpValue: 'this|last|YYYY-MM'}),
    daily: Flags.boolean({description: 'day by day, too'}),
    watch: Flags.boolean({
      description: 'show it again and again, on a terminal, until Ctrl-C',
      exclusive: ['json', 'csv', 'all', 'fail-at'],
    }),
    interval: Flags.integer({
      description: 'with --watch: seconds in between; Twilio counts every few minutes [default: 10]',
      min: 1,
      dependsOn: ['watch'],
      helpValue: 'SECONDS',
    }),
    csv: Flags.boolean({description: 'as CSV, a row a kind; with --daily a row a day', exclusive: ['json']}),
    'fail-at': Flags.integer({
      description: 'exit with 3 when any kind reaches so many per cent of what the plan includes',
      min: 1,
      helpValue: 'PERCENT',
    }),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioUsage)
    const month = parseMonth(flags.month)
    const failAt = flags['fail-at']
    if (flags.all) return this.#all(await this.session(flags), {month, failAt, asCsv: flags.csv})

    if (flags.watch) requireScreen()
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags))
    this.progress(`reading the usage of ${appSpace}`)
    const ask = {month, daily: flags.daily}
    const report = await readAppUsage(context, appSpace, ask)
    if (flags.watch) {
      const again = () => readAppUsage({...context, warn: () => undefined}, appSpace, ask)
      const pause = () => context.main.transport.sleep((flags.interval ?? 10) * 1000)
      return this.#watch(report, again, pause)
    }
    if (!flags.csv) this.log(usageInLines(report, this.colors))
    else if (flags.daily) this.log(await csv(dayRows(report), dayColumns))
    else this.log(await csv(usageRows(report, report), usageColumns))
    return {...usageDocument(report), ...this.#judge([report], failAt)}
  }

  async #all(
    session: Session,
    {month, failAt, asCsv}: {month: MonthChoice; failAt: number | undefined; asCsv: boolean},
  ): Promise<unknown> {
    this.progress('reading the usage of every add-on')
    const fleet = await readFleet(await session.registry(), month, (done, all) => this.progressed(done, all))
    const {entries, unknown} = fleet
    const reports = entries.flatMap(({report}) => report ?? [])
    if (asCsv)
      this.log(
        await csv(
          entries.flatMap((each) => usageRows(each.record, each.report, each.failure)),
          usageColumns,
        ),
      )
    else if (entries.length === 0) this.log('No app-space has a Twilio add-on yet.')
    else if (!this.jsonEnabled()) this.log(await fleetInLines(fleet, this.colors))
    if (unknown.length > 0)
      this.caution(`Not written by this version of aka-twilio, and left out: ${unknown.join(', ')}`)
    const failed = entries.flatMap(({record: {appSpace}, failure}) => (failure ? [{appSpace, failure}] : []))
    return {
      addons: entries.map((entry) => this.#entryDocument(entry)),
      leftOut: unknown,
      ...this.#judge(reports, failAt, notRead(failed, entries.length)),
    }
  }

  #entryDocument({record, report, failure}: FleetEntry): unknown {
    const {appSpace, host, plan, accountSid, state} = record
    const read = report ? usageDocument(report) : {appSpace, host, plan, accountSid, kinds: []}
    return {...read, state, error: failure && (this.toErrorJson(failure) as {error: unknown}).error}
  }

  /** What reaches the percentage, and the exit code of it. */
  #judge(reports: readonly UsageReport[], failAt: number | undefined, failure?: Failure): object {
    const over = failAt === undefined ? undefined : overLimits(reports, failAt)
    const failures = [failure, over && failAt !== undefined ? overLimitFailure(over, failAt) : undefined]
    return {...(over && {failAt, overLimit: over}), ...this.failBeside(failures.filter((each) => each !== undefined))}
  }

  /** Ctrl-C is how it ends, not how it fails; what is wrong for a while is told, and looked at again. */
  async #watch(first: UsageReport, read: () => Promise<UsageReport>, pause: () => Promise<void>): Promise<unknown> {
    let report = first
    let lines = 0
    let trouble = ''
    try {
      for (;;) {
        if (lines > 0) {
          moveCursor(process.stdout, 0, -lines)
          clearScreenDown(process.stdout)
        }
        const shown = usageInLines(report, this.colors) + trouble
        this.log(shown)
        lines = shown.split('\n').length
        await pause()
        try {
          report = await read()
          trouble = ''
        } catch (error) {
          if (!(error instanceof Failure) || error.outcome !== 'temporary') throw error
          trouble = `\n\n! ${error.message}`
        }
      }
    } catch (error) {
      if (!(error instanceof Failure) || error.outcome !== 'interrupted') throw error
      return usageDocument(report)
    }
  }
}

function requireScreen(): void {
  if (process.stdout.isTTY) return
  throw usage('NO_TERMINAL', '--watch redraws a terminal, and there is none.', 'Leave --watch out, or use --json.')
}
