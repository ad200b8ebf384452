import type {PlanName} from '../addon/plans.js'
import {sendOnce} from '../transport/idempotent.js'
import type {AddonRecord} from '../addon/record.js'
import type {Lease} from '../registry/lease.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing} from '../twilio/errors.js'
import {
  createUsageTrigger,
  listUsageTriggers,
  redirectUsageTrigger,
  removeUsageTrigger,
  type TriggerSettings,
  type UsageTrigger,
} from '../twilio/usage-triggers.js'
import {alertsAmong, requestOf, changesTo, settingsFor, watches, type Alert} from './alert.js'

export interface AlertContext {
  /** The app-space's subaccount, by its own credentials; it must be active. */
  readonly sub: TwilioAccount
  /** Of this run on the app-space: two at once would make everything twice. */
  readonly lease: Pick<Lease<AddonRecord>, 'requireTime' | 'withTime'>
  readonly progress: (doing: string) => void
}

/** After a change of plan: the alerts that are set, if any, go by the new one. Can be repeated. */
export async function replaceAlerts(context: AlertContext, plan: PlanName): Promise<Alert[]> {
  const alerts = alertsAmong(await listUsageTriggers(context.sub))
  const ask = requestOf(alerts)
  return ask ? reconcileAlerts(context, alerts, settingsFor(plan, ask)) : []
}

/**
 * Makes what is missing, then removes what is outdated, so that nobody is without alerts in between. Looks before it sends
 * anything again, and in the end once more: a request that was thought lost may have arrived late.
 */
export async function reconcileAlerts(
  {sub, lease, progress}: AlertContext,
  before: readonly Alert[],
  wanted: readonly TriggerSettings[],
): Promise<Alert[]> {
  const {create, redirect, remove} = changesTo(before, wanted)
  if (create.length + redirect.length + remove.length === 0) return [...before]
  progress('setting the alerts')
  const made: UsageTrigger[] = []
  for (const settings of create) {
    const look = async () => (await listUsageTriggers(sub)).find((trigger) => watches(trigger, settings))
    const sending = {beforeEachTry: lease.requireTime}
    const make = () => lease.withTime(() => createUsageTrigger(sub, settings, sending))
    made.push(await sendOnce(sub.transport, {send: make, find: look}))
  }
  for (const {trigger, url} of redirect) {
    const look = async () => (await listUsageTriggers(sub)).find((each) => each.sid === trigger.sid && each.url === url)
    await sendOnce(sub.transport, {send: () => redirectUsageTrigger(sub, trigger.sid, url), find: look})
  }
  await removeAll(
    sub,
    remove.map(({sid}) => sid),
  )

  const after = alertsAmong(await listUsageTriggers(sub))
  const surplus = changesTo(after, wanted).remove.map(({sid}) => sid)
  await removeAll(sub, surplus)
  // What was made a moment ago may not be seen yet.
  const unseen = made.filter(({sid}) => !after.some(({trigger}) => trigger.sid === sid))
  return [...after.filter(({trigger}) => !surplus.includes(trigger.sid)), ...alertsAmong(unseen)]
}

export async function removeAll(sub: TwilioAccount, sids: readonly string[]): Promise<void> {
  for (const sid of sids) {
    try {
      await removeUsageTrigger(sub, sid)
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
}
