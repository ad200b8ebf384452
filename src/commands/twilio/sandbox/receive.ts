import {Args, Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {renderReceived} from '../../../cli/output/twilio/sandbox/receive.js'
import type {SandboxReceivedDocument} from '../../../sandbox/document.js'
import {requireServed, servedAt} from '../../../sandbox/served.js'

export default class TwilioSandboxReceive extends AkaCommand {
  static override summary = 'simulate an incoming message or call to a number of the served sandbox'
  static override description = `Acts as if somebody sent a message to, or called, a number of an add-on: the sandbox that \`twilio:sandbox\` serves calls the number's SmsUrl or VoiceUrl, and this command shows the result.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> sms --to +18015550100 --body hello',
    '<%= config.bin %> <%= command.id %> call --to +18015550100 --from +14155550123 --input 1#',
  ]
  static override args = {
    kind: Args.string({
      description: 'what comes in: sms or call',
      required: true,
      options: ['SMS', 'sms', 'call'],
      parse: async (value) => value.toLowerCase(),
    }),
  }
  static override flags = {
    to: Flags.string({description: 'number of the sandbox', required: true, helpValue: 'NUMBER'}),
    from: Flags.string({description: 'who writes or calls', default: '+14155550100', helpValue: 'NUMBER'}),
    body: Flags.string({description: 'text of the message', default: '', helpValue: 'TEXT'}),
    media: Flags.string({
      description: 'URL of a picture in the message',
      multiple: true,
      default: [],
      helpValue: 'URL',
    }),
    input: Flags.string({
      description: 'what the caller presses or says when asked, in turn',
      multiple: true,
      default: [],
      helpValue: 'DIGITS',
    }),
    port: Flags.integer({description: 'port at which the sandbox is served', min: 1, max: 65_535}),
  }

  async run(): Promise<SandboxReceivedDocument> {
    const {args, flags} = await this.parse(TwilioSandboxReceive)
    const {to, from, body, media, input: inputs, port} = flags
    const asked = {kind: args.kind, to, from, body, media, inputs, wait: true}
    const base = servedAt(this.machine.env, port)
    const document = (await requireServed(base, 'inbound', asked)) as SandboxReceivedDocument
    this.log(renderReceived(document))
    return document
  }
}
