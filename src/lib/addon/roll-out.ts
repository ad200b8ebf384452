import {changeConfigVars, type ConfigChanges} from '../akkeris/config-vars.js'
import {watchRollout} from '../akkeris/rollout.js'
import {until} from '../poll.js'
import type {Lease} from '../registry/lease.js'
import type {AddonContext} from './context.js'
import type {AddonRecord} from './record.js'

/** How long an app is waited for. */
export const rolloutTimeoutMs = 600_000

/**
 * Changes config vars in one request, and waits until nothing of the app runs with the old ones: as long as `graceSeconds` says,
 * else as Akkeris tells; where that does not tell either, not at all.
 * @returns false when the app has not come so far within `rolloutTimeoutMs`.
 */
export async function rollOutConfigVars(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  changes: ConfigChanges,
  {graceSeconds}: {readonly graceSeconds?: number | undefined} = {},
): Promise<boolean> {
  const {akkeris, main, progress} = context
  const {appSpace} = lease.record
  const rolledOut = graceSeconds === undefined ? await watchRollout(akkeris, appSpace) : undefined
  await writeConfigVars(context, lease, changes)
  const onWait = () => lease.renew()
  if (graceSeconds !== undefined) {
    progress(`waiting ${graceSeconds} s for ${appSpace}`)
    const over = main.transport.now() + graceSeconds * 1000
    const check = async () => (main.transport.now() >= over ? true : undefined)
    return (await until(main.transport, check, {timeoutMs: Number.POSITIVE_INFINITY, onWait})) ?? false
  }
  if (!rolledOut) return true
  progress(`waiting until ${appSpace} runs with its new config vars`)
  const check = async () => ((await rolledOut()) ? true : undefined)
  return (await until(main.transport, check, {timeoutMs: rolloutTimeoutMs, onWait})) ?? false
}

/** Changes config vars in one request, once; each request restarts the app. */
export async function writeConfigVars(
  {akkeris, progress}: AddonContext,
  lease: Lease<AddonRecord>,
  changes: ConfigChanges,
): Promise<void> {
  const {appSpace} = lease.record
  progress(`writing the config vars of ${appSpace}: ${Object.keys(changes).join(', ')}`)
  await changeConfigVars(akkeris, appSpace, changes, lease)
}
