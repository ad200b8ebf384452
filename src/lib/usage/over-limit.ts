import {type PlanName, planNames} from '../addon/plans.js'
import {ourCommand} from '../command-line.js'
import {Failure, temporary} from '../errors.js'
import {count} from '../text.js'
import {includedIn, type Kind, titleOf} from './kinds.js'
import type {KindUsage, UsageReport} from './report.js'

/** A kind that has reached the percentage that was asked about. */
export interface OverLimit {
  readonly appSpace: string
  readonly plan: PlanName
  readonly kind: Kind
  readonly used: number
  readonly included: number
  readonly percent: number
}

interface Limits {
  /** Per cent; undefined where no limit was given. */
  readonly failAt?: number
  readonly overLimit?: readonly OverLimit[]
}

/** Which kinds of which add-ons reach so many per cent of what their plan includes. What was not counted reaches nothing. */
export function overLimits(reports: readonly UsageReport[], failAt: number): OverLimit[] {
  return reports.flatMap(({appSpace, plan, kinds}) =>
    kinds.flatMap(({kind, used, included, percent}) =>
      used === undefined || percent === undefined || used * 100 < failAt * included
        ? []
        : [{appSpace, plan, kind, used, included, percent}],
    ),
  )
}

/** What `--fail-at` ends with; nothing where it was not given, or nothing reaches it. */
export function overLimitFailures({failAt, overLimit: over = []}: Limits): Failure[] {
  const [first] = over
  if (!first || failAt === undefined) return []
  const named = over.slice(0, 5).map(inWords)
  const more = over.length - named.length
  const appSpaces = new Set(over.map(({appSpace}) => appSpace))
  const failure = new Failure({
    code: 'USAGE_LIMIT_EXCEEDED',
    message: `${failAt}% of the plan is reached: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    suggestions: [
      ...(appSpaces.size === 1
        ? waysOut(first, over)
        : [`Each by itself, e.g. ${ourCommand(`twilio:usage -a ${first.appSpace}`)}`]),
      // SIM cards are not used up, and keep what they have.
      ...(over.every(({kind}) => kind === 'sims')
        ? []
        : [
            `To stop what costs${appSpaces.size === 1 ? ':' : ', e.g.'} ${ourCommand(`twilio:suspend -a ${first.appSpace}`)}`,
          ]),
    ],
  })
  return [failure]
}

/** What `--fail-at` cannot tell: usage that nobody said. SIM cards that were not counted are none of it. */
export function unknownUsage(reports: readonly UsageReport[], failAt: number | undefined): Failure[] {
  if (failAt === undefined) return []
  const isUnknown = ({kind, used}: KindUsage) => kind !== 'sims' && used === undefined
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
      `It is not known what was used by ${named}: whether ${failAt}% of the plan is reached is unknown.`,
      ...(isTwilios ? ['See https://status.twilio.com'] : []),
    ),
  ]
}

function inWords({appSpace, kind, used, included, percent}: OverLimit): string {
  return `${appSpace} ${titleOf(kind)} ${Math.floor(percent)}% (${count(used)} of ${count(included)})`
}

function waysOut({appSpace, plan}: OverLimit, over: readonly OverLimit[]): string[] {
  const larger = planNames
    .slice(planNames.indexOf(plan) + 1)
    .find((name) => over.every(({kind, used}) => used < includedIn(name, kind)))
  if (larger === undefined) return []
  return [`twilio:${larger} includes more: ${ourCommand(`addons:upgrade twilio:${larger} -a ${appSpace}`)}`]
}
