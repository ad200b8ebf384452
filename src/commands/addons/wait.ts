import {AkaCommand} from '../../cli/base-command.js'
import {addonArg, appFlag, timeoutFlag} from '../../cli/flags/common.js'
import {planTitle} from '../../cli/output/plans.js'
import {type AddonReadyDocument, addonReadyDocument} from '../../lib/addon/document.js'
import {untilReady} from '../../lib/addon/info.js'
import {checkService} from '../../lib/addon/plans.js'

export default class AddonsWait extends AkaCommand {
  static override aliases = ['twilio:wait']
  static override summary = 'wait until no run is working on the Twilio add-on of an app-space'
  static override description =
    'Exits 0 once the add-on is ready, and 6 when an operation was interrupted and no run resumes it.'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio -a api-default']
  static override args = {addon: addonArg}
  static override flags = {app: appFlag, timeout: timeoutFlag}

  async run(): Promise<AddonReadyDocument> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsWait)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    checkService(args.addon)
    const document = addonReadyDocument(await untilReady(await this.context(session), appSpace))
    this.log(`${appSpace} is ready: ${planTitle(document.plan)}.`)
    return document
  }
}
