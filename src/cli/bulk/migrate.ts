import type {AddonContext} from '../../lib/addon/context.js'
import type {Session} from '../../lib/session.js'
import {migrateSims, type MigrationRequest, planMigration} from '../../lib/sims/migrate.js'
import {
  type MigratedDocument,
  migratedDocument,
  type MigrationPreviewDocument,
  migrationPreviewDocument,
} from '../../lib/sims/migration-document.js'
import {numberOf} from '../../lib/text.js'
import {migrationInBrief} from '../output/twilio/sims/migrate.js'
import {confirm} from '../prompts.js'
import type {BulkOperation} from './operation.js'

interface Parsed {
  readonly flags: {readonly to: 'kore'; readonly 'leave-missing': boolean}
}

export const manyMigrated: BulkOperation<Parsed, MigrationRequest, MigratedDocument, MigrationPreviewDocument> = {
  doing: 'migrating the SIMs of',
  request: migrationRequest,
  among: ({flags}, {simCarrier}) => simCarrier !== flags.to,
  consent: async ({length}) =>
    confirm(`Migrate the SIMs of ${numberOf(length, 'app-space')}?`, {otherwise: 'Nothing was migrated.'}),
  carryOut: async (context, request) => migratedDocument(await migrateSims(context, request)),
  preview: migrationPreview,
  brief: migrationInBrief,
}

export function migrationRequest({flags}: Parsed, appSpace: string, session: Session): MigrationRequest {
  return {appSpace, to: flags.to, from: () => session.twilioSims(), leaveMissing: flags['leave-missing']}
}

/** What it would do, found out without changing anything. @throws {Failure} as `planMigration` */
export async function migrationPreview(
  context: AddonContext,
  request: MigrationRequest,
): Promise<MigrationPreviewDocument> {
  return migrationPreviewDocument(await planMigration(context, request))
}
