import type {Interfaces} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {renderUsage} from '../../cli/output/twilio/usage.js'
import {renderFleetUsage} from '../../cli/output/twilio/usage-all.js'
import {usageAs} from '../../cli/output/twilio/usage-forms.js'
import {fleetUsagePage, usagePage} from '../../cli/output/twilio/usage-page.js'
import {requireScreen, watch, watching} from '../../cli/output/watch.js'
import {countProgress, progress} from '../../cli/progress.js'
import {writeReport} from '../../cli/report-file.js'
import {limitsFrom, usageFlags} from '../../cli/usage-flags.js'
import type {Session} from '../../lib/session.js'
import {appUsage, reportFleetUsage, reportUsage, type UsageDocument} from '../../lib/usage/document.js'
import {type Fleet, mergedFleets, readFleet} from '../../lib/usage/fleet.js'
import {type MonthChoice, parseMonth} from '../../lib/usage/month.js'
import type {UsageLimits} from '../../lib/usage/over-limit.js'
import {readAppUsage} from '../../lib/usage/read-one.js'
import type {UsageReport} from '../../lib/usage/report.js'

type Flagged = Interfaces.InferredFlags<typeof TwilioUsage.flags> & {readonly sandbox: boolean}

export default class TwilioUsage extends AkaCommand {
  static override summary = 'show usage against the plan: voice minutes, SMS, M2M messages, SIM cards'
  static override description = `Bars, percentages, and the day on which a limit will be exceeded at this month's pace. Months and days are Twilio's, in UTC; Twilio's records lag a little: "as of" shows how recent they are.

With --all, one line per add-on, worst first. Voice minutes, SMS and M2M messages are read; of SIM cards, only those on order are counted.

With --fail-at, the exit code is 3 if any metric has reached that percentage; with --fail-at-forecast, if it will by the end of the month. The report is printed all the same.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --month last --daily',
    '<%= config.bin %> <%= command.id %> --all --fail-at 80 --fail-at m2m=95 --over-only --json',
    '<%= config.bin %> <%= command.id %> --all --month last --html usage.html',
  ]
  static override flags = usageFlags

  readonly #screen = {interruption: this.interruption, print: (text: string) => this.print(text)}

  async run(): Promise<UsageDocument> {
    const {flags} = await this.parse(TwilioUsage)
    const asked = {month: parseMonth(flags.month), daily: flags.daily}
    const limits = limitsFrom(flags)
    if (flags.watch) requireScreen()
    if (flags.all) return this.#all({...asked, limits}, flags)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const context = await this.context(session)
    const report = await progress(`reading the usage of ${appSpace}`, () => readAppUsage(context, appSpace, asked))
    if (flags.watch) {
      const read = () => readAppUsage({...context, warn: () => undefined}, appSpace, asked)
      const render = (latest: UsageReport) => renderUsage(appUsage(latest), this.colors)
      return appUsage(await watch({...watching(this.#screen, session, flags), first: report, read, render}))
    }
    const {document, failures} = reportUsage(report, limits)
    await writeReport(flags.html, () => usagePage(document))
    const text = await usageAs(document, flags)
    if (text === undefined) this.log(renderUsage(document, this.colors))
    else this.print(text)
    return {...document, ...this.failWithResult(failures)}
  }

  async #all({month, limits}: {month: MonthChoice; limits: UsageLimits}, flags: Flagged) {
    let transport: Session['transport'] | undefined
    const readAll = () =>
      this.perProfile(flags, async (session) => {
        transport = session.transport
        const [registry, service] = await Promise.all([session.registry(), session.simService()])
        return readFleet({registry, service}, month, countProgress)
      })
    const found = await progress('reading the usage of every add-on', readAll)
    const fleet = mergedFleets(found.parts)
    if (flags.watch && transport) {
      const read = async () => mergedFleets((await readAll()).parts)
      const render = (latest: Fleet) => renderFleetUsage(reportFleetUsage(latest, {}).document, this.colors)
      const latest = await watch({...watching(this.#screen, {transport}, flags), first: fleet, read, render})
      return reportFleetUsage(latest, {}).document
    }
    const reported = reportFleetUsage(fleet, limits, {overOnly: flags['over-only']})
    const document = {...reported.document, ...found.read}
    const areOthers = fleet.entries.length > 0
    await writeReport(flags.html, () => fleetUsagePage(document, areOthers))
    const text = await usageAs(document, flags, areOthers)
    if (text === undefined) await this.logList(() => renderFleetUsage(document, this.colors, areOthers))
    else this.print(text)
    if (fleet.unknown.length > 0) this.warn(skippedItems(fleet.unknown))
    return {...document, ...this.failWithResult([...found.failures, ...reported.failures])}
  }
}
