import type {AddonRegistry} from '../addon/addon-registry.js'
import {requireActive} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import {inBatches} from '../batch.js'
import type {Failure} from '../errors.js'
import {compareText} from '../text.js'
import {listSubaccounts} from '../twilio/accounts.js'
import {readRegistrationOf, type Registration} from './read.js'

/** One add-on among all. */
export interface FleetRegistration {
  readonly record: AddonRecord
  /** Undefined where it could not be read. */
  readonly registration?: Registration | undefined
  readonly failure?: Failure | undefined
}

interface FleetRegistrations {
  readonly entries: readonly FleetRegistration[]
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
}

/** The registration of every add-on that has a number, by name. */
export async function readAllRegistrations(
  registry: AddonRegistry,
  onProgress: (done: number, all: number) => void,
): Promise<FleetRegistrations> {
  const main = registry.account
  const [{records, unknown}, accounts] = await Promise.all([registry.list(), listSubaccounts(main)])
  const numbered = records
    .flatMap((record) => (record.phoneNumber ? [{record, number: record.phoneNumber}] : []))
    .sort((a, b) => compareText(a.record.appSpace, b.record.appSpace))
  const listed = Promise.resolve(accounts)
  const outcomes = await inBatches(
    numbered,
    async ({record, number}) =>
      readRegistrationOf(main, {record, number, account: await requireActive({main}, record, listed)}),
    onProgress,
  )
  return {
    entries: numbered.map(({record}, index) => {
      const outcome = outcomes[index]
      if (!outcome || 'failure' in outcome) return {record, failure: outcome?.failure}
      return {record, registration: outcome.result}
    }),
    unknown,
  }
}
