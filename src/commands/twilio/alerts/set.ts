import {Flags} from '@oclif/core'

import {alertDocument, alertsAt, alertsInLines} from '../../../lib/alerts/format.js'
import {alertRequest, setAlerts} from '../../../lib/alerts/set.js'
import {AkaCommand, appFlag, waitFlag} from '../../../cli/base-command.js'

export default class TwilioAlertsSet extends AkaCommand {
  static override summary = 'let Twilio call a URL when usage reaches percentages of the plan'
  static override description = `Usage triggers in the subaccount, counted by the month: for voice minutes, SMS and M2M messages, at each percentage. They take the place of those that were set before, go by the new plan when the plan changes, and end with the add-on. Triggers that somebody made by hand are left alone.

Twilio sends a POST to the URL (https://www.twilio.com/docs/usage/api/usage-trigger), signed with the subaccount's auth token. A trigger watches one product: M2M messages of Super SIM and of Programmable Wireless are each counted by themselves, though the plan counts them together.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --url https://api-default.example.com/usage',
    '<%= config.bin %> <%= command.id %> -a api-default --url https://api-default.example.com/usage --at 50,90,100',
  ]
  static override flags = {
    app: appFlag,
    url: Flags.string({description: 'URL that Twilio calls', required: true, helpValue: 'URL'}),
    at: Flags.string({description: 'percentages of what the plan includes', default: alertsAt, helpValue: 'PERCENT,…'}),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioAlertsSet)
    const ask = alertRequest('--url', flags.url, '--at', flags.at)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), {wait: flags.wait})
    const alerts = await setAlerts(context, appSpace, ask)
    this.log(await alertsInLines(alerts))
    return {appSpace, alerts: alerts.map(alertDocument)}
  }
}
