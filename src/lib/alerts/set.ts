import type {AddonContext} from '../addon/context.js'
import {readInside, requireAccountSid, requireActive, requireRecord, requireSubaccount} from '../addon/info.js'
import {acquireAddonLease} from '../addon/lease.js'
import type {PlannedRequest} from '../addon/planned-request.js'
import type {PlanName} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {Failure, usage} from '../errors.js'
import {runOperation} from '../registry/operation.js'
import {type Account, fetchAccount} from '../twilio/accounts.js'
import {subaccount, type TwilioAccount} from '../twilio/connect.js'
import {listUsageTriggers} from '../twilio/usage-triggers.js'
import {checkUrl} from '../urls.js'
import type {MeteredKind} from '../usage/kinds.js'
import {type Alert, type AlertRequest, alertsAmong, changesTo, followsPlan, inOrder, settingsFor} from './alert.js'
import {type AlertContext, reconcileAlerts, removeAll, replaceAlerts} from './reconcile.js'
import {unwatchedKinds, watchedKinds} from './watched.js'

/** @throws {Failure} `usage` for a URL that Twilio cannot call, or for what are no percentages. */
export function alertRequest(urlFlag: string, url: string, percentsFlag: string, percents: string): AlertRequest {
  checkUrl(urlFlag, url)
  const numbers = percents.split(',').map((text) => (/^[1-9]\d{0,2}$/.test(text.trim()) ? Number(text) : 0))
  if (numbers.includes(0)) {
    throw usage(
      'ALERT_PERCENT_INVALID',
      `${percentsFlag} ${percents} are not percentages.`,
      `Give whole numbers from 1 to 999, e.g. ${percentsFlag} 80,100.`,
    )
  }
  return {url, percents: [...new Set(numbers)].sort((a, b) => a - b)}
}

/** The alerts that are set, and what none can be set for. */
export interface Alerts {
  readonly alerts: readonly Alert[]
  readonly missing: readonly MeteredKind[]
}

/** The alerts that are set. @throws {Failure} `notFound`, `refused` when the subaccount was closed */
export async function readAlerts(context: AddonContext, appSpace: string): Promise<Alerts> {
  const {alerts, kinds} = await readWithPlan(context, appSpace)
  return {alerts: inOrder(alerts), missing: unwatchedKinds(kinds)}
}

async function readWithPlan(
  context: AddonContext,
  appSpace: string,
): Promise<{plan: PlanName; alerts: Alert[]; kinds: readonly MeteredKind[]}> {
  const {main} = context
  const record = await requireRecord(context, appSpace)
  const [{alerts}, kinds] = await Promise.all([
    read(main, requireAccountSid(record), requireSubaccount(main, record)),
    watchedKinds(context, record),
  ])
  return {plan: record.plan, alerts, kinds}
}

async function read(
  main: TwilioAccount,
  sid: string,
  account: Promise<Account>,
): Promise<{account: Account; alerts: Alert[]}> {
  const [found, triggers] = await readInside(main, account, (reader) => listUsageTriggers(reader, sid))
  return {account: found, alerts: alertsAmong(triggers)}
}

/** Replaces the alerts by exactly these. Run again after any interruption, it resumes. */
export async function setAlerts(context: AddonContext, appSpace: string, ask: AlertRequest): Promise<Alerts> {
  return withLease(context, appSpace, async ({plan}, before, alertContext) => {
    const alerts = await reconcileAlerts(alertContext, before, settingsFor(plan, ask, alertContext.kinds))
    return {alerts: inOrder(alerts), missing: unwatchedKinds(alertContext.kinds)}
  })
}

/** The same for an add-on that was just created: what fails now does not roll it back. */
export async function setFirstAlerts(context: AddonContext, appSpace: string, ask: AlertRequest): Promise<Alerts> {
  try {
    return await setAlerts(context, appSpace, ask)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw error.withSuggestions(`${appSpace} has its add-on; to set its alerts, run the same command again.`)
  }
}

/** After what may have kept them from following the plan: those that are set go by it. Where they do, nothing is written. */
export async function realignAlerts(context: AddonContext, appSpace: string): Promise<void> {
  const {plan, alerts, kinds} = await readWithPlan(context, appSpace)
  if (followsPlan(alerts, plan, kinds)) return
  await withLease(context, appSpace, ({plan}, before, alertContext) => replaceAlerts(alertContext, before, plan))
}

/** Removes them all. Gives those that were there. */
export async function unsetAlerts(context: AddonContext, appSpace: string): Promise<Alert[]> {
  return withLease(context, appSpace, async (_record, alerts, {sub}) => {
    await removeAll(
      sub,
      alerts.map(({trigger}) => trigger),
    )
    return inOrder(alerts)
  })
}

/** The calls that would change the alerts, for an app-space that need not have an add-on yet. */
export async function previewAlerts(
  {main, registry, simService}: Pick<AddonContext, 'main' | 'registry' | 'simService'>,
  {appSpace, plan, ask}: {appSpace: string; plan: PlanName; ask: AlertRequest},
): Promise<PlannedRequest[]> {
  const record = (await registry.read(appSpace))?.record
  const sid = record?.accountSid
  const before = sid === undefined ? [] : (await read(main, sid, fetchAccount(main, sid))).alerts
  const {create, redirect, remove} = changesTo(before, settingsFor(plan, ask, await watchedKinds({simService}, record)))
  const triggers = `https://api.twilio.com/2010-04-01/Accounts/${sid ?? '{subaccount}'}/Usage/Triggers`
  return [
    ...create.map(({category, value, url}) => ({
      method: 'POST' as const,
      url: `${triggers}.json`,
      form: {UsageCategory: category, TriggerValue: String(value), CallbackUrl: url},
    })),
    ...redirect.map(({trigger, url}) => ({
      method: 'POST' as const,
      url: `${triggers}/${trigger.sid}.json`,
      form: {CallbackUrl: url},
    })),
    ...remove.map((trigger) => ({method: 'DELETE' as const, url: `${triggers}/${trigger.sid}.json`})),
  ]
}

async function withLease<Result>(
  context: AddonContext,
  appSpace: string,
  work: (
    record: AddonRecord,
    before: readonly Alert[],
    alerts: AlertContext & Required<Pick<AlertContext, 'kinds'>>,
  ) => Promise<Result>,
): Promise<Result> {
  const {main, progress} = context
  const lease = await acquireAddonLease(context, appSpace)
  return runOperation(lease, {
    async steps() {
      const {record} = lease
      const [{account, alerts}, kinds] = await Promise.all([
        progress(`checking the alerts of ${appSpace}`, () =>
          read(main, requireAccountSid(record), requireActive(context, record)),
        ),
        watchedKinds(context, record),
      ])
      return work(record, alerts, {sub: subaccount(main, account), lease, kinds, progress})
    },
    warn: context.warn,
  })
}
