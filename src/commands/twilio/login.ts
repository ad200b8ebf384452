import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {logInToKore, logInToTwilio} from '../../cli/login/login.js'
import {loginWarning, renderLogin} from '../../cli/output/twilio/login.js'
import type {LoginDocument} from '../../lib/addon/main-account-document.js'

export default class TwilioLogin extends AkaCommand {
  static override summary = "save the main Twilio account's credentials on this machine"
  static override description = `Asks for the account SID and the auth token (https://console.twilio.com shows both), tries them, and saves them in a file that only you can read. In a script, give the SID as a flag and the secret on standard input or in TWILIO_AUTH_TOKEN (TWILIO_API_SECRET with --api-key): never as an argument, which every process on the machine could read.

An API key can be revoked on its own; a token cannot. It must be of type Main, which only the console can create (https://console.twilio.com/us1/account/keys-credentials/api-keys); it does everything but transfer numbers between accounts (docs/login.md).

--profile NAME saves the login under a name, for several main accounts (twilio:profiles).

With --kore, saves the client id and the client secret of a KORE API client, for ordering and using SIM cards (docs/sims.md): give the id as a flag, and the secret on standard input or in KORE_CLIENT_SECRET.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --account-sid AC… < token.txt',
    '<%= config.bin %> <%= command.id %> --profile staging',
    '<%= config.bin %> <%= command.id %> --kore',
  ]
  static override flags = {
    'account-sid': Flags.string({description: 'SID of the main account', helpValue: 'AC…'}),
    'api-key': Flags.string({
      description: 'log in with an API key of type Main, created in the Twilio console, instead of the auth token',
      helpValue: 'SK…',
    }),
    kore: Flags.boolean({description: 'log in to KORE instead', exclusive: ['account-sid', 'api-key']}),
    'client-id': Flags.string({
      description: 'id of a KORE API client',
      helpValue: 'ID',
      dependsOn: ['kore'],
    }),
  }

  async run(): Promise<LoginDocument> {
    const {flags} = await this.parse(TwilioLogin)
    const session = await this.session(flags)
    const document = flags.kore
      ? await logInToKore(session, flags['client-id'], this.machine.env)
      : await logInToTwilio(session, {accountSid: flags['account-sid'], apiKey: flags['api-key']}, this.machine.env)
    this.log(renderLogin(document))
    const warning = loginWarning(document, session.settings)
    if (warning !== undefined) this.warn(warning)
    return document
  }
}
