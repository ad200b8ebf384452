import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import type {CarrierLogoutDocument, LogoutDocument} from '../../lib/addon/main-account-document.js'
import type {Session} from '../../lib/session.js'

export default class TwilioLogout extends AkaCommand {
  static override summary = 'delete the credentials that twilio:login saved'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --kore',
    '<%= config.bin %> <%= command.id %> --profile staging',
  ]
  static override flags = {kore: Flags.boolean({description: 'delete those for KORE instead'})}

  async run(): Promise<LogoutDocument> {
    const {flags} = await this.parse(TwilioLogout)
    const session = await this.session(flags)
    if (flags.kore) return this.#kore(session)
    const {file, sandbox} = session
    // The sandbox needs no login: there is none to forget, and the real one is not its business.
    const login = sandbox ? undefined : session.profiles.get(session.profile.name)?.twilio
    if (login) await file.saveLogin(session.profile.name, 'twilio', undefined)
    this.log(
      login
        ? `Logged out of ${login.accountSid}; its credentials were deleted from this machine.`
        : 'Nobody was logged in.',
    )
    return {loggedOut: login !== undefined, accountSid: login?.accountSid ?? null, profile: session.profile.name}
  }

  async #kore({file, sandbox, profile, profiles}: Session): Promise<CarrierLogoutDocument> {
    const kore = sandbox ? undefined : profiles.get(profile.name)?.kore
    if (kore) await file.saveLogin(profile.name, 'kore', undefined)
    this.log(kore ? `Logged out of KORE (${kore.clientId}).` : 'Nobody was logged in to KORE.')
    return {carrier: 'kore', loggedOut: kore !== undefined, clientId: kore?.clientId ?? null, profile: profile.name}
  }
}
