import {describe, expect, it} from '@jest/globals'

import type {Migration} from '../../../src/lib/sims/migrate.js'
import {migratedDocument, migrationPreviewDocument} from '../../../src/lib/sims/migration-document.js'
import {sim} from '../../support/sim-records.js'

const none: Migration = {appSpace: 'api-default', from: undefined, to: 'kore', toMove: [], inPlace: [], missing: []}

describe('the document of a migration', () => {
  it('names the SIMs that move and those that stay behind, and counts those that are in place', () => {
    const [moved, other, left] = [sim(1), sim(2), sim(3, {status: 'active'})]
    const migration: Migration = {
      ...none,
      from: 'twilio',
      toMove: [
        {sim: moved, fleet: 'by-hand'},
        {sim: other, fleet: undefined},
      ],
      inPlace: [sim(4), sim(5)],
      missing: [left],
    }
    const sims = {
      appSpace: 'api-default',
      from: 'twilio',
      to: 'kore',
      moved: [
        {iccid: moved.iccid, sid: 'HS1', fleet: 'by-hand'},
        {iccid: other.iccid, sid: 'HS2', fleet: null},
      ],
      inPlace: 2,
      missing: [{iccid: left.iccid, sid: 'HS3', status: 'active'}],
    }
    expect(migratedDocument(migration)).toEqual({migrated: true, ...sims})
    expect(migrationPreviewDocument(migration)).toEqual({dryRun: true, wouldMigrate: true, ...sims})
  })

  it.each<[string, Partial<Migration>, boolean]>([
    ['an app-space that never had a SIM', {}, false],
    ['one whose SIMs are there already', {from: 'kore', inPlace: [sim(1)]}, false],
    [
      'one whose SIMs are all missing: it is recorded that they are no longer counted',
      {from: 'twilio', missing: [sim(1)]},
      true,
    ],
    ['one of which nothing is recorded, with SIMs that were moved by an interrupted run', {inPlace: [sim(1)]}, true],
  ])('says whether anything is changed: of %s', (_, migration, changes) => {
    expect(migratedDocument({...none, ...migration}).migrated).toBe(changes)
    expect(migrationPreviewDocument({...none, ...migration})).toMatchObject({
      wouldMigrate: changes,
      from: migration.from ?? null,
    })
  })
})
