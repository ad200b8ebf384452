import {accountBySid} from '../http/auth.js'
import {iso8601} from '../state/dates.js'
import type {Rollout} from '../state/dynos.js'
import {uuid} from '../state/ids.js'
import type {App, State} from '../state/state.js'

/*
 * A change of config vars makes no release. The dynos of the release that there is are replaced, each when its successor
 * runs, and only new ones read the new config vars: lib/config-var.js and lib/lifecycle.js of akkeris/controller-api.
 */

/** How many there are of an app, replaced one after the other. */
const SLOTS = [0, 1]
/** How long it takes in the sandbox, by its own clock, until there are new dynos: a change is answered before that. */
const NEW_MS = 100
/** How long it then takes until a dyno runs, and until one has stopped. */
const START_MS = 500
const STOP_MS = 250

export interface NamedApp {
  readonly name: string
  readonly app: App
}

interface Life extends Rollout {
  readonly bornAt: number
  readonly crashesAt: number
  readonly runsAt: number
  readonly stopsAt: number
}

/** Magic value: apps with such names were never deployed, so that nothing of them runs. */
export function isIdle(name: string): boolean {
  return name.startsWith('idle-')
}

/** Magic value: dynos of such apps crash after a change of config vars; those from before it run on. */
function isCrashing(name: string): boolean {
  return name.startsWith('crashing-')
}

/** Before the config vars of an app change: the dynos that run keep the ones they have. */
export function keepEnvironment(state: State, named: NamedApp): void {
  state.rollouts[named.name] = rolloutsOf(state, named)
}

/** New dynos, with the config vars as they are now. What is gone by now is forgotten. */
export function rollOut(state: State, {name, app}: NamedApp, now: number): void {
  const rollouts = [...rolloutsOf(state, {name, app}), {startedAt: now + NEW_MS, vars: environment(app)}]
  const lives = SLOTS.map((slot) => livesOf(rollouts, slot, isCrashing(name)))
  const oldest = rollouts.findIndex((_, index) => lives.some((each) => now < (each[index]?.stopsAt ?? 0) + STOP_MS))
  state.rollouts[name] = rollouts.slice(oldest)
}

/** The dynos there are: for a while the old ones beside the new, each with the config vars that it started with. */
export function dynosOf(state: Readonly<State>, {name, app}: NamedApp, now: number) {
  if (isIdle(name)) return []
  const rollouts = rolloutsOf(state, {name, app})
  return SLOTS.flatMap((slot) =>
    livesOf(rollouts, slot, isCrashing(name))
      .filter(({bornAt, stopsAt}) => bornAt <= now && bornAt < stopsAt && now < stopsAt + STOP_MS)
      .map((life) => ({
        id: uuid(state.seed, `dyno ${name} ${life.startedAt} ${slot}`),
        createdAt: life.bornAt,
        state: stateOf(life, now),
        vars: life.vars,
      })),
  )
}

function rolloutsOf(state: Readonly<State>, {name, app}: NamedApp): Rollout[] {
  const known = Object.hasOwn(state.rollouts, name) ? state.rollouts[name] : undefined
  // It was deployed a while before anybody looked.
  return known ?? [{startedAt: birthOf(state) - 60_000, vars: environment(app)}]
}

export function birthOf(state: Readonly<State>): number {
  return accountBySid(state, state.mainAccountSid)?.createdAt ?? 0
}

function environment({configVars, addonVars}: App): Record<string, string> {
  return {...configVars, ...addonVars}
}

/** One dyno of each rollout: from when to when it is there and runs. */
function livesOf(rollouts: readonly Rollout[], slot: number, crashing: boolean): Life[] {
  const starts = rollouts.map((rollout, index) => {
    const bornAt = rollout.startedAt + slot * START_MS
    const crashesAt = crashing && index > 0 ? bornAt + START_MS : Infinity
    const supersededAt = rollouts[index + 1]?.startedAt ?? Infinity
    const runsAt = crashesAt === Infinity && bornAt + START_MS < supersededAt ? bornAt + START_MS : Infinity
    return {...rollout, bornAt, crashesAt, runsAt, supersededAt}
  })
  return starts.map(({supersededAt, ...start}, index) => {
    const successorRunsAt = Math.min(Infinity, ...starts.slice(index + 1).map(({runsAt}) => runsAt))
    return {...start, stopsAt: start.runsAt === Infinity ? supersededAt : successorRunsAt}
  })
}

function stateOf({crashesAt, runsAt, stopsAt}: Life, now: number): 'stopping' | 'running' | 'app-crashed' | 'pending' {
  if (now >= stopsAt) return 'stopping'
  if (now >= runsAt) return 'running'
  return now >= crashesAt ? 'app-crashed' : 'pending'
}

export function renderDynos(state: Readonly<State>, named: NamedApp, release: unknown, now: number): unknown {
  return dynosOf(state, named, now).map(({id, createdAt, state: status}) => ({
    attach_url: '',
    command: null,
    created_at: iso8601(createdAt),
    id,
    name: `${id.slice(0, 8)}-${id.slice(-5)}`,
    release,
    app: {name: named.name, id: uuid(state.seed, `app ${named.name}`)},
    size: 'gp2',
    state: status,
    ready: status === 'running',
    restarts: 0,
    type: 'web',
    updated_at: iso8601(createdAt),
    additional_info: '',
  }))
}

/** What is to run of an app, whatever runs of it at the moment. */
export function renderFormation(state: Readonly<State>, name: string): unknown {
  if (isIdle(name)) return []
  const born = iso8601(birthOf(state))
  return [
    {
      app: {name, id: uuid(state.seed, `app ${name}`)},
      command: null,
      created_at: born,
      id: uuid(state.seed, `formation ${name}`),
      quantity: SLOTS.length,
      size: 'gp2',
      type: 'web',
      port: 9000,
      healthcheck: null,
      updated_at: born,
    },
  ]
}
