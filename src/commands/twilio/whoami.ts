import {AkaCommand} from '../../cli/base-command.js'
import {renderMainAccount} from '../../cli/output/twilio/whoami.js'
import {checkMainAccount} from '../../lib/addon/main-account.js'
import {type AkkerisLoginPlace, type WhoamiDocument, whoamiDocument} from '../../lib/addon/main-account-document.js'
import {Failure} from '../../lib/errors.js'
import type {Session} from '../../lib/session.js'

/** Most of the commands here need none. */
function akkerisOf(session: Session): AkkerisLoginPlace | null {
  try {
    return {host: session.akkerisPlace().baseUrl.replace(/^https:\/\//, ''), source: session.akkerisLogin().source}
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

export default class TwilioWhoami extends AkaCommand {
  static override summary =
    'show which main account and which Akkeris are used, as whom, and where the logins come from'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<WhoamiDocument> {
    const {flags} = await this.parse(TwilioWhoami)
    const session = await this.session(flags)
    const credentials = await session.credentials()
    const {name, login} = await session.simService()
    const sims = {carrier: name, clientId: login?.clientId ?? null, source: login?.source ?? null}
    const account = await checkMainAccount(await session.main())
    const document = whoamiDocument(account, credentials, {akkeris: akkerisOf(session), sims})
    this.log(renderMainAccount(document))
    return document
  }
}
