import type {PlanName} from '../addon/plans.js'
import type {AddonRecord} from '../addon/record.js'
import {readFailures} from '../batch.js'
import type {Day} from '../days.js'
import {type ErrorDetails, errorDetails, type ResultErrors} from '../error-document.js'
import type {Failure} from '../errors.js'
import type {OfProfile, ReadProfiles} from '../per-profile.js'
import type {Fleet, FleetEntry} from './fleet.js'
import type {Kind, MeteredKind} from './kinds.js'
import {hasLimits, type OverLimit, overLimitFailures, overLimits, unknownUsage, type UsageLimits} from './over-limit.js'
import type {DayAmounts} from './read.js'
import type {KindUsage, UsageOf, UsageReport} from './report.js'

/** The usage of an app-space in a month, against its plan; with `--all` of every add-on. */
export type UsageDocument = AppUsageDocument | FleetUsageDocument

/** The usage of an app-space in a month, against its plan. */
interface AppUsageDocument extends UsageVerdict, AppUsage {}

export interface AppUsage extends UsageOf {
  /** Until when Twilio has counted, ISO 8601, UTC. */
  readonly asOf: string
  readonly kinds: readonly (MeteredUsage | SimUsage)[]
  /** Only with `--daily`. */
  readonly daily?: readonly DayAmounts[]
}

/** What the plan includes by the month. */
export interface MeteredUsage {
  readonly kind: MeteredKind
  /** Minutes or messages; null where it is unknown. */
  readonly used: number | null
  readonly included: number
  /** Cut to two decimals; null where Twilio did not say. */
  readonly percent: number | null
  /** The day on which the limit will be passed at this pace, YYYY-MM-DD, UTC; null when not in this month. */
  readonly passesLimitOn: Day | null
  /** Of what is included, when the month ends, at this pace; cut to two decimals. Null where it is unknown. */
  readonly forecastPercent: number | null
  /** Who counted, where that was not Twilio: the carrier of the SIMs; null where nobody did. */
  readonly source?: string | null
}

/** SIMs against the plan's limit. */
export interface SimUsage {
  readonly kind: 'sims'
  /** Held and on order; null where they could not be counted. */
  readonly used: number | null
  readonly included: number
  /** Cut to two decimals. */
  readonly percent: number | null
  /** Null where they could not be counted. */
  readonly held: number | null
  readonly onOrder: number
}

/** What `--fail-at` and `--fail-at-forecast` found, and what went wrong although there is a report. */
interface UsageVerdict extends ResultErrors {
  /** Per cent; only with `--fail-at PERCENT`. */
  readonly failAt?: number
  /** Per cent; only with `--fail-at METRIC=PERCENT`. */
  readonly failAtMetrics?: Partial<Record<Kind, number>>
  /** Per cent; only with `--fail-at-forecast`. */
  readonly failAtForecast?: number
  /** Only with any of them. */
  readonly overLimit?: readonly OverLimit[]
}

/** The usage of every add-on in a month, the worst first. */
export interface FleetUsageDocument extends UsageVerdict, ReadProfiles {
  readonly addons: readonly (ReadAddonUsage | UnreadAddonUsage)[]
  /** Keys of the registry's items that cannot be read. */
  readonly leftOut: readonly string[]
}

interface ReadAddonUsage extends AppUsage {
  readonly state: AddonRecord['state']
  readonly error: null
}

/** An add-on without a subaccount yet, or that could not be read. */
interface UnreadAddonUsage extends OfProfile {
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  readonly plan: PlanName
  readonly accountSid: string | null
  /** Always empty. */
  readonly kinds: readonly []
  readonly state: AddonRecord['state']
  /** Why it could not be read. */
  readonly error: ErrorDetails | null
}

export function appUsage({kinds, days, asOf, problems: _, ...report}: UsageReport): AppUsage {
  return {...report, asOf: asOf.toISOString(), kinds: kinds.map(kindUsage), ...(days && {daily: days})}
}

function kindUsage({
  kind,
  used,
  included,
  percent,
  passesOn,
  forecast,
  held,
  onOrder = 0,
  source,
}: KindUsage): MeteredUsage | SimUsage {
  const share = {used: used ?? null, included, percent: percent ?? null}
  return kind === 'sims'
    ? {kind, ...share, held: held ?? null, onOrder}
    : {
        kind,
        ...share,
        passesLimitOn: passesOn ?? null,
        forecastPercent: forecast ?? null,
        ...(source !== undefined && {source}),
      }
}

/** A document, and what went wrong although there is one. */
interface Reported<Document> {
  readonly document: Document
  readonly failures: readonly Failure[]
}

export function reportUsage(report: UsageReport, limits: UsageLimits): Reported<AppUsageDocument> {
  const verdict = limitVerdict([report], limits)
  return {
    document: {...appUsage(report), ...verdict},
    failures: [...(report.problems ?? []), ...unknownUsage([report], limits), ...overLimitFailures(verdict)],
  }
}

/** The same of every add-on; with `overOnly` of those that reach a limit, or 100% where none was given. */
export function reportFleetUsage(
  {entries, unknown}: Fleet,
  limits: UsageLimits,
  {overOnly = false} = {},
): Reported<FleetUsageDocument> {
  const reports = entries.flatMap(({report}) => report ?? [])
  const verdict = limitVerdict(reports, limits)
  const over = new Set(overLimits(reports, hasLimits(limits) ? limits : {failAt: 100}).map(({appSpace}) => appSpace))
  const shown = overOnly ? entries.filter(({record}) => over.has(record.appSpace)) : entries
  const document = {addons: shown.map(addonUsage), leftOut: unknown, ...verdict}
  return {
    document,
    failures: [
      ...readFailures(entries),
      ...reports.flatMap(({problems = []}) => problems),
      ...unknownUsage(reports, limits),
      ...overLimitFailures(verdict),
    ],
  }
}

function limitVerdict(reports: readonly UsageReport[], limits: UsageLimits): Omit<UsageVerdict, keyof ResultErrors> {
  return hasLimits(limits) ? {...limits, overLimit: overLimits(reports, limits)} : {}
}

function addonUsage({record, report, failure, of}: FleetEntry): ReadAddonUsage | UnreadAddonUsage {
  const {appSpace, host, plan, accountSid, state} = record
  if (report) return {...appUsage(report), state, error: null}
  const error = failure ? errorDetails(failure) : null
  return {appSpace, host, plan, accountSid: accountSid ?? null, kinds: [], state, error, ...of}
}
