import type {PlanName} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import type {Day} from '../days.js'
import type {Failure} from '../errors.js'
import type {OfProfile} from '../per-profile.js'
import type {Account} from '../twilio/accounts.js'
import {includedIn, type Kind, meteredKinds} from './kinds.js'
import {monthName} from './month.js'
import {forecastOf, passesOn, percentOf} from './project.js'
import type {DayAmounts, Metering} from './read.js'

/** One kind of usage against the plan. */
export interface KindUsage {
  readonly kind: Kind
  /** Of SIM cards: held and on order. Undefined where Twilio did not say. */
  readonly used: number | undefined
  readonly included: number
  readonly percent: number | undefined
  /** The day (UTC) on which the limit will be passed at this pace, where that is in this month. */
  readonly passesOn?: Day | undefined
  /** Per cent when the month ends, at this pace. */
  readonly forecast?: number | undefined
  /** Of SIM cards. */
  readonly held?: number | undefined
  readonly onOrder?: number
  /** Who counted, where that was not Twilio; null where nobody did. */
  readonly source?: string | null
}

/** Whose usage it is, and when. */
export interface UsageOf extends OfProfile {
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  readonly plan: PlanName
  readonly accountSid: string
  readonly accountStatus: Account['status']
  /** YYYY-MM, UTC. */
  readonly month: string
  /** First day of the month, YYYY-MM-DD, UTC. */
  readonly from: Day
  /** Last day of the month, YYYY-MM-DD, UTC. */
  readonly to: Day
}

export interface UsageReport extends UsageOf {
  readonly asOf: Date
  readonly kinds: readonly KindUsage[]
  readonly days?: readonly DayAmounts[]
  /** Why something in it is unknown. */
  readonly problems?: readonly Failure[]
}

export interface SimCount {
  readonly held: number | undefined
  readonly onOrder: number
}

/** Holds what was read against the plan. */
export function report(
  {appSpace, host, plan}: AddonRecord,
  {sid, status}: Account,
  {month, used, asOf, m2mSource}: Metering,
  sims: SimCount,
): UsageReport {
  const kinds = meteredKinds.map((kind): KindUsage => {
    const included = includedIn(plan, kind)
    const amount = used[kind]
    const source = kind === 'm2m' && m2mSource !== undefined ? {source: m2mSource} : {}
    if (amount === null) return {kind, ...source, used: undefined, included, percent: undefined}
    return {
      kind,
      ...source,
      used: amount,
      included,
      percent: percentOf(amount, included),
      passesOn: passesOn({used: amount, included, month, asOf}),
      forecast: forecastOf({used: amount, included, month, asOf}),
    }
  })
  return {
    appSpace,
    host,
    plan,
    accountSid: sid,
    accountStatus: status,
    month: monthName(month),
    ...month,
    asOf,
    kinds: [...kinds, simUsage(plan, sims)],
  }
}

function simUsage(plan: PlanName, {held, onOrder}: SimCount): KindUsage {
  const included = includedIn(plan, 'sims')
  const used = held === undefined ? undefined : held + onOrder
  return {
    kind: 'sims',
    used,
    included,
    percent: used === undefined ? undefined : percentOf(used, included),
    held,
    onOrder,
  }
}

/** The highest percentage of any kind; what is unknown counts as nothing. */
export function worstPercent({kinds}: UsageReport): number {
  return Math.max(...kinds.map(({percent}) => percent ?? 0))
}
