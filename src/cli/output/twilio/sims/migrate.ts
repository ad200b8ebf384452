import {carriers} from '../../../../lib/carrier/service.js'
import type {MigrationPreviewDocument, SimsMigrateDocument} from '../../../../lib/sims/migration-document.js'
import {numberOf} from '../../../../lib/text.js'
import {fields} from '../../fields.js'

/** Before a person is asked, and as the result of --dry-run. */
export function renderMigrationPlan(document: MigrationPreviewDocument): string {
  const {moved, missing} = document
  const sims = moved.map(({iccid, sid, fleet}) => `${iccid} (${sid}${fleet === null ? '' : `, now in ${fleet}`})`)
  const left = missing.map(({iccid, status}) => `${iccid} (${status})`)
  const lists = [
    ...(sims.length > 0 ? [['To its fleet', sims.join('\n')] as const] : []),
    ...(left.length > 0 ? [['Left behind', left.join('\n')] as const] : []),
  ]
  return [renderMigrated(document), ...(lists.length > 0 ? [fields(lists)] : [])].join('\n')
}

/** @param document of what would be migrated */
export function migrationQuestion({to}: MigrationPreviewDocument): string {
  return `Migrate them to ${carriers[to].title}?`
}

export function renderMigrated(document: SimsMigrateDocument): string {
  return `${document.appSpace} ${migrationInBrief(document)}.`
}

/** Behind the name of the app-space. */
export function migrationInBrief(document: SimsMigrateDocument): string {
  const {from, to, moved, inPlace, missing} = document
  const {title} = carriers[to]
  if (from === to) return `is with ${title} already`
  const number = moved.length + inPlace
  if (from === null && number === 0) return 'has no SIMs to migrate'
  const left = missing.length > 0 ? `; ${missing.length} left behind` : ''
  const changed = 'dryRun' in document ? 'would have' : 'now has'
  return `${changed} its ${numberOf(number, 'SIM')} at ${title}, ${moved.length} of them newly in its fleet${left}`
}
