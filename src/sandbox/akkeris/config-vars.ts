import type {State} from '../state/state.js'
import type {App} from '../state/types/akkeris.js'
import {isUndeployedApp} from '../world/test-values.js'
import {getAppToChange, type NamedApp} from './apps.js'
import {recordRollouts, startRollout} from './dynos.js'
import {AkkerisError} from './errors.js'

/**
 * All names are checked first; then the variables are set or removed one after the other. When one of them is refused,
 * those before it stay changed, without new dynos.
 */
export function changeConfigVars(
  state: State,
  {name, app: current}: NamedApp,
  body: string | undefined,
  now: number,
): unknown {
  const changes = parseConfigVars(body)
  checkNames(
    changes.map(([key]) => key),
    current,
  )
  if (changes.length === 0) return renderConfigVars(current)
  const app = getAppToChange(state, name)
  recordRollouts(state, {name, app})
  for (const [key, value] of changes) changeConfigVar(app, key, value)
  startRollout(state, {name, app}, now)
  if (!isUndeployedApp(name)) app.restarts += 1
  return renderConfigVars(app)
}

function checkNames(keys: readonly string[], {addonVars}: App): void {
  for (const key of keys) {
    if (!/^\w+$/.test(key))
      throw new AkkerisError(
        422,
        `The config variable ${key} is invalid. Only letters, digits and underscores are allowed.`,
      )
  }
  for (const key of keys) {
    if (Object.hasOwn(addonVars, key))
      throw new AkkerisError(
        409,
        `The environment variable ${key} was set by a service, remove the service to change it.`,
      )
  }
}

function changeConfigVar({configVars}: App, key: string, value: string | null): void {
  if (key === 'PORT' || key.startsWith('AKKERIS_'))
    throw new AkkerisError(409, `The config variable ${key} is reserved.`)
  if (value !== null) configVars[key] = value
  else if (Object.hasOwn(configVars, key)) Reflect.deleteProperty(configVars, key)
  else throw new AkkerisError(409, `The config variable ${key} does not exist and cannot be removed.`)
}

function parseConfigVars(body: string | undefined): [key: string, value: string | null][] {
  let vars: unknown
  try {
    vars = JSON.parse(body ?? '')
  } catch {
    vars = undefined
  }
  if (typeof vars !== 'object' || vars === null || Array.isArray(vars))
    throw new AkkerisError(422, 'The config variables must be a JSON object.')
  return Object.entries(vars).map(([key, value]: [string, unknown]) => {
    if (value !== null && typeof value !== 'string')
      throw new AkkerisError(422, `The config variable ${key} must be a string or null.`)
    return [key, value]
  })
}

const SECRET_NAMES = /PASS|KEY|SECRET|PRIVATE|TOKEN|SALT|AUTH|HASH/i

export function renderConfigVars({configVars, addonVars, socs}: App): Record<string, string> {
  const vars = {...configVars, ...addonVars}
  if (!socs) return vars
  return Object.fromEntries(
    Object.entries(vars).map(([key, value]) => [key, SECRET_NAMES.test(key) ? '[redacted]' : value]),
  )
}

/** Who set each variable. */
export function renderNotes({configVars, addonVars}: App): unknown {
  const note = (type: 'user' | 'addon') => (key: string) => [key, {type, description: null, required: false}]
  return Object.fromEntries([
    ...Object.keys(configVars).map(note('user')),
    ...Object.keys(addonVars).map(note('addon')),
  ]) as unknown
}
