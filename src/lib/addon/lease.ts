import {acquireLease} from '../registry/acquire-lease.js'
import type {Lease} from '../registry/lease.js'
import type {AddonContext} from './context.js'
import {requireSameHost} from './host.js'
import {noAddon, requireReady} from './info.js'
import type {AddonRecord} from './record.js'

/**
 * A lease on an add-on that is ready, or in the middle of a change that `resumes` says can be resumed.
 * @throws {Failure} `notFound`; `conflict` while something else is unfinished.
 */
export async function acquireAddonLease(
  context: Pick<AddonContext, 'registry' | 'akkeris' | 'waiting'>,
  appSpace: string,
  resumes: (record: AddonRecord) => boolean = () => false,
): Promise<Lease<AddonRecord>> {
  const lease = await acquireLease(context.registry, appSpace, {
    ...context.waiting,
    precondition: (record) => requireSameHost(record, context),
    requireUsable: (record) => {
      if (record.state !== 'changing' || !resumes(record)) requireReady(record)
    },
  })
  if (lease) return lease
  throw await noAddon(context, appSpace)
}
