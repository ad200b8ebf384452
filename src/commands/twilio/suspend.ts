import {Flags} from '@oclif/core'

import {findSuspendable, setStatus} from '../../lib/lifecycle/suspend.js'
import {checkAppSpace} from '../../lib/akkeris/app-space.js'
import {confirm} from '../../cli/prompts.js'
import {AkaCommand, appFlag} from '../../cli/base-command.js'
import {usage} from '../../lib/errors.js'

export default class TwilioSuspend extends AkaCommand {
  static override summary =
    "suspend an app-space's Twilio subaccount: no calls, messages or API requests until it is resumed"
  static override description = `Twilio then refuses calls and messages, in and out, and every API request with the app-space's credentials. The number, the SIM cards and the config vars stay, and Twilio goes on charging for what is held; the usage can still be read. Undone by \`twilio:resume\`.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --yes',
  ]
  static override flags = {
    // From the flag alone: what stops an app's messages is never guessed from the environment or git.
    app: {...appFlag, required: true},
    yes: Flags.boolean({char: 'y', description: 'do not ask'}),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioSuspend)
    const appSpace = checkAppSpace(flags.app ?? '')
    const context = await this.context(await this.session(flags))
    const found = await findSuspendable(context, appSpace)
    if (found.account.status !== 'suspended' && !flags.yes) await this.#agree(appSpace)

    const changed = await setStatus(context, found, 'suspended')
    this.log(changed ? `${appSpace} is suspended (${found.account.sid}).` : `${appSpace} was suspended already.`)
    const {dim} = this.colors
    this.log(`  Refused: calls and messages, in and out, and API requests with its credentials.`)
    this.log('  Kept: its number, its SIM cards and its config vars; Twilio goes on charging for what is held.')
    this.log(`  ${dim('→')} Its usage can still be read: aka twilio:usage -a ${appSpace}`)
    this.log(`  ${dim('→')} To let it work again: aka twilio:resume -a ${appSpace}`)
    return {appSpace, accountSid: found.account.sid, status: 'suspended', changed}
  }

  async #agree(appSpace: string): Promise<void> {
    this.tell(`${appSpace} will make and get no calls and messages, and its API requests will be refused.`)
    if (await confirm(`Suspend ${appSpace}?`, {flag: '--yes'})) return
    throw usage('NOT_CONFIRMED', 'Nothing was suspended.', 'Run it again when ready.')
  }
}
