import {AkaCommand} from '../../cli/base-command.js'
import {limitsFrom, usageFlags} from '../../cli/flags/usage.js'
import {skippedItems} from '../../cli/output/sentences.js'
import {renderUsage} from '../../cli/output/twilio/usage.js'
import {renderFleetUsage} from '../../cli/output/twilio/usage-all.js'
import {usageAs} from '../../cli/output/twilio/usage-forms.js'
import {usagePage} from '../../cli/output/twilio/usage-page.js'
import {requireScreen} from '../../cli/output/watch.js'
import {requireReportFile, writeReport} from '../../cli/report-file.js'
import {usageOfAll, usageOfApp} from '../../cli/usage-reading.js'
import type {UsageDocument} from '../../lib/usage/document.js'
import {parseMonth} from '../../lib/usage/month.js'

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

  async run(): Promise<UsageDocument> {
    const {flags} = await this.parse(TwilioUsage)
    const asked = {month: parseMonth(flags.month), daily: flags.daily}
    const limits = limitsFrom(flags)
    if (flags.watch) requireScreen()
    await requireReportFile(flags.html)
    const appSpace = flags.all ? undefined : await this.appSpace(flags.app)
    const usage =
      appSpace === undefined
        ? await usageOfAll((work) => this.sessions.ofEachProfile(flags, work), asked)
        : await usageOfApp(await this.context(await this.session(flags)), appSpace, asked)
    if (flags.watch) {
      const {interruption, colors} = this
      return usage.watch({interruption, colors, print: (text) => this.print(text)}, flags)
    }
    const {document, failures, areOthers, unknown} = usage.report(limits, {overOnly: flags['over-only']})
    await writeReport(flags.html, () => usagePage(document, areOthers))
    const text = await usageAs(document, flags, areOthers)
    if (text !== undefined) this.print(text)
    else if ('addons' in document) await this.logList(() => renderFleetUsage(document, this.colors, areOthers))
    else this.log(renderUsage(document, this.colors))
    if (unknown.length > 0) this.warn(skippedItems(unknown))
    return {...document, ...this.failWithResult(failures)}
  }
}
