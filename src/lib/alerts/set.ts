import {claimForChange} from '../addon/change.js'
import {checkUrl} from '../number/wishes.js'
import {requireActive, requireRecord, requireSubaccount} from '../addon/info.js'
import type {Means} from '../addon/means.js'
import type {PlanName} from '../addon/plans.js'
import type {Call} from '../addon/preview.js'
import type {AddonRecord} from '../addon/record.js'
import {Failure, usage} from '../errors.js'
import {fetchAccount, type Account} from '../twilio/accounts.js'
import {readerIn, subaccount, type TwilioAccount} from '../twilio/connect.js'
import {listUsageTriggers} from '../twilio/usage-triggers.js'
import {alertsAmong, changesTo, inOrder, settingsFor, type Alert, type AlertAsk} from './alert.js'
import {bringTo, removeAll, replaceAlerts, type AlertMeans} from './bring.js'

/** @throws {Failure} `usage` for a URL that Twilio cannot call, or for what are no percentages. */
export function alertAsk(urlFlag: string, url: string, percentsFlag: string, percents: string): AlertAsk {
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

/** The alerts that are set. @throws {Failure} `notFound`, `refused` when the subaccount was closed */
export async function readAlerts(means: Means, appSpace: string): Promise<Alert[]> {
  const {main} = means
  return inOrder(await read(main, await requireSubaccount(main, await requireRecord(means, appSpace))))
}

async function read(main: TwilioAccount, account: Account): Promise<Alert[]> {
  return alertsAmong(await listUsageTriggers(await readerIn(main, async () => account), account.sid))
}

/** Sets exactly these alerts in place of those there are. Run again after any interruption, it goes on. */
export async function setAlerts(means: Means, appSpace: string, ask: AlertAsk): Promise<Alert[]> {
  return claimed(means, appSpace, async (alertMeans, {plan}) => {
    const before = alertsAmong(await listUsageTriggers(alertMeans.sub))
    return inOrder(await bringTo(alertMeans, before, settingsFor(plan, ask)))
  })
}

/** The same for an add-on that was just made: what fails now does not undo it. */
export async function setFirstAlerts(means: Means, appSpace: string, ask: AlertAsk): Promise<Alert[]> {
  try {
    return await setAlerts(means, appSpace, ask)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw error.withSuggestions(`${appSpace} has its add-on; to set its alerts, run the same command again.`)
  }
}

/** After what may have kept them from following the plan: those that are set go by it. */
export async function realignAlerts(means: Means, appSpace: string): Promise<void> {
  if ((await readAlerts(means, appSpace)).length === 0) return
  await claimed(means, appSpace, (alertMeans, {plan}) => replaceAlerts(alertMeans, plan))
}

/** Removes them all. Gives those that were there. */
export async function unsetAlerts(means: Means, appSpace: string): Promise<Alert[]> {
  return claimed(means, appSpace, async ({sub}) => {
    const alerts = alertsAmong(await listUsageTriggers(sub))
    await removeAll(
      sub,
      alerts.map(({trigger}) => trigger.sid),
    )
    return inOrder(alerts)
  })
}

/** The calls that would change the alerts, for an app-space that need not have an add-on yet. */
export async function previewAlerts(
  {main, registry}: Pick<Means, 'main' | 'registry'>,
  {appSpace, plan, ask}: {appSpace: string; plan: PlanName; ask: AlertAsk},
): Promise<Call[]> {
  const sid = (await registry.read(appSpace))?.record.accountSid
  const before = sid === undefined ? [] : await read(main, await fetchAccount(main, sid))
  const {create, redirect, remove} = changesTo(before, settingsFor(plan, ask))
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

async function claimed<Result>(
  means: Means,
  appSpace: string,
  work: (means: AlertMeans, record: AddonRecord) => Promise<Result>,
): Promise<Result> {
  const {main, progress} = means
  progress(`looking at the alerts of ${appSpace}`)
  const account = await requireActive(means, await requireRecord(means, appSpace))
  const claim = await claimForChange(means, appSpace, () => false)
  try {
    return await work({sub: subaccount(main, account), claim, progress}, claim.record)
  } finally {
    // Why the work failed is what the person must hear, not that the claim could not be given back.
    await claim.finish().catch(() => undefined)
  }
}
