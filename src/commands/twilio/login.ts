import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {askCredentials} from '../../cli/credentials.js'
import {askKoreCredentials} from '../../cli/kore-credentials.js'
import {checkMainAccount} from '../../lib/addon/main-account.js'
import {type CarrierLoginDocument, type LoginDocument, loginDocument} from '../../lib/addon/main-account-document.js'
import {ourCommand} from '../../lib/command-line.js'
import {usualProfile} from '../../lib/profiles.js'
import type {Session} from '../../lib/session.js'

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
    if (flags.kore) return this.#kore(session, flags['client-id'])
    if (session.sandbox) {
      const account = await checkMainAccount(await session.main())
      const document = loginDocument(account, {profile: session.profile.name, savedIn: null})
      this.log('The sandbox needs no login.')
      return document
    }
    const {credentials, account} = await askCredentials(
      {accountSid: flags['account-sid'], apiKey: flags['api-key']},
      this.machine.env,
      async (given) => checkMainAccount(session.connect(given)),
    )
    const {file, profile} = session
    await file.saveLogin(profile.name, 'twilio', credentials)
    this.log(`Logged in to ${account.friendlyName || account.sid} (${account.sid}, ${account.type}).`)
    this.log(`Saved in ${file.path}${profile.name === usualProfile ? '' : ` as profile ${profile.name}`}`)
    if (account.type === 'Trial') this.warn('A trial account cannot buy numbers in subaccounts: upgrade it first.')
    return loginDocument(account, {profile: profile.name, savedIn: file.path})
  }

  async #kore(session: Session, given: string | undefined): Promise<CarrierLoginDocument> {
    const profile = session.profile.name
    if (session.sandbox) {
      this.log('The sandbox needs no login.')
      return {carrier: 'kore', clientId: session.koreCredentials()?.clientId ?? null, profile, savedIn: null}
    }
    const credentials = await askKoreCredentials(given, this.machine.env)
    const {clientId} = credentials
    await session.connectKore(credentials).verify()
    await session.file.saveLogin(profile, 'kore', credentials)
    this.log(`Logged in to KORE as ${clientId}.`)
    this.log(`Saved in ${session.file.path}`)
    if (session.settings['sim-carrier'] === 'twilio')
      this.warn(`SIMs are still those of Twilio: ${ourCommand('twilio:settings unset sim-carrier')}`)
    return {carrier: 'kore', clientId, profile, savedIn: session.file.path}
  }
}
