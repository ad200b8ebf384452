import {Failure} from '../errors.js'
import type {Akkeris} from './connect.js'
import {request} from './request.js'

/** Whether an app runs with its new config vars, asked again and again after they were changed. */
export type RolledOut = () => Promise<boolean>

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

/**
 * What to ask after a change of config vars, to be called before it; undefined where this Akkeris does not tell.
 *
 * Akkeris answers a change first, and then replaces the dynos, each when its successor runs: only new ones read the new config
 * vars (lib/lifecycle.js of akkeris/controller-api). So the change has arrived when no dyno of before is left and as many new ones
 * run as there are to be. Installations without dynos in their API are asked for a newer release.
 */
export async function watchRollout(akkeris: Akkeris, appSpace: string): Promise<RolledOut | undefined> {
  const path = `/apps/${encodeURIComponent(appSpace)}`
  const ask = <Answer>(what: string) =>
    ifThere(() => request<Answer>(akkeris, {method: 'GET', path: `${path}/${what}`}))
  const [dynos, formation] = await Promise.all([ask<Dyno[]>('dynos'), ask<Formation[]>('formation')])
  if (dynos && formation) {
    const before = new Set(dynos.map(({id}) => id))
    return async () => {
      const [now = [], wanted = []] = await Promise.all([ask<Dyno[]>('dynos'), ask<Formation[]>('formation')])
      if (now.some(({id}) => before.has(id))) return false
      return wanted.every(({type, quantity}) => now.filter((dyno) => runs(dyno, type)).length >= quantity)
    }
  }
  const releases = await ask<Release[]>('releases')
  if (!releases) return undefined
  const before = new Set(releases.map(({id}) => id))
  return async () => {
    const fresh = (await ask<Release[]>('releases'))?.filter(({id}) => !before.has(id)) ?? []
    return fresh.some(({status = 'succeeded'}) => status === 'succeeded')
  }
}

function runs({type, state = '', ready = true}: Dyno, wanted: string): boolean {
  return type === wanted && ready && /^(running|up)$/.test(state)
}

async function ifThere<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure && error.outcome === 'notFound') return undefined
    throw error
  }
}
