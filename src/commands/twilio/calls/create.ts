import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, arg, followFlag, timeoutFlag} from '../../../cli/flags/common.js'
import {followCall, makeCall, twimlOf} from '../../../lib/messaging/calls.js'
import {type CallDocument, callDocument} from '../../../lib/messaging/document.js'
import {senderOf} from '../../../lib/messaging/sender.js'
import {checkPhoneNumber} from '../../../lib/number/check-choice.js'
import {checkUrl} from '../../../lib/urls.js'

export default class TwilioCallsCreate extends AkaCommand {
  static override summary = "call somebody from an app-space's number, and say something"
  static override description =
    "Uses the subaccount's own credentials, as the app would, and so proves that the number works. Each run makes one call; if the answer is lost, the call is looked for, and never made again."
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default +18015556666 --say "Your table is ready." --wait',
    '<%= config.bin %> <%= command.id %> -a api-default +18015556666 --url https://api-default.example.com/voice',
  ]
  static override args = {to: arg({description: 'number to call, E.164', required: true})}
  static override flags = {
    app: appFlag,
    say: Flags.string({
      description: 'what to say when somebody answers',
      exactlyOne: ['say', 'url'],
      helpValue: 'TEXT',
    }),
    url: Flags.string({
      description: 'URL from which Twilio gets TwiML when somebody answers',
      exactlyOne: ['say', 'url'],
      helpValue: 'URL',
    }),
    voice: Flags.string({description: 'voice of --say, e.g. Polly.Joanna', dependsOn: ['say'], helpValue: 'VOICE'}),
    language: Flags.string({description: 'language of --say, e.g. en-GB', dependsOn: ['say'], helpValue: 'LANGUAGE'}),
    wait: followFlag('wait until it has ended; exit 1 if nobody was reached'),
    timeout: timeoutFlag,
  }

  async run(): Promise<CallDocument> {
    const {args, flags} = await this.parse(TwilioCallsCreate)
    checkPhoneNumber(args.to)
    const {say = '', url} = flags
    if (url !== undefined) checkUrl('--url', url)
    const script = url === undefined ? {twiml: await twimlOf(say, flags)} : {url}
    const appSpace = await this.appSpace(flags.app)
    const sender = await senderOf(await this.context(await this.session(flags)), appSpace)
    const made = await makeCall(sender, args.to, script)
    const document = callDocument(appSpace, flags.wait ? await followCall(sender, made) : made)
    const {call, from, to, status, durationSeconds} = document
    this.log(
      `${call} from ${from} to ${to}: ${status}${durationSeconds === null ? '' : ` after ${durationSeconds} s`}.`,
    )
    return document
  }
}
