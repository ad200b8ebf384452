import type {PlanName} from '../addon/plans.js'
import {compareText} from '../text.js'
import {type TriggerSettings, type UsageTrigger, watches} from '../twilio/usage-triggers.js'
import {includedIn, metered, type MeteredKind, meteredKinds} from '../usage/kinds.js'

/** Whom to tell, and at which percentages of what the plan includes. */
export interface AlertRequest {
  readonly url: string
  readonly percents: readonly number[]
}

/** Percentages where none are given. */
export const standardPercents = '80,100'

/** A usage trigger that `twilio:alerts:set` made. */
export interface Alert {
  readonly trigger: UsageTrigger
  readonly kind: MeteredKind
  readonly percent: number
}

/** The name tells ours from triggers that somebody made by hand: those are left alone. */
const pattern = new RegExp(`^aka-twilio (${meteredKinds.join('|')}) (\\d+)%$`)

function nameOf(kind: MeteredKind, percent: number): string {
  return `aka-twilio ${kind} ${percent}%`
}

/** Those of an account's triggers that are ours. */
export function alertsAmong(triggers: readonly UsageTrigger[]): Alert[] {
  return triggers.flatMap((trigger) => {
    const [, kind, percent] = pattern.exec(trigger.friendlyName) ?? []
    return kind === undefined ? [] : [{trigger, kind: kind as MeteredKind, percent: Number(percent)}]
  })
}

/**
 * The triggers that a plan's alerts take: one for each percentage of each of Twilio's categories. A trigger watches one category
 * alone, so where a kind is the sum of two (M2M), each is watched with the whole amount: an app-space that uses one product,
 * as nearly all do, is alerted exactly; one that uses both is alerted for each product separately, and so later than `twilio:usage` says.
 */
export function settingsFor(
  plan: PlanName,
  {url, percents}: AlertRequest,
  kinds: readonly MeteredKind[] = meteredKinds,
): TriggerSettings[] {
  return kinds.flatMap((kind) =>
    metered[kind].categories.flatMap((category) =>
      percents.map((percent) => ({
        friendlyName: nameOf(kind, percent),
        category,
        value: Math.ceil((includedIn(plan, kind) * percent) / 100),
        url,
      })),
    ),
  )
}

/** What was asked for when these were set; undefined when there are none. Those of an interrupted later run count, too. */
export function requestOf(alerts: readonly Alert[]): AlertRequest | undefined {
  const newest = alerts.at(-1)
  if (!newest) return undefined
  const percents = [...new Set(alerts.map(({percent}) => percent))].sort((a, b) => a - b)
  return {url: newest.trigger.url, percents}
}

/** As people read them: by kind, then by percentage. */
export function inOrder(alerts: readonly Alert[]): Alert[] {
  const rank = ({kind, trigger}: Alert) => [meteredKinds.indexOf(kind), trigger.category] as const
  return [...alerts].sort((a, b) => {
    const [[kind, category], [otherKind, otherCategory]] = [rank(a), rank(b)]
    return kind - otherKind || compareText(category, otherCategory) || a.percent - b.percent
  })
}

/** What makes of the alerts there are those that there are to be. */
export interface Changes {
  readonly create: readonly TriggerSettings[]
  readonly redirect: readonly {readonly trigger: UsageTrigger; readonly url: string}[]
  /** Outdated ones and duplicates. */
  readonly remove: readonly UsageTrigger[]
}

/** The oldest of each is kept: it knows whether it has fired this month. */
export function changesTo(alerts: readonly Alert[], wanted: readonly TriggerSettings[]): Changes {
  const kept = wanted.map((settings) => ({
    settings,
    trigger: alerts.find((alert) => watches(alert.trigger, settings))?.trigger,
  }))
  return {
    create: kept.flatMap(({settings, trigger}) => (trigger ? [] : [settings])),
    redirect: kept.flatMap(({settings: {url}, trigger}) => (trigger && trigger.url !== url ? [{trigger, url}] : [])),
    remove: alerts.map(({trigger}) => trigger).filter(({sid}) => !kept.some(({trigger}) => trigger?.sid === sid)),
  }
}

export function isNothing({create, redirect, remove}: Changes): boolean {
  return create.length + redirect.length + remove.length === 0
}

/** Whether the alerts that are set, if any, are those of the plan. */
export function followsPlan(alerts: readonly Alert[], plan: PlanName, kinds: readonly MeteredKind[]): boolean {
  const request = requestOf(alerts)
  if (!request) return true
  return isNothing(changesTo(alerts, settingsFor(plan, request, kinds)))
}
