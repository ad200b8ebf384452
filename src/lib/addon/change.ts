import {Claim, untilFree} from '../registry/claim.js'
import {ClaimLost} from '../registry/items.js'
import {noAddon, requireReady} from './info.js'
import {requireSameHost} from './judge.js'
import type {Means} from './means.js'
import type {AddonRecord} from './record.js'

/**
 * A claim on an add-on that is ready, or in the middle of a change that `goesOn` knows how to go on with.
 * @throws {Failure} `notFound`; `conflict` while something else is half done.
 */
export async function claimForChange(
  {registry, akkeris, waiting}: Means,
  appSpace: string,
  goesOn: (record: AddonRecord) => boolean,
): Promise<Claim<AddonRecord>> {
  const judge = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  for (;;) {
    const entry = await untilFree(registry, appSpace, {...waiting, judge})
    if (!entry) throw noAddon(appSpace)
    if (entry.record.state !== 'changing' || !goesOn(entry.record)) requireReady(entry.record)
    try {
      return await Claim.take(registry, entry)
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error
    }
  }
}
