import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, timeoutFlag, waitForOthersFlag} from '../../../cli/flags.js'
import {renderAlerts} from '../../../cli/output/alerts.js'
import {standardPercents} from '../../../lib/alerts/alert.js'
import {type AlertsDocument, alertsDocument} from '../../../lib/alerts/document.js'
import {alertRequest, setAlerts} from '../../../lib/alerts/set.js'
import {missingAlerts} from '../../../lib/alerts/watched.js'

export default class TwilioAlertsSet extends AkaCommand {
  static override summary = 'have Twilio call a URL when usage reaches percentages of the plan'
  static override description = `Creates usage triggers in the subaccount, counted by the month: for voice minutes, SMS and M2M messages, at each percentage. They replace those that were set before, follow the plan when it changes, and end with the add-on. Triggers that somebody created by hand are left alone.

Twilio sends a POST to the URL (https://www.twilio.com/docs/usage/api/usage-trigger), signed with the subaccount's auth token. A trigger watches one product: M2M messages of Super SIM and of Programmable Wireless each have their own, though the plan counts them together.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --url https://api-default.example.com/usage',
    '<%= config.bin %> <%= command.id %> -a api-default --url https://api-default.example.com/usage --at 50,90,100',
  ]
  static override flags = {
    app: appFlag,
    url: Flags.string({description: 'URL that Twilio calls', required: true, helpValue: 'URL'}),
    at: Flags.string({
      description: 'percentages of what the plan includes',
      default: standardPercents,
      helpValue: 'PERCENT,…',
    }),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  async run(): Promise<AlertsDocument> {
    const {flags} = await this.parse(TwilioAlertsSet)
    const request = alertRequest('--url', flags.url, '--at', flags.at)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), flags)
    const document = alertsDocument(appSpace, await setAlerts(context, appSpace, request))
    this.log(() => renderAlerts(document.alerts))
    const missing = missingAlerts(appSpace, document.missing)
    if (missing !== undefined) this.warn(missing)
    return document
  }
}
