import {alertDocument, alertsInLines} from '../../../lib/alerts/format.js'
import {readAlerts} from '../../../lib/alerts/set.js'
import {AkaCommand, appFlag} from '../../../cli/base-command.js'

export default class TwilioAlerts extends AkaCommand {
  static override summary = 'show the alerts of an app-space: whom Twilio tells, and at which usage'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioAlerts)
    const appSpace = this.appSpace(flags.app)
    const alerts = await readAlerts(await this.context(await this.session(flags)), appSpace)
    if (alerts.length > 0) this.log(await alertsInLines(alerts))
    else {
      this.log(`${appSpace} has no alerts.`)
      this.tell(`To set some: aka twilio:alerts:set -a ${appSpace} --url URL`)
    }
    return {appSpace, alerts: alerts.map(alertDocument)}
  }
}
