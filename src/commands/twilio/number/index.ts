import {fields} from '../../../lib/addon/format.js'
import {unfinished} from '../../../lib/addon/unfinished.js'
import {AkaCommand, appFlag} from '../../../cli/base-command.js'
import {capabilitiesInWords} from '../../../lib/number/format.js'
import {readNumber, type NumberInfo} from '../../../lib/number/read.js'
import {webhooksInWords} from '../../../lib/number/webhooks.js'

const varInWords: Readonly<Record<NumberInfo['configVar'], string>> = {
  same: 'TWILIO_PHONE_NUMBER is this number',
  different: 'TWILIO_PHONE_NUMBER is another number; `aka addons:create` again puts it right',
  missing: 'TWILIO_PHONE_NUMBER is missing; `aka addons:create` again writes it back',
  'no such app': 'the app is gone',
}

export default class TwilioNumber extends AkaCommand {
  static override summary =
    "show an app-space's phone number: what it can do, what it calls, what Twilio still asks for"
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioNumber)
    const appSpace = this.appSpace(flags.app)
    const info = await readNumber(await this.context(await this.session(flags)), appSpace)
    const {record, recorded, number, others, configVar, pendingRegistrations} = info
    const {calls, messages, status} = webhooksInWords(number?.webhooks ?? {})
    this.log(
      fields([
        ['Phone number', recorded.e164],
        ['Can do', number ? capabilitiesInWords(number.capabilities) : 'nothing: the subaccount has it no more'],
        ['For calls', calls],
        ['For messages', messages],
        ['For status', status],
        ['Config var', varInWords[configVar]],
        ['Still asked', pendingRegistrations ?? 'nothing'],
        ...(others.length > 0 ? [['Other numbers', others.join(', ')] as const] : []),
      ]),
    )
    if (!number) this.caution(`To give ${appSpace} another number: aka twilio:number:change -a ${appSpace}`)
    const half = unfinished(record)
    if (half) this.caution(`Half done: ${half.what}. To go on: ${half.command}`)
    return {
      appSpace,
      phoneNumber: recorded.e164,
      phoneNumberSid: recorded.sid,
      accountSid: record.accountSid,
      isThere: number !== undefined,
      capabilities: number?.capabilities,
      webhooks: number?.webhooks,
      configVar,
      pendingRegistrations,
      otherNumbers: others,
      unfinished: half,
    }
  }
}
