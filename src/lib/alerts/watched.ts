import type {AddonContext} from '../addon/context.js'
import type {AddonRecord} from '../addon/record.js'
import {carriers} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import {Failure} from '../errors.js'
import {type MeteredKind, meteredKinds, titleOf} from '../usage/kinds.js'

/**
 * The kinds that usage triggers count for an add-on: not the messages of SIMs that are in no account of Twilio's. Where it cannot be
 * known whose they are, all: a trigger that never fires does no harm.
 */
export async function watchedKinds(
  {simService}: Pick<AddonContext, 'simService'>,
  record: Pick<AddonRecord, 'simCarrier'> | undefined,
): Promise<readonly MeteredKind[]> {
  try {
    const name = record?.simCarrier ?? (await simService()).name
    return meteredKinds.filter((kind) => kind !== 'm2m' || carriers[name].isInSubaccount)
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'credentials') return meteredKinds
    throw error
  }
}

export function unwatchedKinds(watched: readonly MeteredKind[]): MeteredKind[] {
  return meteredKinds.filter((kind) => !watched.includes(kind))
}

/** What nobody is called about, and who tells instead; undefined where nothing is missing. */
export function missingAlerts(appSpace: string, missing: readonly MeteredKind[] = []): string | undefined {
  if (missing.length === 0) return undefined
  const what = missing.map(titleOf).join(', ')
  return `There are no alerts for ${what}: Twilio does not count those of its SIMs. ${ourCommand(`twilio:usage -a ${appSpace} --fail-at 80`)} does.`
}
