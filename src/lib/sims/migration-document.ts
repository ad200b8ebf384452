import type {CarrierName} from '../carrier/service.js'
import {changesAnything, type Migration} from './migrate.js'

export type SimsMigrateDocument = MigratedDocument | MigrationPreviewDocument

/** The SIMs of an app-space after its cards moved to another carrier. */
export interface MigratedDocument extends MigrationDocument {
  /** Whether anything was changed. */
  readonly migrated: boolean
}

/** What would become of them. */
export interface MigrationPreviewDocument extends MigrationDocument {
  readonly dryRun: true
  readonly wouldMigrate: boolean
}

interface MigrationDocument {
  readonly appSpace: string
  /** Null where the app-space never had a SIM. */
  readonly from: CarrierName | null
  readonly to: CarrierName
  /** SIMs that are moved to the add-on's fleet. */
  readonly moved: readonly MovedSim[]
  /** How many are in it already. */
  readonly inPlace: number
  /** SIMs that stay behind with the former carrier. */
  readonly missing: readonly {readonly iccid: string; readonly sid: string; readonly status: string}[]
}

interface MovedSim {
  readonly iccid: string
  /** SID at the new carrier. */
  readonly sid: string
  /** Name of the fleet that it was in there. */
  readonly fleet: string | null
}

export function migratedDocument(migration: Migration): MigratedDocument {
  return {migrated: changesAnything(migration), ...documentOf(migration)}
}

export function migrationPreviewDocument(migration: Migration): MigrationPreviewDocument {
  return {dryRun: true, wouldMigrate: changesAnything(migration), ...documentOf(migration)}
}

function documentOf({appSpace, from, to, toMove, inPlace, missing}: Migration): MigrationDocument {
  return {
    appSpace,
    from: from ?? null,
    to,
    moved: toMove.map(({sim: {iccid, sid}, fleet}) => ({iccid, sid, fleet: fleet ?? null})),
    inPlace: inPlace.length,
    missing: missing.map(({iccid, sid, status}) => ({iccid, sid, status})),
  }
}
