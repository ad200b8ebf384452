import type {AddonContext} from '../addon/context.js'
import {plans} from '../addon/plans.js'
import {type AddonRecord, subaccountName} from '../addon/record.js'
import {seeAll} from '../addon/see-all.js'
import {type NeededRoom, roomOf} from '../addon/subaccount-room.js'
import {inBatches} from '../batch.js'
import type {Failure} from '../errors.js'
import type {OfProfile} from '../per-profile.js'
import type {Account} from '../twilio/accounts.js'
import {type Change, changeTo, changeToCreate, changeToDestroy, requireComparable} from './compare.js'
import type {DeclaredAddon} from './declared.js'
import {readState} from './state.js'

/** What differs, and cannot be changed. */
export interface Blocked extends OfProfile {
  readonly appSpace: string
  readonly line: number
  readonly failure: Failure
}

/** What makes the add-ons as they are declared. */
export interface FleetPlan {
  /** In the order of the file, then what it no longer has. */
  readonly changes: readonly Change[]
  readonly blocked: readonly Blocked[]
  /** How many are as they are declared. */
  readonly unchanged: number
  /** There, not declared, and left as they are. */
  readonly undeclared: readonly AddonRecord[]
  /** Of all plans a month, in US dollars. */
  readonly price: {readonly before: number; readonly after: number}
  /** Of each main account in which subaccounts would be created. */
  readonly subaccounts: readonly (NeededRoom & OfProfile)[]
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
}

export interface PlanOptions {
  /** Destroy what is not declared. */
  readonly prune: boolean
  /** Declared, and not to be looked for here: under another main account. */
  readonly elsewhere?: ReadonlySet<string>
  readonly standardCountry: string
  readonly onProgress: (done: number, all: number) => void
}

/** Found out by reading alone. One that cannot be read does not hide the others. */
export async function planFleet(
  context: AddonContext,
  declared: readonly DeclaredAddon[],
  {prune, elsewhere, standardCountry, onProgress}: PlanOptions,
): Promise<FleetPlan> {
  const names = new Set(declared.map(({appSpace}) => appSpace))
  const isSelected = ({appSpace, host}: AddonRecord) => names.has(appSpace) || host === context.akkeris.host
  const {addons, unknown, accounts} = await seeAll(context.registry, context.akkeris, {
    isSelected,
    looksAt: ({appSpace}) => names.has(appSpace),
    mostLooks: Infinity,
  })
  const seen = new Map(addons.map((addon) => [addon.record.appSpace, addon]))
  const bySid = new Map(accounts.map((account) => [account.sid, account]))
  const outcomes = await inBatches(
    declared,
    async (each) => {
      const addon = seen.get(each.appSpace)
      if (!addon || addon.record.state === 'provisioning') return changeToCreate(context, each, standardCountry)
      requireComparable(context, addon)
      return changeTo(context, each, await readState(context, addon, bySid), standardCountry)
    },
    onProgress,
  )
  const changes: Change[] = []
  const blocked: Blocked[] = []
  for (const [at, outcome] of outcomes.entries()) {
    const {appSpace = '', line = 0} = declared[at] ?? {}
    if ('failure' in outcome) blocked.push({appSpace, line, failure: outcome.failure})
    else if (outcome.result) changes.push(outcome.result)
  }
  const others = addons
    .map(({record}) => record)
    .filter(({appSpace}) => !names.has(appSpace) && !elsewhere?.has(appSpace))
  if (prune) changes.push(...others.map(changeToDestroy))
  const room = roomFor(context, accounts, changes)
  const invoiced = addons.filter(({record}) => record.state !== 'provisioning')
  const before = sum(invoiced.map(({record}) => plans[record.plan].pricePerMonth))
  return {
    changes,
    blocked,
    unchanged: declared.length - changes.filter(({line}) => line !== undefined).length - blocked.length,
    undeclared: prune ? [] : others,
    price: {before, after: before + sum(changes.map(({price}) => price.after - price.before))},
    subaccounts: room.needed > 0 ? [room] : [],
    unknown,
  }
}

/** What is destroyed makes room only while the rest is being created, or after that. */
function roomFor(
  {registry, akkeris, subaccounts}: AddonContext,
  accounts: readonly Account[],
  changes: readonly Change[],
): NeededRoom {
  const open = accounts.filter(({status}) => status !== 'closed')
  const names = new Set(open.map(({friendlyName}) => friendlyName))
  const isMissing = ({action, appSpace}: Change) =>
    (action === 'create' || action === 'finish') &&
    !names.has(subaccountName({registry: registry.name, host: akkeris.host, appSpace}))
  return {...roomOf(open.length, subaccounts.limit()), needed: changes.filter(isMissing).length}
}

/** Of several main accounts. */
export function mergedPlans(parts: readonly {readonly of: OfProfile; readonly plan: FleetPlan}[]): FleetPlan {
  const all = <Item>(of: (plan: FleetPlan) => readonly Item[]) =>
    parts.flatMap((part) => of(part.plan).map((item) => ({...item, ...part.of})))
  return {
    changes: all(({changes}) => changes),
    blocked: all(({blocked}) => blocked),
    unchanged: sum(parts.map(({plan}) => plan.unchanged)),
    undeclared: all(({undeclared}) => undeclared),
    price: {
      before: sum(parts.map(({plan}) => plan.price.before)),
      after: sum(parts.map(({plan}) => plan.price.after)),
    },
    subaccounts: all(({subaccounts}) => subaccounts),
    unknown: parts.flatMap(({plan}) => plan.unknown),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
