import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, timeoutFlag, waitForOthersFlag} from '../../../cli/flags.js'
import {numberOptionsOf, statusCallbackFlag, webhookFlags} from '../../../cli/number-flags.js'
import {renderNumberSet} from '../../../cli/output/twilio/number/set.js'
import {type NumberOptions, webhookUrlsOf} from '../../../lib/addon/number-options.js'
import {usage} from '../../../lib/errors.js'
import {type NumberSetDocument, numberSetDocument} from '../../../lib/number/document.js'
import {checkWebhookUrls} from '../../../lib/number/options.js'
import {setNumber} from '../../../lib/number/set.js'

export default class TwilioNumberSet extends AkaCommand {
  static override summary = 'set what the phone number of an app-space calls'
  static override description =
    'What is not given stays as it is; an empty URL removes one. Safe to repeat: nothing is sent where it is set already.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --sms-url https://api-default.example.com/sms',
    `<%= config.bin %> <%= command.id %> -a api-default --voice-url ''`,
  ]
  static override flags = {
    app: appFlag,
    ...webhookFlags,
    ...statusCallbackFlag,
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  async run(): Promise<NumberSetDocument> {
    const {flags} = await this.parse(TwilioNumberSet)
    const webhooks = webhookUrlsOf(numberOptionsOf(flags) as Partial<NumberOptions>)
    if (Object.keys(webhooks).length === 0) {
      const suggestion = 'Give --voice-url, --sms-url or --status-callback; an empty one removes it.'
      throw usage('NOTHING_TO_CHANGE', 'There is nothing to set.', suggestion)
    }
    checkWebhookUrls(webhooks)
    const appSpace = this.appSpace(flags.app)
    const context = await this.context(await this.session(flags), flags)
    const document = numberSetDocument(appSpace, await setNumber(context, appSpace, webhooks))
    this.log(renderNumberSet(document))
    return document
  }
}
