import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags/common.js'
import {unfinishedOperation} from '../../../cli/output/sentences.js'
import {renderNumber} from '../../../cli/output/twilio/number/index.js'
import {ourCommand} from '../../../lib/command-line.js'
import {type NumberDocument, numberDocument} from '../../../lib/number/document.js'
import {readNumber} from '../../../lib/number/read.js'

export default class TwilioNumber extends AkaCommand {
  static override summary = "show an app-space's phone number: capabilities, webhooks, pending registrations"
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<NumberDocument> {
    const {flags} = await this.parse(TwilioNumber)
    const appSpace = await this.appSpace(flags.app)
    const info = await readNumber(await this.context(await this.session(flags)), appSpace)
    const document = numberDocument(info)
    this.log(renderNumber(document, info.record.plan))
    if (!document.isThere)
      this.warn(`To give ${appSpace} another number: ${ourCommand(`twilio:number:change -a ${appSpace}`)}`)
    if (document.unfinished) this.warn(unfinishedOperation(document.unfinished))
    return document
  }
}
