import {Flags} from '@oclif/core'

import {BulkCommand, bulkFlags} from '../../cli/bulk-command.js'
import {appFlag, dryRunFlag, timeoutFlag, waitForOthersFlag} from '../../cli/flags.js'
import {rotatedInBrief} from '../../cli/output/brief.js'
import {rotatedDocument, type RotateDocument} from '../../lib/lifecycle/document.js'
import {previewRotate} from '../../lib/lifecycle/preview-rotate.js'
import {rotate} from '../../lib/lifecycle/rotate.js'

export default class TwilioRotate extends BulkCommand {
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
    ...bulkFlags,
    'dry-run': dryRunFlag('show what would be done, and change nothing'),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  async run(): Promise<RotateDocument | undefined> {
    return this.oneOrMany(
      await this.parse(TwilioRotate),
      {
        doing: 'rotating the auth tokens of',
        request: ({flags}, appSpace) => ({appSpace, graceSeconds: flags.grace}),
        carryOut: async (context, request) => rotatedDocument(request, await rotate(context, request)),
        preview: previewRotate,
        brief: rotatedInBrief,
        repeats: () => true,
      },
      ({accountSid, appSpace}) =>
        `${accountSid} has a new auth token, and ${appSpace} runs with it. The old one no longer works.`,
    )
  }
}
