import type {Labels} from '../addon/labels.js'
import type {NumberChoice, Regulatory, WebhookUrls} from '../addon/number-options.js'
import type {PlanName} from '../addon/plans.js'
import type {NeededRoom} from '../addon/subaccount-room.js'
import {type ErrorDetails, errorDetails, type ResultErrors} from '../error-document.js'
import type {Failure} from '../errors.js'
import type {MonthlyPrice} from '../number/price.js'
import type {OfProfile} from '../per-profile.js'
import {maskUrls} from '../secrets.js'
import type {Change, Difference} from './compare.js'
import type {FleetPlan} from './plan.js'

/** A declared fleet: what differed from it, and what became of that. */
export interface ApplyDocument extends ResultErrors {
  /** With `--dry-run`: nothing was changed. */
  readonly dryRun: boolean
  /** In the order of the file, then what is destroyed because it is no longer declared. */
  readonly changes: readonly ChangeDocument[]
  /** How many add-ons were as they are declared. */
  readonly unchanged: number
  /** App-spaces with an add-on that is not declared, and stays as it is. */
  readonly undeclared: readonly string[]
  /** Of all plans, SIM cards and numbers aside. */
  readonly pricePerMonth: PlanPrice
  /** Of each main account in which subaccounts would be created, before that. */
  readonly subaccounts: readonly (NeededRoom & OfProfile)[]
  /** Keys of the registry's items that cannot be read. */
  readonly leftOut: readonly string[]
}

/** US dollars a month. */
interface PlanPrice {
  readonly before: number
  /** Once everything is as declared. */
  readonly after: number
}

interface ChangeDocument extends OfProfile {
  readonly appSpace: string
  /** In which line of the file it is declared; null where it no longer is. */
  readonly line: number | null
  /** `finish`: an interrupted creation; `none`: it cannot be changed. */
  readonly action: Change['action'] | 'none'
  /** URLs without passwords and tokens. */
  readonly differences: readonly Difference[]
  /** Of its plan; null where it cannot be changed. */
  readonly pricePerMonth: PlanPrice | null
  /** What Twilio charges for a number that is bought; null where none is, or Twilio does not say. */
  readonly numberPrice: MonthlyPrice | null
  readonly done: boolean
  readonly error: ErrorDetails | null
}

/** What became of the changes, by app-space; what is not in it was not begun. */
export type Outcomes = ReadonlyMap<string, 'done' | Failure>

export function applyDocument(
  plan: FleetPlan,
  outcomes: Outcomes | 'dry run',
): Omit<ApplyDocument, 'error' | 'errors'> {
  const {changes, blocked, unchanged, undeclared, price, subaccounts, unknown} = plan
  return {
    dryRun: outcomes === 'dry run',
    changes: [
      ...changes.map((change) =>
        changeDocument(change, outcomes === 'dry run' ? undefined : outcomes.get(change.appSpace)),
      ),
      ...blocked.map(({appSpace, line, failure, ...of}) => ({
        ...of,
        appSpace,
        line,
        action: 'none' as const,
        differences: [],
        pricePerMonth: null,
        numberPrice: null,
        done: false,
        error: errorDetails(failure),
      })),
    ],
    unchanged,
    undeclared: undeclared.map(({appSpace}) => appSpace),
    pricePerMonth: price,
    subaccounts,
    leftOut: unknown,
  }
}

function changeDocument(
  {appSpace, line, action, differences, price, numberPrice, profile, mainAccountSid}: Change,
  outcome: 'done' | Failure | undefined,
): ChangeDocument {
  const shown = (text: string | null) => (text === null ? null : maskUrls(text))
  return {
    ...(profile !== undefined && {profile}),
    ...(mainAccountSid !== undefined && {mainAccountSid}),
    appSpace,
    line: line ?? null,
    action,
    differences: differences.map(({what, from, to}) => ({what, from: shown(from), to: shown(to)})),
    pricePerMonth: price,
    numberPrice: numberPrice ?? null,
    done: outcome === 'done',
    error: outcome === undefined || outcome === 'done' ? null : errorDetails(outcome),
  }
}

/** The add-ons of an Akkeris in the form that `twilio:apply` takes. */
export interface ExportDocument extends ResultErrors {
  readonly appSpaces: Readonly<Record<string, ExportedAddon>>
}

export interface ExportedAddon {
  readonly plan: PlanName
  /** The options that chose its number; the number itself is not among them. */
  readonly number?: Partial<NumberChoice> & Regulatory
  /** The webhooks of its number. */
  readonly webhooks?: WebhookUrls
  readonly alerts?: {readonly url: string; readonly at: readonly number[]}
  readonly labels?: Labels
}

export interface ExportedFleet {
  readonly document: Omit<ExportDocument, 'error' | 'errors'>
  /** App-spaces of which a URL was left out, as it has a password or a token. */
  readonly secretUrls: readonly string[]
  readonly unknown: readonly string[]
  /** What could not be read. */
  readonly failures: readonly Failure[]
}
