import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {openInBrowser} from '../../cli/browser.js'
import {appFlag} from '../../cli/flags/common.js'
import {type ConsoleDocument, consoleDocument} from '../../lib/addon/document.js'
import {requireAccountSid, requireRecord} from '../../lib/addon/info.js'

export default class TwilioConsole extends AkaCommand {
  static override summary = "show the link to an app-space's subaccount in the Twilio console"
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --open',
  ]
  static override flags = {app: appFlag, open: Flags.boolean({description: 'open it in the browser, too'})}

  async run(): Promise<ConsoleDocument> {
    const {flags} = await this.parse(TwilioConsole)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const record = await requireRecord({registry: await session.registry(), akkeris: session.akkeris()}, appSpace)
    const document = consoleDocument(appSpace, requireAccountSid(record))
    this.log(document.url)
    const missing = flags.open ? await openInBrowser(document.url, this.machine.env) : undefined
    if (missing !== undefined)
      this.warn(`The browser could not be opened (there is no ${missing}): open the link yourself.`)
    this.logToStderr(
      'The administrator of the main account creates logins to the console: https://console.twilio.com/us1/account/manage-account/general-settings',
    )
    return document
  }
}
