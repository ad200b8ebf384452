import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, waitForOthersFlags} from '../../../cli/flags/common.js'
import {alertDocument, type AlertsRemovedDocument} from '../../../lib/alerts/document.js'
import {unsetAlerts} from '../../../lib/alerts/set.js'

export default class TwilioAlertsUnset extends AkaCommand {
  static override summary = 'remove the alerts of an app-space'
  static override description = 'Removes those of `twilio:alerts:set`; triggers that somebody created by hand stay.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag, ...waitForOthersFlags}

  async run(): Promise<AlertsRemovedDocument> {
    const {flags} = await this.parse(TwilioAlertsUnset)
    const appSpace = await this.appSpace(flags.app)
    const removed = await unsetAlerts(await this.context(await this.session(flags), flags), appSpace)
    this.log(removed.length > 0 ? `The alerts of ${appSpace} were removed.` : `${appSpace} had no alerts.`)
    return {appSpace, removed: removed.map(alertDocument)}
  }
}
