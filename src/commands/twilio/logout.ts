import {AkaCommand} from '../../cli/base-command.js'
import type {LogoutDocument} from '../../lib/addon/main-account-document.js'

export default class TwilioLogout extends AkaCommand {
  static override summary = 'delete the credentials that twilio:login saved'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<LogoutDocument> {
    const {flags} = await this.parse(TwilioLogout)
    const {file, sandbox} = await this.session(flags)
    // The sandbox needs no login: there is none to forget, and the real one is not its business.
    const profile = sandbox ? undefined : (await file.read()).profile
    if (profile) await file.saveProfile(undefined)
    this.log(
      profile ? `Logged out of ${profile.accountSid}; this machine keeps nothing of it.` : 'Nobody was logged in.',
    )
    return {loggedOut: profile !== undefined, accountSid: profile?.accountSid ?? null}
  }
}
