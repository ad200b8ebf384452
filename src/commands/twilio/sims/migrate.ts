import {Flags} from '@oclif/core'

import {BulkCommand} from '../../../cli/bulk/command.js'
import {manyMigrated, migrationPreview, migrationRequest} from '../../../cli/bulk/migrate.js'
import {fleetFlags} from '../../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, yesFlag} from '../../../cli/flags/common.js'
import {migrationQuestion, renderMigrated, renderMigrationPlan} from '../../../cli/output/twilio/sims/migrate.js'
import {confirm} from '../../../cli/prompts.js'
import {migrateSims} from '../../../lib/sims/migrate.js'
import {migratedDocument, type SimsMigrateDocument} from '../../../lib/sims/migration-document.js'

export default class TwilioSimsMigrate extends BulkCommand {
  static override summary = 'use SIM cards at KORE that moved there from Twilio'
  static override description = `Finds the app-space's SIM cards at KORE by their ICCIDs, puts them into the app-space's fleet there, and records that they are KORE's. Nothing is changed at Twilio. It refuses while orders are open, or if some of the cards are not at KORE yet. Safe to repeat: the next run finishes an interrupted one.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --to kore --dry-run',
    '<%= config.bin %> <%= command.id %> --all --to kore --yes',
  ]
  static override flags = {
    app: appFlag,
    to: Flags.option({
      description: 'who has the cards now',
      options: ['kore'] as const,
      required: true,
      helpValue: 'CARRIER',
    })(),
    'leave-missing': Flags.boolean({
      description: 'leave SIMs behind that are not at KORE: they are no longer counted',
    }),
    ...fleetFlags,
    'dry-run': dryRunFlag('show which SIMs would be migrated, and change nothing'),
    yes: yesFlag('do not ask'),
  }

  async run(): Promise<SimsMigrateDocument | undefined> {
    const parsed = await this.parse(TwilioSimsMigrate)
    const {flags} = parsed
    if (flags['apps-from'] !== undefined || flags.all) return this.many(parsed, manyMigrated)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const request = migrationRequest(parsed, appSpace, session)
    const context = await this.context(session)
    if (flags['dry-run'] || !flags.yes) {
      const preview = await migrationPreview(context, request)
      const plan = renderMigrationPlan(preview)
      if (flags['dry-run']) {
        this.log(`${plan}\nNothing was changed.`)
        return preview
      }
      this.logToStderr(plan)
      if (preview.wouldMigrate) await confirm(migrationQuestion(preview), {otherwise: 'Nothing was migrated.'})
    }
    const document = migratedDocument(await migrateSims(context, request))
    this.log(renderMigrated(document))
    return document
  }
}
