import {Failure, UnknownOutcome} from '../errors.js'
import {rememberConfigVars} from '../secrets.js'
import type {SendGuard} from '../transport/idempotent.js'
import type {Akkeris} from './connect.js'
import {request} from './request.js'

export type ConfigVars = Readonly<Record<string, string>>

/** `null` removes. */
export type ConfigChanges = Readonly<Record<string, string | null>>

/** What Akkeris shows in socs spaces in place of a value whose name sounds secret. Never a value. */
export const redacted = '[redacted]'

export async function readConfigVars(akkeris: Akkeris, appSpace: string): Promise<ConfigVars> {
  // Taken for "no config vars", anything else would let somebody's be overwritten.
  const vars = await request<ConfigVars>(akkeris, {method: 'GET', path: path(appSpace), answer: {object: {}}})
  rememberConfigVars(Object.values(vars))
  return vars
}

/** The same, or undefined where the app does not exist (any more). */
export async function readConfigVarsIfThere(akkeris: Akkeris, appSpace: string): Promise<ConfigVars | undefined> {
  try {
    return await readConfigVars(akkeris, appSpace)
  } catch (error) {
    if (error instanceof Failure && error.code === 'APP_SPACE_NOT_FOUND') return undefined
    throw error
  }
}

/** Who set a config var; only an add-on of the platform itself keeps others from changing it. */
export type VarOwner = 'user' | 'addon' | 'system'

/** By name; empty where this Akkeris keeps no notes of config vars. */
export async function readVarOwners(
  akkeris: Akkeris,
  appSpace: string,
): Promise<Readonly<Record<string, VarOwner | undefined>>> {
  const notes = await request<Record<string, {type?: VarOwner} | null>>(akkeris, {
    method: 'GET',
    path: `${path(appSpace)}/notes`,
    answer: {values: {type: 'string?'}},
  }).catch((error: unknown) => {
    if (error instanceof Failure && error.outcome === 'notFound') return {}
    throw error
  })
  return Object.fromEntries(Object.entries(notes).map(([name, note]) => [name, note?.type]))
}

/**
 * Changes several config vars in one request: each request makes a release and restarts the app. When the answer is
 * lost, looks whether the change arrived before sending what is missing of it again.
 */
export async function changeConfigVars(
  akkeris: Akkeris,
  appSpace: string,
  changes: ConfigChanges,
  guard: SendGuard,
): Promise<void> {
  for (let retry = 1; ; retry++) {
    const sending = {beforeEachTry: guard.requireTime}
    const ask = {method: 'PATCH', path: path(appSpace), json: changes, sending, answer: {object: {}}} as const
    try {
      await guard.withTime(async () => request(akkeris, ask))
      return
    } catch (error) {
      if (!(error instanceof UnknownOutcome) || retry === 5) throw error
      await akkeris.transport.pause(retry)
      const remaining = difference(await readConfigVars(akkeris, appSpace), changes)
      if (Object.keys(remaining).length === 0) return
      changes = remaining
    }
  }
}

/** The changes that would still change something. A redacted value cannot be compared, so it is written again. */
export function difference(vars: ConfigVars, changes: ConfigChanges): ConfigChanges {
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => (vars[name] ?? null) !== value))
}

function path(appSpace: string): string {
  return `/apps/${encodeURIComponent(appSpace)}/config-vars`
}
