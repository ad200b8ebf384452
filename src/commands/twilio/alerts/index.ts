import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags/common.js'
import {renderAlerts} from '../../../cli/output/alerts.js'
import {type AlertsDocument, alertsDocument} from '../../../lib/alerts/document.js'
import {readAlerts} from '../../../lib/alerts/set.js'
import {missingAlerts} from '../../../lib/alerts/watched.js'
import {ourCommand} from '../../../lib/command-line.js'

export default class TwilioAlerts extends AkaCommand {
  static override summary = 'show the alerts of an app-space: which URL Twilio calls, and at what usage'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<AlertsDocument> {
    const {flags} = await this.parse(TwilioAlerts)
    const appSpace = await this.appSpace(flags.app)
    const context = await this.context(await this.session(flags))
    const document = alertsDocument(appSpace, await readAlerts(context, appSpace))
    if (document.alerts.length > 0) await this.logList(() => renderAlerts(document.alerts))
    else {
      this.log(`${appSpace} has no alerts.`)
      this.logToStderr(`To set some: ${ourCommand(`twilio:alerts:set -a ${appSpace} --url URL`)}`)
    }
    const missing = missingAlerts(appSpace, document.missing)
    if (missing !== undefined) this.logToStderr(missing)
    return document
  }
}
