import {changeConfigVars, type ConfigChanges} from '../akkeris/config-vars.js'
import {type Rollout, watchRollout} from '../akkeris/rollout.js'
import {longestWait, type Pacing, until} from '../poll.js'
import type {Lease} from '../registry/lease.js'
import type {AddonContext} from './context.js'
import type {AddonRecord} from './record.js'

/** How long an app is waited for. */
const usualMs = 600_000

interface Waiting {
  /** As a person said, in place of asking Akkeris. */
  readonly graceSeconds?: number | undefined
  /** Watched since before the change; without it Akkeris does not tell how far the app is, and it is not waited for. */
  readonly rollout?: Rollout | undefined
}

/**
 * Changes config vars in one request, and waits until nothing of the app runs with the old ones, as `untilRolledOut` does.
 * @throws as `untilRolledOut`
 */
export async function rollOutConfigVars(
  context: AddonContext,
  lease: Lease<AddonRecord>,
  changes: ConfigChanges,
  {graceSeconds}: Pick<Waiting, 'graceSeconds'> = {},
): Promise<boolean> {
  const rollout = graceSeconds === undefined ? await watchRollout(context.akkeris, lease.record.appSpace) : undefined
  await writeConfigVars(context, lease, changes)
  return untilRolledOut(context, lease, {graceSeconds, rollout})
}

/** Waits until nothing of the app runs with its old config vars. @returns false when it has not come so far in time. */
export async function untilRolledOut(
  {main: {transport}}: AddonContext,
  lease: Lease<AddonRecord>,
  {graceSeconds, rollout}: Waiting,
): Promise<boolean> {
  const {appSpace} = lease.record
  const onWait = () => lease.renew()
  if (graceSeconds !== undefined) {
    const timeoutMs = graceSeconds * 1000
    const over = transport.now() + timeoutMs
    const check = async () => (transport.now() >= over ? true : undefined)
    return (await until(transport, check, {timeoutMs, onWait, what: `for ${appSpace}, as --grace says`})) ?? true
  }
  if (!rollout) return true
  const check = async () => ((await rollout.isDone()) ? true : undefined)
  const what = `until ${appSpace} runs with its new config vars`
  return (await until(transport, check, {timeoutMs: rolloutTimeoutMs(transport), onWait, what})) ?? false
}

export function rolloutTimeoutMs(pacing: Pacing): number {
  return longestWait(pacing, usualMs)
}

/** Changes config vars in one request, once; each request restarts the app. */
export async function writeConfigVars(
  {akkeris, progress}: AddonContext,
  lease: Lease<AddonRecord>,
  changes: ConfigChanges,
): Promise<void> {
  const {appSpace} = lease.record
  const doing = `writing the config vars of ${appSpace}: ${Object.keys(changes).join(', ')}`
  await progress(doing, () => changeConfigVars(akkeris, appSpace, changes, lease))
}
