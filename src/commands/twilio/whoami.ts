import {AkaCommand} from '../../cli/base-command.js'
import {profileOfAppFlag} from '../../cli/flags/common.js'
import {renderMainAccount} from '../../cli/output/twilio/whoami.js'
import {checkMainAccount} from '../../lib/addon/main-account.js'
import {type AkkerisLoginPlace, type WhoamiDocument, whoamiDocument} from '../../lib/addon/main-account-document.js'
import {Failure} from '../../lib/errors.js'
import {whoChose} from '../../lib/profiles.js'
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
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> -a api-prod']
  static override flags = {app: profileOfAppFlag}

  async run(): Promise<WhoamiDocument> {
    const {flags} = await this.parse(TwilioWhoami)
    const session = await this.session({...flags, appSpace: flags.app})
    const credentials = await session.credentials()
    const {name, login} = await session.simService()
    const sims = {carrier: name, clientId: login?.clientId ?? null, source: login?.source ?? null}
    const account = await checkMainAccount(await session.main())
    const document = whoamiDocument(account, credentials, {
      chosenBy: whoChose(session.profile) ?? null,
      akkeris: akkerisOf(session),
      sims,
    })
    this.log(renderMainAccount(document))
    return document
  }
}
