import {Flags} from '@oclif/core'

import {BulkCommand} from '../../cli/bulk/command.js'
import {manyRotated} from '../../cli/bulk/rotate.js'
import {fleetFlags} from '../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, waitForOthersFlags} from '../../cli/flags/common.js'
import {renderRotated} from '../../cli/output/brief.js'
import type {RotateDocument} from '../../lib/lifecycle/document.js'

export default class TwilioRotate extends BulkCommand {
  static override summary = "give an app-space's subaccount a new auth token, without downtime"
  static override description = `Creates a secondary token, writes it to TWILIO_AUTH_TOKEN, waits until the app runs with it (or as long as --grace says), proves that it works, then promotes it: from then on the old token fails. Until then both work, and the same command resumes an interrupted run.

Twilio signs webhooks with the primary token: an app that validates signatures may refuse some between its restart and the promotion.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --grace 120',
    '<%= config.bin %> <%= command.id %> --all --older-than 90d --no-email',
  ]
  static override flags = {
    app: appFlag,
    grace: Flags.integer({
      description: 'wait this long for the app, instead of asking Akkeris whether it has restarted',
      helpValue: 'SECONDS',
      min: 0,
      max: 3600,
    }),
    'older-than': Flags.string({
      description: "only if the token is older, e.g. 90d (h, d, w); if its age is unknown, the add-on's age counts",
      helpValue: 'AGE',
    }),
    'no-email': Flags.boolean({
      description: 'ask Twilio not to email the owners and administrators of the account about it',
    }),
    ...fleetFlags,
    'dry-run': dryRunFlag('show what would be done, and change nothing'),
    ...waitForOthersFlags,
  }

  async run(): Promise<RotateDocument | undefined> {
    return this.oneOrMany(await this.parse(TwilioRotate), manyRotated, renderRotated)
  }
}
