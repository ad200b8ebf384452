import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags/common.js'
import {renderLimit, renderSims} from '../../../cli/output/twilio/sims/index.js'
import {openSims} from '../../../lib/sims/context.js'
import {type SimsDocument, simsDocument} from '../../../lib/sims/document.js'
import {ledgerOf} from '../../../lib/sims/reserve.js'

export default class TwilioSims extends AkaCommand {
  static override summary = 'list the SIMs of an app-space'
  static override description = 'Super SIM and Programmable Wireless, with the order that each came with.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<SimsDocument> {
    const {flags} = await this.parse(TwilioSims)
    const appSpace = await this.appSpace(flags.app)
    const {context, record} = await openSims(await this.context(await this.session(flags)), appSpace)
    const [ledger, fleets, ratePlans] = await Promise.all([
      ledgerOf(context, record),
      context.sims.listGroups('super-sim'),
      context.sims.listGroups('wireless'),
    ])
    const document = simsDocument(ledger, [...fleets, ...ratePlans])
    await this.logList(() => renderSims(document))
    this.logToStderr(renderLimit(document))
    return document
  }
}
