import {Lease, waitUntilReleased} from '../registry/lease.js'
import {LeaseLost} from '../registry/items.js'
import {noAddon, requireReady} from './info.js'
import {requireSameHost} from '../lifecycle/create/request.js'
import type {AddonContext} from './context.js'
import type {AddonRecord} from './record.js'

/**
 * A claim on an add-on that is ready, or in the middle of a change that `goesOn` knows how to go on with.
 * @throws {Failure} `notFound`; `conflict` while something else is half done.
 */
export async function acquireAddonLease(
  {registry, akkeris, waiting}: AddonContext,
  appSpace: string,
  goesOn: (record: AddonRecord) => boolean,
): Promise<Lease<AddonRecord>> {
  const precondition = (record: AddonRecord) => requireSameHost(record, akkeris.host, registry.name)
  for (;;) {
    const entry = await waitUntilReleased(registry, appSpace, {...waiting, precondition})
    if (!entry) throw noAddon(appSpace)
    if (entry.record.state !== 'changing' || !goesOn(entry.record)) requireReady(entry.record)
    try {
      return await Lease.take(registry, entry)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
  }
}
