import {Flags} from '@oclif/core'

import {BulkCommand} from '../../../cli/bulk/command.js'
import {bulkFlags} from '../../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, waitForOthersFlags} from '../../../cli/flags/common.js'
import {renderAlerts} from '../../../cli/output/alerts.js'
import {alertsInBrief} from '../../../cli/output/brief.js'
import type {AddonContext} from '../../../lib/addon/context.js'
import {type AlertRequest, standardPercents} from '../../../lib/alerts/alert.js'
import {type AlertsDocument, alertsDocument, type AlertsSetDocument} from '../../../lib/alerts/document.js'
import {previewSetAlerts} from '../../../lib/alerts/preview-set.js'
import {alertRequest, setAlerts} from '../../../lib/alerts/set.js'
import {missingAlerts} from '../../../lib/alerts/watched.js'

export default class TwilioAlertsSet extends BulkCommand {
  static override summary = 'have Twilio call a URL when usage reaches percentages of the plan'
  static override description = `Creates monthly usage triggers in the subaccount: for voice minutes, SMS and M2M messages, at each percentage. They replace those that were set before, follow the plan when it changes, and end with the add-on. Triggers that somebody created by hand are left alone.

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
    ...bulkFlags,
    'dry-run': dryRunFlag('show how many would be set and removed, and change nothing'),
    ...waitForOthersFlags,
  }

  async run(): Promise<AlertsSetDocument | undefined> {
    return this.oneOrMany(
      await this.parse(TwilioAlertsSet),
      {
        doing: 'setting the alerts of',
        request: ({flags}, appSpace) => ({appSpace, ask: alertRequest('--url', flags.url, '--at', flags.at)}),
        carryOut: async (context, {appSpace, ask}) => setAndWarn(context, appSpace, ask),
        preview: async (context, {appSpace, ask}) => previewSetAlerts(context, appSpace, ask),
        brief: alertsInBrief,
      },
      ({alerts}) => renderAlerts(alerts),
    )
  }
}

async function setAndWarn(context: AddonContext, appSpace: string, ask: AlertRequest): Promise<AlertsDocument> {
  const document = alertsDocument(appSpace, await setAlerts(context, appSpace, ask))
  const missing = missingAlerts(appSpace, document.missing)
  if (missing !== undefined) context.warn(missing)
  return document
}
