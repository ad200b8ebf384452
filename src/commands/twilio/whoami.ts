import {AkaCommand} from '../../cli/base-command.js'
import {renderMainAccount} from '../../cli/output/twilio/whoami.js'
import {checkMainAccount} from '../../lib/addon/main-account.js'
import {type WhoamiDocument, whoamiDocument} from '../../lib/addon/main-account-document.js'

export default class TwilioWhoami extends AkaCommand {
  static override summary = 'show which main account is used, and where its credentials come from'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<WhoamiDocument> {
    const {flags} = await this.parse(TwilioWhoami)
    const session = await this.session(flags)
    const credentials = await session.credentials()
    const {name, login} = await session.simService()
    const sims = {carrier: name, clientId: login?.clientId ?? null, source: login?.source ?? null}
    const document = whoamiDocument(await checkMainAccount(await session.main()), credentials, sims)
    this.log(renderMainAccount(document))
    return document
  }
}
