import {BulkCommand} from '../../../cli/bulk/command.js'
import {bulkFlags} from '../../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, waitForOthersFlags} from '../../../cli/flags/common.js'
import {statusCallbackFlag, webhookFlags, webhooksFrom} from '../../../cli/flags/number.js'
import {numberInBrief} from '../../../cli/output/brief.js'
import {renderNumberSet} from '../../../cli/output/twilio/number/set.js'
import {numberSetDocument, type NumberSettingDocument} from '../../../lib/number/document.js'
import {previewNumberSet} from '../../../lib/number/preview-set.js'
import {setNumber} from '../../../lib/number/set.js'

export default class TwilioNumberSet extends BulkCommand {
  static override summary = "set the webhooks of an app-space's phone number"
  static override description =
    'Webhooks that are not given stay as they are; an empty URL removes one. Safe to repeat: nothing is sent if they are already set.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --sms-url https://api-default.example.com/sms',
    `<%= config.bin %> <%= command.id %> -a api-default --voice-url ''`,
  ]
  static override flags = {
    app: appFlag,
    ...webhookFlags,
    ...statusCallbackFlag,
    ...bulkFlags,
    'dry-run': dryRunFlag('show what would be changed, and change nothing'),
    ...waitForOthersFlags,
  }

  async run(): Promise<NumberSettingDocument | undefined> {
    return this.oneOrMany(
      await this.parse(TwilioNumberSet),
      {
        doing: 'setting the numbers of',
        request: ({flags}, appSpace) => ({appSpace, urls: webhooksFrom(flags)}),
        carryOut: async (context, {appSpace, urls}) =>
          numberSetDocument(appSpace, await setNumber(context, appSpace, urls)),
        preview: async (context, {appSpace, urls}) => previewNumberSet(context, appSpace, urls),
        brief: numberInBrief,
      },
      renderNumberSet,
    )
  }
}
