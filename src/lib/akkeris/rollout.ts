import {Failure} from '../errors.js'
import type {Shape} from '../shape.js'
import type {Akkeris} from './connect.js'
import {request} from './request.js'

/** A dyno that may have read the config vars of before a change. */
export interface OldDyno {
  readonly id: string
  /** What one of its type must run as afterwards; none where it did not run. */
  readonly type?: string
}

/** How far an app is with its new config vars. */
export interface Rollout {
  /** What a run needs that goes on watching it; undefined where Akkeris does not tell of dynos. */
  readonly before: readonly OldDyno[] | undefined
  /** Asked again and again after the change. */
  readonly isDone: () => Promise<boolean>
}

interface Dyno {
  readonly id: string
  readonly type?: string
  readonly state?: string
  readonly ready?: boolean
}

interface Formation {
  readonly type: string
  readonly quantity: number
}

interface Release {
  readonly id: string
  readonly version?: number
  readonly status?: string
}

const shapes = {
  dynos: {id: 'text', type: 'string?', state: 'string?'},
  formation: {type: 'text', quantity: 'amount'},
  releases: {id: 'text', status: 'string?'},
} as const satisfies Readonly<Record<string, Shape>>

/**
 * What to ask after a change of config vars, to be called before it; undefined where this Akkeris does not tell.
 *
 * Akkeris answers a change first, and then replaces the dynos, each when its successor runs: only new ones read the new config
 * vars (lib/lifecycle.js of akkeris/controller-api). So the change has arrived when no dyno of before is left and as many new ones
 * run as there are to be, of each type that ran. Where nothing ran (the app was never released, was scaled to nothing, or crashes)
 * there is nothing to wait for. Installations without dynos in their API are asked for a newer release.
 * @param began what an earlier run saw before it changed them
 */
export async function watchRollout(
  akkeris: Akkeris,
  appSpace: string,
  began?: readonly OldDyno[],
): Promise<Rollout | undefined> {
  const path = `/apps/${encodeURIComponent(appSpace)}`
  const ask = <Answer>(what: keyof typeof shapes) =>
    ifThere(() => request<Answer>(akkeris, {method: 'GET', path: `${path}/${what}`, answer: {list: shapes[what]}}))
  const [dynos, formation] = await Promise.all([ask<Dyno[]>('dynos'), ask<Formation[]>('formation')])
  if (dynos && formation) {
    const before = began ?? oldDynos(dynos)
    const ids = new Set(before.map(({id}) => id))
    const types = new Set(before.map(({type}) => type))
    const isDone = async () => {
      const now = (await ask<Dyno[]>('dynos')) ?? []
      if (now.some(({id}) => ids.has(id))) return false
      const wanted = (await ask<Formation[]>('formation')) ?? []
      const needed = wanted.filter(({type}) => types.has(type))
      return needed.every(
        ({type, quantity}) => now.filter((dyno) => isType(dyno, type) && runs(dyno)).length >= quantity,
      )
    }
    return {before, isDone}
  }
  const releases = await ask<Release[]>('releases')
  if (!releases) return undefined
  const before = new Set(releases.map(({id}) => id))
  const isDone = async () => {
    if (before.size === 0) return true
    const fresh = (await ask<Release[]>('releases'))?.filter(({id}) => !before.has(id)) ?? []
    return fresh.some(({status = 'succeeded'}) => status === 'succeeded')
  }
  return {before: undefined, isDone}
}

/** Those that run, or may come to. */
function oldDynos(dynos: readonly Dyno[]): OldDyno[] {
  const alive = dynos.filter(({state = ''}) => !/crash|fail|error|stop|exit/i.test(state))
  return alive.map(({id, type, ...dyno}) => ({id, ...(type !== undefined && runs(dyno) && {type})}))
}

function isType({type}: Dyno, wanted: string): boolean {
  return type === wanted
}

function runs({state = '', ready = true}: Pick<Dyno, 'state' | 'ready'>): boolean {
  return ready && /^(running|up)$/.test(state)
}

async function ifThere<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'notFound') return undefined
    throw error
  }
}
