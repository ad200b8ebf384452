import {AkaCommand} from '../../cli/base-command.js'
import {appFlag, timeoutFlag} from '../../cli/flags.js'
import {realignAlerts} from '../../lib/alerts/set.js'
import {type AccountStatusDocument, accountStatusDocument} from '../../lib/lifecycle/document.js'
import {findSuspendable, setStatus} from '../../lib/lifecycle/suspend.js'

export default class TwilioResume extends AkaCommand {
  static override summary = "resume an app-space's suspended Twilio subaccount"
  static override description =
    'Undoes `twilio:suspend`. An account that Twilio itself suspended can only be activated by Twilio support.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag, timeout: timeoutFlag}

  async run(): Promise<AccountStatusDocument> {
    const {flags} = await this.parse(TwilioResume)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags))
    const found = await findSuspendable(context, appSpace)
    const changed = await setStatus(context, found, 'active')
    // The plan may have changed meanwhile, when nothing could be changed in the subaccount.
    if (changed && found.record.state === 'ready') await realignAlerts(context, appSpace)
    this.log(changed ? `${appSpace} works again (${found.account.sid}).` : `${appSpace} was not suspended.`)
    return accountStatusDocument(found, 'active', changed)
  }
}
