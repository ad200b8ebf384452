import {AkaCommand} from '../../cli/base-command.js'

export default class TwilioLogout extends AkaCommand {
  static override summary = 'forget the credentials that twilio:login saved'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioLogout)
    const {file, sandbox} = await this.session(flags)
    // The sandbox needs no login: there is none to forget, and the real one is not its business.
    const profile = sandbox ? undefined : (await file.read()).profile
    if (profile) await file.saveProfile(undefined)
    this.log(
      profile ? `Logged out of ${profile.accountSid}; nothing of it is kept on this machine.` : 'Nobody was logged in.',
    )
    return {loggedOut: profile !== undefined, accountSid: profile?.accountSid}
  }
}
