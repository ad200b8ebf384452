import {changeConfigVars, type ConfigChanges} from '../akkeris/config-vars.js'
import {watchRollout} from '../akkeris/rollout.js'
import type {Lease} from '../registry/lease.js'
import type {AddonContext} from './context.js'
import type {AddonRecord} from './record.js'

/** How long an app is waited for. */
export const rolloutTimeoutMs = 600_000

/**
 * Changes config vars in one request, and waits until nothing of the app runs with the old ones: so long as `graceSeconds` says,
 * else as Akkeris tells; where that does not tell either, not at all.
 * @returns false when the app has not come so far within `patienceMs`.
 */
export async function rollOutConfigVars(
  {akkeris, main, progress}: AddonContext,
  lease: Lease<AddonRecord>,
  changes: ConfigChanges,
  {graceSeconds}: {readonly graceSeconds?: number | undefined} = {},
): Promise<boolean> {
  const {appSpace} = lease.record
  const rolledOut = graceSeconds === undefined ? await watchRollout(akkeris, appSpace) : undefined
  progress(`writing ${Object.keys(changes).join(', ')} of ${appSpace}`)
  await lease.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: lease.requireTime}))
  if (!rolledOut && graceSeconds === undefined) return true
  const started = performance.now()
  progress(
    graceSeconds === undefined ? `waiting until ${appSpace} runs with it` : `waiting ${graceSeconds} s for ${appSpace}`,
  )
  const isDone = rolledOut ?? (async () => performance.now() - started >= (graceSeconds ?? 0) * 1000)
  for (let time = 1; !(await isDone()); time++) {
    if (graceSeconds === undefined && performance.now() - started > rolloutTimeoutMs) return false
    await lease.renew()
    await main.transport.pause(Math.min(time, 4))
  }
  return true
}
