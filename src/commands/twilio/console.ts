import {requireAccountSid, requireRecord} from '../../lib/addon/info.js'
import {AkaCommand, appFlag} from '../../cli/base-command.js'

export default class TwilioConsole extends AkaCommand {
  static override summary = "show the link to an app-space's subaccount in the Twilio console"
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioConsole)
    const session = await this.session(flags)
    const appSpace = this.appSpace(flags.app)
    const record = await requireRecord({registry: await session.registry(), akkeris: session.akkeris()}, appSpace)
    const accountSid = requireAccountSid(record)
    const url = `https://console.twilio.com/?accountSid=${accountSid}`
    this.log(url)
    this.tell(
      'Logins to the console are made by the administrator of the main account: https://console.twilio.com/us1/account/manage-account/general-settings',
    )
    return {appSpace, accountSid, url}
  }
}
