import {Failure} from '../errors.js'
import type {Akkeris} from './connect.js'
import {request} from './request.js'

/** An add-on that the platform itself runs (https://docs.akkeris.io/architecture/apps-controller-api). */
export interface PlatformAddon {
  readonly name: string
  /** e.g. `alamo-postgresql:small`. */
  readonly plan: string
  /** Names of the config vars that it sets, where Akkeris tells them. */
  readonly configVars: readonly string[]
}

/** The platform's add-ons of an app; none where there is no such app. */
export async function listAddons(akkeris: Akkeris, appSpace: string): Promise<PlatformAddon[]> {
  interface Answer {
    readonly name?: string
    readonly plan?: {readonly name?: string}
    readonly config_vars?: Readonly<Record<string, string>>
  }
  const path = `/apps/${encodeURIComponent(appSpace)}/addons`
  const addons = await request<Answer[]>(akkeris, {method: 'GET', path}).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'APP_SPACE_NOT_FOUND') return []
    throw error
  })
  return addons.map(({name = '', plan, config_vars: vars}) => ({
    name,
    plan: plan?.name ?? '',
    configVars: Object.keys(vars ?? {}),
  }))
}
