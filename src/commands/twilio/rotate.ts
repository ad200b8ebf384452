import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {appFlag, timeoutFlag, waitForOthersFlag} from '../../cli/flags.js'
import type {RotatedDocument} from '../../lib/lifecycle/document.js'
import {rotate} from '../../lib/lifecycle/rotate.js'

export default class TwilioRotate extends AkaCommand {
  static override summary = "give an app-space's subaccount a new auth token, without downtime"
  static override description = `Creates a secondary token, writes it to TWILIO_AUTH_TOKEN, waits until the app runs with it (or as long as --grace says), proves that it works, then promotes it: from then on the old token fails. Until then both work, and the same command resumes an interrupted run.

Twilio signs webhooks with the primary token: an app that validates signatures may refuse some between its restart and the promotion.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --grace 120',
  ]
  static override flags = {
    app: appFlag,
    grace: Flags.integer({
      description: 'wait this long for the app, instead of asking Akkeris how far it is',
      helpValue: 'SECONDS',
      min: 0,
      max: 3600,
    }),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  async run(): Promise<RotatedDocument> {
    const {flags} = await this.parse(TwilioRotate)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), flags)
    const {accountSid, resumed} = await rotate(context, {appSpace, graceSeconds: flags.grace})
    this.log(`${accountSid} has a new auth token, and ${appSpace} runs with it. The old one no longer works.`)
    return {appSpace, accountSid, rotated: true, resumed}
  }
}
