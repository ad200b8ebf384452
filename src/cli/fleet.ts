import {readFile} from 'node:fs/promises'

import {Flags} from '@oclif/core'

import type {AddonContext} from '../lib/addon/context.js'
import type {Failure} from '../lib/errors.js'
import {planByAccount} from '../lib/fleet/by-account.js'
import type {Change} from '../lib/fleet/compare.js'
import type {DeclaredAddon} from '../lib/fleet/declared.js'
import {type FleetPlan, planFleet, type PlanOptions} from '../lib/fleet/plan.js'
import {registeredAmong} from '../lib/lifecycle/destroy/preview-registration.js'
import {locally} from '../lib/local-files.js'
import {allProfiles} from '../lib/profiles.js'
import {profileOfSpace} from '../lib/profiles.js'
import type {Session} from '../lib/session.js'
import {paceFlags} from './flags/bulk.js'
import {dryRunFlag, waitForOthersFlags, yesFlag} from './flags/common.js'
import {manyRegistrationConsequences} from './output/addons/destroy.js'
import {countProgress, progress} from './progress.js'
import {readAll} from './stdin.js'

export const applyFlags = {
  prune: Flags.boolean({description: 'destroy the add-ons that the file does not have'}),
  yes: yesFlag('do not ask'),
  'dry-run': dryRunFlag('show what would be done, and change nothing'),
  'detailed-exitcode': Flags.boolean({
    description: 'with --dry-run: exit with 2 if something differs, and with 1 if the file is wrong',
    dependsOn: ['dry-run'],
  }),
  ...paceFlags,
  ...waitForOthersFlags,
}

/** A declared fleet, as it stands in the file. */
export async function readFleetFile(path: string): Promise<string> {
  if (path === '-') return readAll(process.stdin)
  const suggestions = ['Give another file, or - for standard input.'] as const
  return locally({doing: `read the declared add-ons in ${path}`, suggestions}, () => readFile(path, 'utf8'))
}

interface Opens {
  /** Of the profile that is used where spaces have none; with `--profile all` of the one that is called so. */
  readonly usual: Session
  /** `--profile all` */
  readonly isEvery: boolean
  readonly openSession: (asked: {readonly appSpace?: string; readonly profile?: string}) => Promise<Session>
  readonly context: (session: Session) => Promise<AddonContext>
}

export interface Planned {
  readonly plan: FleetPlan
  readonly contextOf: (change: Change) => AddonContext
  /** Of main accounts for which nothing is declared. */
  readonly failures: readonly Failure[]
}

/** Each app-space under the main account that its space belongs to. */
export async function planDeclared(
  declared: readonly DeclaredAddon[],
  opens: Opens,
  asked: Pick<PlanOptions, 'prune' | 'standardCountry'>,
): Promise<Planned> {
  return progress('comparing the add-ons with what is declared', () =>
    planUnderAccounts(declared, opens, {...asked, onProgress: countProgress}),
  )
}

async function planUnderAccounts(
  declared: readonly DeclaredAddon[],
  opens: Opens,
  options: PlanOptions,
): Promise<Planned> {
  const byProfile = declaredByProfile(declared, opens)
  const isUsual = !opens.isEvery && [...byProfile.keys()].every((name) => name === opens.usual.profile.name)
  if (isUsual) {
    const context = await opens.context(opens.usual)
    return {plan: await planFleet(context, declared, options), contextOf: () => context, failures: []}
  }
  const parts = [...byProfile].map(([profile, these]) => {
    const [first] = these
    const asked = opens.isEvery || !first ? {profile} : {appSpace: first.appSpace}
    return {profile, declared: these, open: async () => opens.context(await opens.openSession(asked))}
  })
  const {plan, contexts, failures} = await planByAccount(parts, options)
  const contextOf = ({profile = ''}: Change) => {
    const context = contexts.get(profile)
    if (!context) throw new Error('no main account that was planned for')
    return context
  }
  return {plan, contextOf, failures}
}

/** What destroying add-ons that are no longer declared ends besides; empty where that is nothing. */
export async function registrationsEnded({plan: {changes}, contextOf}: Planned): Promise<readonly string[]> {
  const byContext = new Map<AddonContext, string[]>()
  for (const change of changes.filter(({action}) => action === 'destroy')) {
    const context = contextOf(change)
    byContext.set(context, [...(byContext.get(context) ?? []), change.appSpace])
  }
  const ended = await Promise.all([...byContext].map(([context, names]) => registeredAmong(context, names)))
  const said = manyRegistrationConsequences(ended.flat())
  return said === undefined ? [] : [said]
}

function declaredByProfile(
  declared: readonly DeclaredAddon[],
  {usual, isEvery}: Opens,
): ReadonlyMap<string, readonly DeclaredAddon[]> {
  const byProfile = new Map<string, DeclaredAddon[]>(isEvery ? allProfiles(usual).map((name) => [name, []]) : [])
  for (const each of declared) {
    const name = isEvery ? profileOfSpace(usual.settings, each.appSpace) : usual.profileFor(each.appSpace).name
    byProfile.set(name, [...(byProfile.get(name) ?? []), each])
  }
  return byProfile
}
