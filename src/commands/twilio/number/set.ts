import {AkaCommand, appFlag, waitFlag} from '../../../cli/base-command.js'
import {usage} from '../../../lib/errors.js'
import {statusCallbackFlag, webhookFlags, numberOptionsOf} from '../../../cli/number-flags.js'
import {setNumber} from '../../../lib/number/set.js'
import {webhooksInWords} from '../../../lib/number/webhooks.js'
import {checkWebhookUrls} from '../../../lib/number/options.js'
import {fields} from '../../../lib/addon/format.js'
import {webhookUrlsOf, type NumberOptions} from '../../../lib/addon/number-options.js'

export default class TwilioNumberSet extends AkaCommand {
  static override summary = 'set what the phone number of an app-space calls'
  static override description =
    'What is not given stays as it is; an empty URL takes one away. Safe to repeat: nothing is sent where it is so already.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --sms-url https://api-default.example.com/sms',
    `<%= config.bin %> <%= command.id %> -a api-default --voice-url ''`,
  ]
  static override flags = {
    app: appFlag,
    ...webhookFlags,
    ...statusCallbackFlag,
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioNumberSet)
    const wanted = webhookUrlsOf(numberOptionsOf(flags) as Partial<NumberOptions>)
    if (Object.keys(wanted).length === 0) {
      throw usage(
        'NOTHING_TO_SET',
        'There is nothing to set.',
        'Give --voice-url, --sms-url or --status-callback; an empty one takes it away.',
      )
    }
    checkWebhookUrls(wanted)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), {wait: flags.wait})
    const {number, changed} = await setNumber(context, appSpace, wanted)
    const {calls, messages, status} = webhooksInWords(number.webhooks)
    this.log(changed.length > 0 ? `${number.e164} calls now:` : `${number.e164} was set so already:`)
    this.log(
      fields([
        ['For calls', calls],
        ['For messages', messages],
        ['For status', status],
      ]),
    )
    return {appSpace, phoneNumber: number.e164, changed, webhooks: number.webhooks}
  }
}
