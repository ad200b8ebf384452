import {type PlanName, planNames} from '../addon/plans.js'
import {ourCommand, withProfileOf} from '../command-line.js'
import {Failure, temporary} from '../errors.js'
import type {OfProfile} from '../per-profile.js'
import {count} from '../text.js'
import {includedIn, type Kind, titleOf} from './kinds.js'
import type {KindUsage, UsageReport} from './report.js'

/** A metric that has reached the limit of `--fail-at` or `--fail-at-forecast`. */
export interface OverLimit extends OfProfile {
  readonly appSpace: string
  readonly plan: PlanName
  readonly kind: Kind
  readonly used: number
  readonly included: number
  readonly percent: number
  /** Of what is included, when the month ends, at this pace; only where that alone reaches the limit. */
  readonly forecastPercent?: number
}

/** Per cent of what a plan includes; what is undefined was not given. */
export interface UsageLimits {
  /** Of every kind that has none of its own. */
  readonly failAt?: number
  readonly failAtMetrics?: Partial<Record<Kind, number>>
  /** At this month's pace, when it ends. */
  readonly failAtForecast?: number
}

export function hasLimits(limits: UsageLimits): boolean {
  return Object.values(limits).some((limit) => limit !== undefined)
}

/** Which kinds of which add-ons reach their limits. What was not counted reaches nothing. */
export function overLimits(reports: readonly UsageReport[], limits: UsageLimits): OverLimit[] {
  return reports.flatMap(({appSpace, plan, kinds, profile, mainAccountSid}) =>
    kinds.flatMap(({kind, used, included, percent, forecast}) => {
      if (used === undefined || percent === undefined) return []
      const of = {...(profile !== undefined && {profile}), ...(mainAccountSid !== undefined && {mainAccountSid})}
      const found = {appSpace, plan, kind, used, included, percent, ...of}
      if (used * 100 >= limitOf(kind, limits) * included) return [found]
      const {failAtForecast = Infinity} = limits
      return forecast !== undefined && forecast >= failAtForecast ? [{...found, forecastPercent: forecast}] : []
    }),
  )
}

/** Nothing reaches Infinity. */
function limitOf(kind: Kind, {failAt = Infinity, failAtMetrics = {}}: UsageLimits): number {
  return failAtMetrics[kind] ?? failAt
}

/** What the limits end with; nothing where none were given, or nothing reaches them. */
export function overLimitFailures({
  overLimit: over = [],
  ...limits
}: UsageLimits & {readonly overLimit?: readonly OverLimit[]}): Failure[] {
  const [first] = over
  if (!first || !hasLimits(limits)) return []
  return [withProfileOf(first, () => overLimitFailure([first, ...over.slice(1)], limits))]
}

function overLimitFailure(over: readonly [OverLimit, ...OverLimit[]], limits: UsageLimits): Failure {
  const [first] = over
  const named = over.slice(0, 5).map(inWords)
  const more = over.length - named.length
  const appSpaces = new Set(over.map(({appSpace}) => appSpace))
  return new Failure({
    code: 'USAGE_LIMIT_EXCEEDED',
    message: `${capitalized(inGeneral(limits))} is reached: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    suggestions: [
      ...(appSpaces.size === 1
        ? waysOut(first, over)
        : [`One at a time, e.g. ${ourCommand(`twilio:usage -a ${first.appSpace}`)}`]),
      // SIM cards are not used up, and keep what they have.
      ...(over.every(({kind}) => kind === 'sims')
        ? []
        : [
            `To stop the costs${appSpaces.size === 1 ? ':' : ', e.g.'} ${ourCommand(`twilio:suspend -a ${first.appSpace}`)}`,
          ]),
    ],
  })
}

/** `80% of the plan`, where there is one limit. */
function inGeneral({failAt, failAtMetrics, failAtForecast}: UsageLimits): string {
  return failAt === undefined || failAtMetrics || failAtForecast !== undefined ? 'a limit' : `${failAt}% of the plan`
}

/** What the limits cannot tell: usage that nobody said. SIM cards that were not counted are none of it. */
export function unknownUsage(reports: readonly UsageReport[], limits: UsageLimits): Failure[] {
  const isLimited = (kind: Kind) => limits.failAtForecast !== undefined || limitOf(kind, limits) < Infinity
  const isUnknown = ({kind, used}: KindUsage) => kind !== 'sims' && used === undefined && isLimited(kind)
  const unknown = reports.flatMap(({appSpace, kinds}) => {
    const names = kinds.filter(isUnknown).map(({kind}) => titleOf(kind))
    return names.length === 0 ? [] : [`${appSpace} (${names.join(', ')})`]
  })
  if (unknown.length === 0) return []
  const isTwilios = reports.some(({kinds}) => kinds.some((each) => isUnknown(each) && each.source === undefined))
  const more = unknown.length - 5
  const named = `${unknown.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return [
    temporary(
      'USAGE_UNKNOWN',
      `It is not known what was used by ${named}: whether ${inGeneral(limits)} is reached is unknown.`,
      ...(isTwilios ? ['See https://status.twilio.com'] : []),
    ),
  ]
}

function inWords({appSpace, kind, used, included, percent, forecastPercent}: OverLimit): string {
  const forecast =
    forecastPercent === undefined ? '' : `, ${count(Math.floor(forecastPercent))}% by the end of the month at this pace`
  return `${appSpace} ${titleOf(kind)} ${Math.floor(percent)}% (${count(used)} of ${count(included)})${forecast}`
}

function waysOut({appSpace, plan}: OverLimit, over: readonly OverLimit[]): string[] {
  const larger = planNames
    .slice(planNames.indexOf(plan) + 1)
    .find((name) => over.every(({kind, used}) => used < includedIn(name, kind)))
  if (larger === undefined) return []
  return [`twilio:${larger} includes more: ${ourCommand(`addons:upgrade twilio:${larger} -a ${appSpace}`)}`]
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
