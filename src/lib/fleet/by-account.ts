import type {AddonContext} from '../addon/context.js'
import {inProfile, ourCommand} from '../command-line.js'
import {conflict, Failure} from '../errors.js'
import type {OfProfile} from '../per-profile.js'
import type {DeclaredAddon} from './declared.js'
import {type Blocked, type FleetPlan, mergedPlans, planFleet, type PlanOptions} from './plan.js'

/** What is declared for one of several main accounts. */
export interface DeclaredPart {
  readonly profile: string
  readonly declared: readonly DeclaredAddon[]
  /** @throws {Failure} where there is no login, say */
  readonly open: () => Promise<AddonContext>
}

interface PlannedFleet {
  readonly plan: FleetPlan
  /** By profile. */
  readonly contexts: ReadonlyMap<string, AddonContext>
  /** Of main accounts for which nothing is declared. */
  readonly failures: readonly Failure[]
}

interface OpenPart {
  readonly part: DeclaredPart
  readonly context: AddonContext
  /** App-spaces that have an add-on there. */
  readonly there: ReadonlySet<string>
}

const noPlan: FleetPlan = {
  changes: [],
  blocked: [],
  unchanged: 0,
  undeclared: [],
  price: {before: 0, after: 0},
  subaccounts: [],
  unknown: [],
}

/** One plan for several main accounts: one that cannot be read blocks what is declared for it, and nothing else. */
export async function planByAccount(parts: readonly DeclaredPart[], options: PlanOptions): Promise<PlannedFleet> {
  const elsewhere = new Set(parts.flatMap(({declared}) => declared.map(({appSpace}) => appSpace)))
  const opened: OpenPart[] = []
  const planned: {of: OfProfile; plan: FleetPlan}[] = []
  const failures: Failure[] = []
  const fail = ({profile, declared}: DeclaredPart, error: unknown) => {
    if (!(error instanceof Failure) || error.outcome === 'interrupted') throw error
    const failure = error.retold({message: `${profile}: ${error.message}`})
    if (declared.length === 0) failures.push(failure)
    planned.push({of: {profile}, plan: {...noPlan, blocked: declared.map((each) => blockedBy(each, failure))}})
  }
  for (const part of parts) {
    try {
      const opening = await inProfile({name: part.profile, isOfSpace: false}, () => openPart(part))
      const isKnown = opened.some(({context}) => context.main.sid === opening.context.main.sid)
      // A second login to a main account.
      if (!isKnown || part.declared.length > 0) opened.push(opening)
    } catch (error) {
      fail(part, error)
    }
  }
  for (const {part, context} of opened) {
    const of = {profile: part.profile, mainAccountSid: context.main.sid}
    const misplaced = part.declared.flatMap((each) => misplacement(each, {part, context}, opened) ?? [])
    const names = new Set(misplaced.map(({appSpace}) => appSpace))
    const declared = part.declared.filter(({appSpace}) => !names.has(appSpace))
    try {
      const plan = await inProfile({name: part.profile, isOfSpace: false}, () =>
        planFleet(context, declared, {...options, elsewhere}),
      )
      planned.push({of, plan: {...plan, blocked: [...misplaced, ...plan.blocked]}})
    } catch (error) {
      fail(part, error)
    }
  }
  const contexts = new Map(opened.map(({part, context}) => [part.profile, context]))
  return {plan: mergedPlans(planned), contexts, failures}
}

async function openPart(part: DeclaredPart): Promise<OpenPart> {
  const context = await part.open()
  const {records} = await context.registry.list()
  const ours = records.filter(({host}) => host === context.akkeris.host)
  return {part, context, there: new Set(ours.map(({appSpace}) => appSpace))}
}

/** To create it a second time would leave it with two subaccounts, one of them without an app. */
function misplacement(
  declared: DeclaredAddon,
  {part: {profile}, context}: Omit<OpenPart, 'there'>,
  opened: readonly OpenPart[],
): Blocked | undefined {
  const {appSpace} = declared
  const other = opened.find((each) => each.context.main.sid !== context.main.sid && each.there.has(appSpace))
  if (!other) return undefined
  return blockedBy(
    declared,
    conflict(
      'ADDON_UNDER_OTHER_ACCOUNT',
      `${appSpace} has its add-on under the main account of ${other.part.profile}, and its space belongs to ${profile}.`,
      'To leave it there, name that profile for its space in the setting space-profiles.',
      `To give it another one, destroy it first: ${inProfile({name: other.part.profile, isOfSpace: false}, () => ourCommand(`addons:destroy twilio -a ${appSpace} --confirm ${appSpace}`))}`,
    ),
  )
}

function blockedBy({appSpace, line}: DeclaredAddon, failure: Failure): Blocked {
  return {appSpace, line, failure}
}
