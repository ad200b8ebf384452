import {Flags} from '@oclif/core'

import {checkMainAccount} from '../../lib/addon/main-account.js'
import {askSecret, askText} from '../../cli/prompts.js'
import {AkaCommand} from '../../cli/base-command.js'
import {badCredentials, usage} from '../../lib/errors.js'
import {readAll} from '../../cli/stdin.js'
import type {TwilioCredentials} from '../../lib/twilio/connect.js'
import {checkForm} from '../../lib/twilio/credentials.js'

export default class TwilioLogin extends AkaCommand {
  static override summary = "save the main Twilio account's credentials on this machine"
  static override description = `Asks for the account SID and the auth token (https://console.twilio.com shows both), tries them, and saves them in a file that only you can read. In a script give the SID as a flag and the secret on standard input or in TWILIO_AUTH_TOKEN (TWILIO_API_SECRET with --api-key): never as an argument, which every process on the machine could read.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --account-sid AC… < token.txt',
  ]
  static override flags = {
    'account-sid': Flags.string({description: 'SID of the main account', helpValue: 'AC…'}),
    'api-key': Flags.string({
      description: 'log in with an API key of type Main in place of the auth token',
      helpValue: 'SK…',
    }),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioLogin)
    const session = await this.session(flags)
    const credentials = session.sandbox
      ? await session.credentials()
      : await this.#ask(flags['account-sid'], flags['api-key'])
    const account = await checkMainAccount(session.connect(credentials))
    if (session.sandbox) this.log('The sandbox needs no login.')
    else {
      const {accountSid, username, password} = credentials
      await session.file.saveProfile({accountSid, username, password})
      this.log(`Logged in to ${account.friendlyName || account.sid} (${account.sid}, ${account.type}).`)
      this.log(`Saved in ${session.file.path}`)
      if (account.type === 'Trial') this.caution('A trial account cannot buy numbers in subaccounts: upgrade it first.')
    }
    return {
      accountSid: account.sid,
      friendlyName: account.friendlyName,
      type: account.type,
      savedIn: session.sandbox ? null : session.file.path,
    }
  }

  async #ask(sidFlag: string | undefined, key: string | undefined): Promise<TwilioCredentials> {
    checkFlags(sidFlag, key)
    const {env} = this.machine
    const accountSid =
      sidFlag ?? (env.TWILIO_ACCOUNT_SID || (await askText('Account SID:', {flag: '--account-sid AC…'})))
    const username = key ?? accountSid
    checkForm({accountSid, username, password: ''})
    const variable = key === undefined ? 'TWILIO_AUTH_TOKEN' : 'TWILIO_API_SECRET'
    const what = key === undefined ? 'Auth token' : 'API secret'
    const password =
      env[variable] ||
      (process.stdin.isTTY ? await askSecret(`${what}:`, {flag: variable}) : await readAll(process.stdin))
    if (!password)
      throw badCredentials(
        'SECRET_MISSING',
        `There was no ${what.toLowerCase()}.`,
        `Give it on standard input or in ${variable}.`,
      )
    return {accountSid, username, password}
  }
}

/** What is wrong on the command line is its fault (exit 2), not the credentials' (exit 5). */
function checkFlags(sid: string | undefined, key: string | undefined): void {
  if (sid !== undefined && !/^AC[0-9a-fA-F]{32}$/.test(sid)) {
    throw usage(
      'SID_INVALID',
      `--account-sid ${sid} is not the SID of an account.`,
      'It begins with AC and has 32 hexadecimal digits: copy it from https://console.twilio.com.',
    )
  }
  if (key !== undefined && !/^SK[0-9a-fA-F]{32}$/.test(key)) {
    throw usage(
      'SID_INVALID',
      `--api-key ${key} is not the SID of an API key.`,
      'It begins with SK and has 32 hexadecimal digits: copy it from https://console.twilio.com.',
    )
  }
}
