import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'
import {type AddonVars, present, removals} from '../../addon/vars.js'
import {changeConfigVars, readConfigVarsIfThere} from '../../akkeris/config-vars.js'
import {Failure} from '../../errors.js'
import type {Lease} from '../../registry/lease.js'

/** Removes what is ours and there. @returns the names of what was there and no longer is. */
export async function removeVars(
  {akkeris, warn}: AddonContext,
  lease: Lease<AddonRecord>,
  ours: Partial<AddonVars>,
): Promise<string[]> {
  const {appSpace} = lease.record
  const removed = new Set<string>()
  for (let tries = 1; ; tries++) {
    // An app that is gone has no config vars, which is no error.
    const vars = (await readConfigVarsIfThere(akkeris, appSpace)) ?? {}
    const changes = removals(vars, ours)
    if (Object.keys(changes).length === 0) {
      if (present(vars).length > 0)
        warn(`${present(vars).join(', ')} of ${appSpace} do not belong to this add-on and were left alone.`)
      return [...removed]
    }
    // A change that is refused may have removed some of them: Akkeris applies it key by key.
    for (const name of Object.keys(changes)) removed.add(name)
    try {
      await changeConfigVars(akkeris, appSpace, changes, lease)
      return [...removed]
    } catch (error) {
      // 409 is also the answer to removing what somebody else has just removed: look again, once.
      if (!(error instanceof Failure && error.code === 'AKKERIS_REFUSED') || tries === 2) throw error
    }
  }
}
