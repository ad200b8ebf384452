import {planTitle} from '../../lib/addon/format.js'
import {checkService} from '../../lib/addon/plans.js'
import {untilReady} from '../../lib/addon/info.js'
import {AkaCommand, arg, appFlag} from '../../cli/base-command.js'

export default class AddonsWait extends AkaCommand {
  static override aliases = ['twilio:wait']
  static override summary = 'wait until no run works on the Twilio add-on of an app-space'
  static override description =
    'Ends with 0 once the add-on is ready, and with 6 when what was begun was cut short and nobody goes on with it.'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio -a api-default']
  static override args = {
    addon: arg({description: 'twilio', default: 'twilio'}),
  }
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsWait)
    const appSpace = this.appSpace(flags.app)
    const session = await this.session(flags)
    checkService(args.addon)
    const {plan, state, accountSid, phoneNumber} = await untilReady(await this.context(session), appSpace)
    this.log(`${appSpace} has ${planTitle(plan)}: ready.`)
    return {appSpace, plan, state, accountSid, phoneNumber: phoneNumber?.e164}
  }
}
