import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, arg, followFlag, timeoutFlag} from '../../../cli/flags/common.js'
import {blockedInUs} from '../../../cli/output/sentences.js'
import {type MessageDocument, messageDocument} from '../../../lib/messaging/document.js'
import {checkText, followText, sendingTo, sendText} from '../../../lib/messaging/messages.js'
import {senderOf} from '../../../lib/messaging/sender.js'
import {checkPhoneNumber} from '../../../lib/number/check-choice.js'

export default class TwilioSmsSend extends AkaCommand {
  static override summary = "send an SMS from an app-space's number"
  static override description =
    "Uses the subaccount's own credentials, as the app would, and so proves that the number works. Each run sends one message; if the answer is lost, the message is looked for, and never sent again."
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default +18015556666 "Your table is ready." --wait',
  ]
  static override args = {
    to: arg({description: 'number to send to, E.164', required: true}),
    text: arg({description: 'what to send, up to 1,600 characters', required: true}),
  }
  static override flags = {
    app: appFlag,
    wait: followFlag('wait until it is delivered or has failed (exit 1)'),
    timeout: timeoutFlag,
  }

  async run(): Promise<MessageDocument> {
    const {args, flags} = await this.parse(TwilioSmsSend)
    checkPhoneNumber(args.to)
    checkText(args.text)
    const appSpace = await this.appSpace(flags.app)
    const sender = await senderOf(await this.context(await this.session(flags)), appSpace)
    const sending = await sendingTo(sender, args.to)
    if (sending && ['not-registered', 'in-review', 'rejected'].includes(sending.state))
      this.warn(blockedInUs(appSpace, sender.from))
    const sent = await sendText(sender, {to: args.to, body: args.text})
    const document = messageDocument(appSpace, flags.wait ? await followText(sender, sent) : sent)
    const {message, from, to, status, final} = document
    this.log(`${message} from ${from} to ${to}: ${status}.`)
    if (flags.wait && !final)
      this.warn('No carrier has confirmed it yet, and perhaps none will: it was sent, so do not send it again.')
    return document
  }
}
