import type {Progress} from '../addon/context.js'
import type {PlanName} from '../addon/plans.js'
import {allOf} from '../all-of.js'
import type {SendGuard} from '../transport/idempotent.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {
  ensureTriggerRemoved,
  ensureTriggerUrl,
  ensureUsageTrigger,
  listUsageTriggers,
  type TriggerSettings,
  type UsageTrigger,
} from '../twilio/usage-triggers.js'
import type {MeteredKind} from '../usage/kinds.js'
import {type Alert, alertsAmong, changesTo, isNothing, requestOf, settingsFor} from './alert.js'

export interface AlertContext {
  /** The app-space's subaccount, by its own credentials; it must be active. */
  readonly sub: TwilioAccount
  /** What usage triggers can count; all kinds without it. */
  readonly kinds?: readonly MeteredKind[]
  /** Of this run on the app-space: two at once would make everything twice. */
  readonly lease: SendGuard
  readonly progress: Progress
}

/** After a change of plan: the alerts that are set, if any, go by the new one. Can be repeated. */
export async function replaceAlerts(context: AlertContext, alerts: readonly Alert[], plan: PlanName): Promise<Alert[]> {
  const request = requestOf(alerts)
  return request ? reconcileAlerts(context, alerts, settingsFor(plan, request, context.kinds)) : []
}

/**
 * Creates what is missing, then removes what is outdated, so that nobody is without alerts in between. Looks before it sends
 * anything again, and in the end once more: a request that was thought lost may have arrived late.
 */
export async function reconcileAlerts(
  {sub, lease, progress}: AlertContext,
  before: readonly Alert[],
  wanted: readonly TriggerSettings[],
): Promise<Alert[]> {
  const changes = changesTo(before, wanted)
  if (isNothing(changes)) return [...before]
  const {create, redirect, remove} = changes
  const created = await progress('setting the alerts', async () => {
    const triggers = await allOf(create.map(async (settings) => ensureUsageTrigger(sub, settings, lease)))
    await allOf(redirect.map(async ({trigger, url}) => ensureTriggerUrl(sub, trigger.sid, url)))
    await removeAll(sub, remove)
    return triggers
  })

  const after = alertsAmong(await listUsageTriggers(sub))
  const duplicates = changesTo(after, wanted).remove
  await removeAll(sub, duplicates)
  const removed = new Set(duplicates.map(({sid}) => sid))
  // What was created a moment ago may not be seen yet.
  const unseen = created.filter(({sid}) => !after.some(({trigger}) => trigger.sid === sid))
  return [...after.filter(({trigger}) => !removed.has(trigger.sid)), ...alertsAmong(unseen)]
}

export async function removeAll(sub: TwilioAccount, triggers: readonly UsageTrigger[]): Promise<void> {
  await allOf(triggers.map(async ({sid}) => ensureTriggerRemoved(sub, sid)))
}
