import {Flags} from '@oclif/core'

import {checkPhoneNumber} from '../../../lib/number/check-choice.js'
import {AkaCommand, appFlag, arg} from '../../../cli/base-command.js'
import {checkText, followText, isFinal, sendText} from '../../../lib/messaging/messages.js'
import {senderOf} from '../../../lib/messaging/sender.js'

export default class TwilioSmsSend extends AkaCommand {
  static override summary = "send an SMS from an app-space's number"
  static override description =
    "With the subaccount's own credentials, as the app would: proof that the number works. Each run sends a message; one whose answer is lost is looked for before it is sent again."
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default +18015556666 "Your table is ready." --wait',
  ]
  static override args = {
    to: arg({description: 'number to send to, E.164', required: true}),
    text: arg({description: 'what to send, up to 1,600 characters', required: true}),
  }
  static override flags = {
    app: appFlag,
    wait: Flags.boolean({char: 'w', description: 'wait until it is delivered or has failed (exit 1)'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(TwilioSmsSend)
    checkPhoneNumber(args.to)
    checkText(args.text)
    const appSpace = this.appSpace(flags.app)
    const sender = await senderOf(await this.context(await this.session(flags)), appSpace)
    const sent = await sendText(sender, {to: args.to, body: args.text})
    if (flags.wait) this.progress(`waiting for ${sent.sid}`)
    const message = flags.wait ? await followText(sender, sent) : sent
    const {sid, from, to, status, segments} = message
    this.log(`${sid} from ${from} to ${to}: ${status}.`)
    if (flags.wait && !isFinal(message))
      this.caution('Nobody has confirmed it yet, and perhaps nobody will: it was sent, so do not send it again.')
    return {appSpace, message: sid, from, to, status, final: isFinal(message), segments}
  }
}
