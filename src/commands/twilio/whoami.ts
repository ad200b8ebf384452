import {fields} from '../../lib/addon/format.js'
import {checkMainAccount} from '../../lib/addon/main-account.js'
import {AkaCommand} from '../../cli/base-command.js'

export default class TwilioWhoami extends AkaCommand {
  static override summary = 'show which main account is used, and where its credentials come from'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioWhoami)
    const session = await this.session(flags)
    const {source, username, accountSid} = await session.credentials()
    const account = await checkMainAccount(await session.main())
    const apiKey = username === accountSid ? undefined : username
    this.log(
      fields([
        ['Account', account.sid],
        ['Name', account.friendlyName],
        ['Type', account.type],
        ['Status', account.status],
        ['Credentials', `${apiKey === undefined ? 'auth token' : `API key ${apiKey}`}, from ${source}`],
      ]),
    )
    return {
      accountSid: account.sid,
      friendlyName: account.friendlyName,
      type: account.type,
      status: account.status,
      apiKey,
      source,
    }
  }
}
