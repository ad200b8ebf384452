import {Flags} from '@oclif/core'

import {rotate} from '../../lib/lifecycle/rotate.js'
import {AkaCommand, appFlag, waitFlag} from '../../cli/base-command.js'

export default class TwilioRotate extends AkaCommand {
  static override summary = "give an app-space's subaccount a new auth token, without downtime"
  static override description = `Makes a secondary token, writes it to TWILIO_AUTH_TOKEN, waits until the app runs with it (or as long as --grace says), proves that it works, then promotes it: the old token fails from then on. Until then both work, and a run that was cut short is gone on with by the same command.

Twilio signs webhooks with the primary token: an app that validates signatures may refuse some between its restart and the promotion.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --grace 120',
  ]
  static override flags = {
    app: appFlag,
    grace: Flags.integer({
      description: 'wait so many seconds for the app, in place of asking Akkeris how far it is',
      helpValue: 'SECONDS',
      min: 0,
      max: 3600,
    }),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioRotate)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), {wait: flags.wait})
    this.caution(
      'Webhooks are signed with the primary token: an app that validates signatures may refuse some between its restart and the promotion.',
    )
    const {accountSid, resumed} = await rotate(context, {appSpace, graceSeconds: flags.grace})
    this.log(`${accountSid} has a new auth token, and ${appSpace} runs with it. The old one works no more.`)
    return {appSpace, accountSid, rotated: true, resumed}
  }
}
