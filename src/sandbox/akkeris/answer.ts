import type {HttpRequest, HttpResponse} from '../../lib/transport/types.js'
import {isIdle, keepEnvironment, renderDynos, renderFormation, rollOut, type NamedApp} from './dynos.js'
import {releasesOf} from './releases.js'
import {uuid} from '../state/ids.js'
import type {App, State} from '../state/state.js'

/** Akkeris says no in plain text that it labels JSON. */
class PlainError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

interface AkkerisRequest {
  readonly state: State
  readonly now: number
  readonly method: HttpRequest['method']
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string | undefined
}

export function answerAkkeris(request: AkkerisRequest): HttpResponse {
  try {
    if (!request.authorization?.trim() || request.authorization === 'Bearer expired')
      throw new PlainError(401, 'Unauthorized')
    return {status: 200, headers: {'content-type': 'application/json'}, body: JSON.stringify(route(request))}
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return {status: error.status, headers: {'content-type': 'application/json'}, body: error.message}
  }
}

function route(request: AkkerisRequest): unknown {
  const {method, path, state} = request
  if (path === '/account' && method === 'GET') return account(state)
  const [, name, rest] = /^\/apps\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (name === undefined) throw new PlainError(404, 'Not Found')
  const app = findApp(state, name)
  const operation = `${method} ${rest ?? ''}`
  if (operation === 'GET ') return renderApp(state, name)
  if (operation === 'GET /config-vars') return visibleVars(app)
  if (operation === 'GET /config-vars/notes') return notes(app)
  if (operation === 'GET /addons') return app.addons
  if (operation === 'GET /formation') return renderFormation(state, name)
  if (operation === 'GET /dynos') return dynos(request, {name, app})
  if (operation === 'GET /releases') return releasesOf(state, {name, app})
  if (operation.startsWith('GET /releases/')) return findRelease(request, {name, app})
  if (operation === 'PATCH /config-vars') return patchVars(request, name, app)
  throw new PlainError(404, 'Not Found')
}

/** An app as it is, or as every app is before anybody changes it. */
export function peekApp(state: Readonly<State>, name: string): App {
  return Object.hasOwn(state.apps, name) && state.apps[name] ? state.apps[name] : untouched(name)
}

/** An app to change: from then on the state remembers it. */
export function appOf(state: State, name: string): App {
  return (state.apps[name] = peekApp(state, name))
}

function untouched(name: string): App {
  return {
    configVars: {},
    addonVars: {},
    addons: [],
    releases: [],
    restarts: 0,
    // Magic value: these apps are never there.
    deleted: name.startsWith('missing-'),
    socs: name.endsWith('-socs'),
  }
}

function findApp(state: State, name: string): App {
  const app = /^[a-z0-9]+(-[a-z0-9]+)+$/i.test(name) ? peekApp(state, name) : undefined
  if (!app || app.deleted) throw new PlainError(404, `The specified application ${name} does not exist.`)
  return app
}

/**
 * Names are checked first, all of them; then each variable is set or removed in its turn. What was done before a later
 * one is refused stays done, without new dynos.
 */
function patchVars({state, now, body}: AkkerisRequest, name: string, found: App): unknown {
  const changes = parseVars(body)
  for (const [key] of changes) {
    if (!/^\w+$/.test(key))
      throw new PlainError(
        422,
        `The config variable ${key} is invalid. Only letters, digits and underscores are allowed.`,
      )
  }
  for (const [key] of changes) {
    if (Object.hasOwn(found.addonVars, key))
      throw new PlainError(
        409,
        `The environment variable ${key} was set by a service, remove the service to change it.`,
      )
  }
  if (changes.length === 0) return visibleVars(found)
  const app = appOf(state, name)
  keepEnvironment(state, {name, app})
  for (const [key, value] of changes) {
    if (key === 'PORT' || key.startsWith('AKKERIS_'))
      throw new PlainError(409, `The config variable ${key} is reserved.`)
    if (value !== null) app.configVars[key] = value
    else if (Object.hasOwn(app.configVars, key)) Reflect.deleteProperty(app.configVars, key)
    else throw new PlainError(409, `The config variable ${key} does not exist and cannot be removed.`)
  }
  rollOut(state, {name, app}, now)
  if (!isIdle(name)) app.restarts += 1
  return visibleVars(app)
}

function dynos({state, now}: AkkerisRequest, named: NamedApp): unknown {
  const {id, version} = releasesOf(state, named).at(-1) ?? {id: null, version: null}
  return renderDynos(state, named, {id, version}, now)
}

function findRelease({state, path}: AkkerisRequest, named: NamedApp): unknown {
  const id = path.split('/').at(-1)
  const release = releasesOf(state, named).find((each) => each.id === id)
  if (!release) throw new PlainError(404, `The specified release ${id ?? ''} does not exist.`)
  return release
}

function parseVars(body: string | undefined): [key: string, value: string | null][] {
  let vars: unknown
  try {
    vars = JSON.parse(body ?? '')
  } catch {
    vars = undefined
  }
  if (typeof vars !== 'object' || vars === null || Array.isArray(vars))
    throw new PlainError(422, 'The config variables must be a JSON object.')
  return Object.entries(vars).map(([key, value]: [string, unknown]) => {
    if (value !== null && typeof value !== 'string')
      throw new PlainError(422, `The config variable ${key} must be a string or null.`)
    return [key, value]
  })
}

const SECRET_NAMES = /PASS|KEY|SECRET|PRIVATE|TOKEN|SALT|AUTH|HASH/i

function visibleVars({configVars, addonVars, socs}: App): Record<string, string> {
  const vars = {...configVars, ...addonVars}
  if (!socs) return vars
  return Object.fromEntries(
    Object.entries(vars).map(([key, value]) => [key, SECRET_NAMES.test(key) ? '[redacted]' : value]),
  )
}

function notes({configVars, addonVars}: App): unknown {
  const note = (type: 'user' | 'addon') => (key: string) => [key, {type, description: null, required: false}]
  return Object.fromEntries([
    ...Object.keys(configVars).map(note('user')),
    ...Object.keys(addonVars).map(note('addon')),
  ]) as unknown
}

function account({seed}: State): unknown {
  return {id: uuid(seed, 'account'), name: 'Sandbox User', email: 'sandbox@example.com', verified: true, beta: false}
}

function renderApp({seed}: State, name: string): unknown {
  const [simpleName, ...space] = name.split('-')
  const spaceName = space.join('-')
  return {
    id: uuid(seed, `app ${name}`),
    name,
    simple_name: simpleName,
    space: {id: uuid(seed, `space ${spaceName}`), name: spaceName},
    organization: {id: uuid(seed, 'organization'), name: 'sandbox'},
    web_url: `https://${name}.sandbox.invalid`,
  }
}
