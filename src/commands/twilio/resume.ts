import {BulkCommand} from '../../cli/bulk/command.js'
import {bulkFlags} from '../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, timeoutFlag} from '../../cli/flags/common.js'
import {statusInBrief} from '../../cli/output/brief.js'
import type {StatusDocument} from '../../lib/lifecycle/document.js'
import {previewStatus, resume} from '../../lib/lifecycle/set-status.js'

export default class TwilioResume extends BulkCommand {
  static override summary = "resume an app-space's suspended Twilio subaccount"
  static override description =
    'Undoes `twilio:suspend`. An account that Twilio itself suspended can only be activated by Twilio support.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {
    app: appFlag,
    ...bulkFlags,
    'dry-run': dryRunFlag('show whether it would be resumed, and change nothing'),
    timeout: timeoutFlag,
  }

  async run(): Promise<StatusDocument | undefined> {
    return this.oneOrMany(
      await this.parse(TwilioResume),
      {
        doing: 'resuming',
        request: (_, appSpace) => ({appSpace}),
        carryOut: resume,
        preview: async (context, request) => previewStatus(context, request, 'active'),
        brief: statusInBrief,
      },
      ({appSpace, accountSid, changed}) =>
        changed ? `${appSpace} works again (${accountSid}).` : `${appSpace} was not suspended.`,
    )
  }
}
