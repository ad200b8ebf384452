import type {AddonContext} from '../addon/context.js'
import {type MigrationRequest, planMigration} from './migrate.js'
import {type MigrationPreviewDocument, migrationPreviewDocument} from './migration-document.js'

/** What `migrateSims` would do, found out without changing anything. @throws {Failure} as `planMigration` */
export async function previewMigration(
  context: AddonContext,
  request: MigrationRequest,
): Promise<MigrationPreviewDocument> {
  return migrationPreviewDocument(await planMigration(context, request))
}
