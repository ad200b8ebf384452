import {alertDocument} from '../../../lib/alerts/format.js'
import {unsetAlerts} from '../../../lib/alerts/set.js'
import {AkaCommand, appFlag, waitFlag} from '../../../cli/base-command.js'

export default class TwilioAlertsUnset extends AkaCommand {
  static override summary = 'remove the alerts of an app-space'
  static override description = 'Those of `twilio:alerts:set`; triggers that somebody made by hand stay.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {
    app: appFlag,
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioAlertsUnset)
    const appSpace = this.appSpace(flags.app)
    const removed = await unsetAlerts(await this.context(await this.session(flags), {wait: flags.wait}), appSpace)
    this.log(removed.length > 0 ? `The alerts of ${appSpace} are gone.` : `${appSpace} had no alerts.`)
    return {appSpace, removed: removed.map(alertDocument)}
  }
}
