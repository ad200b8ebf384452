import {acquireLease} from '../registry/acquire-lease.js'
import type {Lease} from '../registry/lease.js'
import type {AddonEntry} from './addon-registry.js'
import type {AddonContext} from './context.js'
import {requireSameHost} from './host.js'
import {noAddon, requireReady} from './info.js'
import type {AddonRecord} from './record.js'

interface Acquisition {
  /** Whether the change that an add-on is in the middle of can be resumed. */
  readonly resumes?: (record: AddonRecord) => boolean
  /** The item as it was just read. */
  readonly known?: AddonEntry
  /** Written with the lease. */
  readonly changes?: (record: AddonRecord) => Partial<AddonRecord>
}

/**
 * A lease on an add-on that is ready, or in the middle of a change that can be resumed.
 * @throws {Failure} `notFound`; `conflict` while something else is unfinished.
 */
export async function acquireAddonLease(
  context: Pick<AddonContext, 'registry' | 'akkeris' | 'waiting'>,
  appSpace: string,
  {resumes = () => false, known, changes}: Acquisition = {},
): Promise<Lease<AddonRecord>> {
  const lease = await acquireLease(context.registry, appSpace, {
    ...context.waiting,
    known,
    ...(changes && {changes}),
    precondition: (record) => requireSameHost(record, context),
    requireUsable: (record) => {
      if (record.state !== 'changing' || !resumes(record)) requireReady(record)
    },
  })
  if (lease) return lease
  throw await noAddon(context, appSpace)
}
