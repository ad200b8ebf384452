import {Failure} from '../errors.js'
import type {Shape} from '../shape.js'
import {printable} from '../text.js'
import type {Akkeris} from './connect.js'
import {request} from './request.js'

/** An add-on that the platform itself runs (https://docs.akkeris.io/architecture/apps-controller-api). */
export interface PlatformAddon {
  /** SERVICE-WORD-NNNN (`twilio-fair-1234`), unless somebody chose another. */
  readonly name: string
  readonly service: string
  /** e.g. `alamo-postgresql:small`. */
  readonly plan: string
}

interface Answer {
  readonly name: string
  readonly addon_service?: {readonly name?: unknown} | null
  readonly plan?: {readonly name?: unknown} | null
}

const listed = {name: 'text', addon_service: 'object?', plan: 'object?'} as const satisfies Shape

/** The platform's add-ons of an app; none where there is no such app. */
export async function listAddons(akkeris: Akkeris, appSpace: string): Promise<PlatformAddon[]> {
  const addons = await ifThere(
    request<Answer[]>(akkeris, {method: 'GET', path: path(appSpace), answer: {list: listed}}),
    [],
  )
  return addons.map(({name, addon_service: service, plan}) => {
    const planName = textOf(plan?.name)
    return {name: printable(name), service: textOf(service?.name ?? planName.split(':', 1)[0]), plan: planName}
  })
}

/** The names of the config vars that an add-on sets: the list does not tell. None where Akkeris does not, or it is gone. */
export async function readAddonVarNames(akkeris: Akkeris, appSpace: string, addon: string): Promise<string[]> {
  interface Details {
    readonly config_vars?: Readonly<Record<string, string>> | null
  }
  const answer = {object: {config_vars: 'object?'}} as const
  const ask = {method: 'GET', path: `${path(appSpace)}/${encodeURIComponent(addon)}`, answer} as const
  const {config_vars: vars} = await ifThere(request<Details>(akkeris, ask), {})
  return Object.keys(vars ?? {})
}

/**
 * The platform's own Twilio add-on of an app, if any. Neither its name nor its config vars tell (they count as the user's): its
 * service and plan do.
 */
export async function findPlatformTwilio(akkeris: Akkeris, appSpace: string): Promise<PlatformAddon | undefined> {
  return (await listAddons(akkeris, appSpace)).find(isTwilio)
}

export function isTwilio({service, plan}: PlatformAddon): boolean {
  return service === 'twilio' || plan.startsWith('twilio:')
}

async function ifThere<Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Failure && error.code === 'APP_SPACE_NOT_FOUND') return otherwise
    throw error
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? printable(value) : ''
}

function path(appSpace: string): string {
  return `/apps/${encodeURIComponent(appSpace)}/addons`
}
