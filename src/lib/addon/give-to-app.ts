import {changeConfigVars, type ConfigChanges} from '../akkeris/config-vars.js'
import {watchRollout} from '../akkeris/rollout.js'
import type {Claim} from '../registry/claim.js'
import type {Means} from './means.js'
import type {AddonRecord} from './record.js'

/** How long an app is waited for. */
export const patienceMs = 600_000

/**
 * Changes config vars in one request, and waits until nothing of the app runs with the old ones: so long as `graceSeconds` says,
 * else as Akkeris tells; where that does not tell either, not at all.
 * @returns false when the app has not come so far within `patienceMs`.
 */
export async function giveVarsToApp(
  {akkeris, main, progress}: Means,
  claim: Claim<AddonRecord>,
  changes: ConfigChanges,
  {graceSeconds}: {readonly graceSeconds?: number | undefined} = {},
): Promise<boolean> {
  const {appSpace} = claim.record
  const rolledOut = graceSeconds === undefined ? await watchRollout(akkeris, appSpace) : undefined
  progress(`writing ${Object.keys(changes).join(', ')} of ${appSpace}`)
  await claim.withTime(() => changeConfigVars(akkeris, appSpace, changes, {beforeEachTry: claim.requireTime}))
  if (!rolledOut && graceSeconds === undefined) return true
  const started = performance.now()
  progress(
    graceSeconds === undefined ? `waiting until ${appSpace} runs with it` : `waiting ${graceSeconds} s for ${appSpace}`,
  )
  const isDone = rolledOut ?? (async () => performance.now() - started >= (graceSeconds ?? 0) * 1000)
  for (let time = 1; !(await isDone()); time++) {
    if (graceSeconds === undefined && performance.now() - started > patienceMs) return false
    await claim.keep()
    await main.transport.pause(Math.min(time, 4))
  }
  return true
}
