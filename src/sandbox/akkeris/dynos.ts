import {startedAt} from '../state/accounts.js'
import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {App, Rollout} from '../state/types/akkeris.js'
import {isCrashingApp, isUndeployedApp} from '../world/test-values.js'
import type {NamedApp} from './apps.js'

/*
 * A change of config vars makes no release. The dynos of the current release are replaced one after the other, each when
 * its successor runs, and only new ones read the new config vars: lib/config-var.js and lib/lifecycle.js of
 * akkeris/controller-api.
 */

/** The dynos of an app, replaced in this order. */
export const SLOTS = [0, 1]
/** How long it takes, by the sandbox's clock, until there are new dynos: the change is answered before that. */
const NEW_MS = 100
/** How long it then takes until a dyno runs, and until one has stopped. */
const START_MS = 500
const STOP_MS = 250

/** One dyno of a rollout, and when it gets where. */
interface Lifetime extends Rollout {
  readonly createdAt: number
  readonly crashesAt: number
  readonly runsAt: number
  readonly stopsAt: number
}

/** To be called before the config vars of an app change: the dynos that run keep their environment. */
export function recordRollouts(state: State, named: NamedApp): void {
  state.rollouts[named.name] = rolloutsOf(state, named)
}

/** New dynos, with the config vars as they are now. Rollouts of which no dyno is left are forgotten. */
export function startRollout(state: State, {name, app}: NamedApp, now: number): void {
  const rollouts = [...rolloutsOf(state, {name, app}), {startedAt: now + NEW_MS, vars: environment(app)}]
  const lifetimes = SLOTS.map((slot) => lifetimesOf(rollouts, slot, isCrashingApp(name)))
  const oldest = rollouts.findIndex((_, index) => lifetimes.some((each) => now < (each[index]?.stopsAt ?? 0) + STOP_MS))
  state.rollouts[name] = rollouts.slice(oldest)
}

/** The dynos that exist: during a rollout old ones beside new ones, each with the config vars that it started with. */
export function dynosOf(state: Readonly<State>, {name, app}: NamedApp, now: number) {
  if (isUndeployedApp(name)) return []
  const rollouts = rolloutsOf(state, {name, app})
  return SLOTS.flatMap((slot) =>
    lifetimesOf(rollouts, slot, isCrashingApp(name))
      .filter(({createdAt, stopsAt}) => createdAt <= now && createdAt < stopsAt && now < stopsAt + STOP_MS)
      .map((lifetime) => ({
        id: uuid(state.seed, `dyno ${name} ${lifetime.startedAt} ${slot}`),
        createdAt: lifetime.createdAt,
        state: stateAt(lifetime, now),
        vars: lifetime.vars,
      })),
  )
}

function rolloutsOf(state: Readonly<State>, {name, app}: NamedApp): Rollout[] {
  const recorded = Object.hasOwn(state.rollouts, name) ? state.rollouts[name] : undefined
  // Every app was deployed a minute before the sandbox came into being.
  return recorded ?? [{startedAt: startedAt(state) - 60_000, vars: environment(app)}]
}

function environment({configVars, addonVars}: App): Record<string, string> {
  return {...configVars, ...addonVars}
}

/** The dyno that each rollout starts in a slot. */
function lifetimesOf(rollouts: readonly Rollout[], slot: number, crashing: boolean): Lifetime[] {
  const starts = rollouts.map((rollout, index) => {
    const createdAt = rollout.startedAt + slot * START_MS
    const crashesAt = crashing && index > 0 ? createdAt + START_MS : Infinity
    const supersededAt = rollouts[index + 1]?.startedAt ?? Infinity
    const runsAt = crashesAt === Infinity && createdAt + START_MS < supersededAt ? createdAt + START_MS : Infinity
    return {...rollout, createdAt, crashesAt, runsAt, supersededAt}
  })
  return starts.map(({supersededAt, ...start}, index) => {
    const successorRunsAt = Math.min(Infinity, ...starts.slice(index + 1).map(({runsAt}) => runsAt))
    // A dyno that never runs is stopped when the next rollout starts, any other when its successor runs.
    return {...start, stopsAt: start.runsAt === Infinity ? supersededAt : successorRunsAt}
  })
}

function stateAt(lifetime: Lifetime, now: number): 'stopping' | 'running' | 'app-crashed' | 'pending' {
  const {crashesAt, runsAt, stopsAt} = lifetime
  if (now >= stopsAt) return 'stopping'
  if (now >= runsAt) return 'running'
  return now >= crashesAt ? 'app-crashed' : 'pending'
}
