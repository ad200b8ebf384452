import type {HttpRequest} from '../../lib/transport/types.js'
import type {State} from '../state/state.js'
import {findAddon, renderAddons} from './addons.js'
import {existingApp, type NamedApp, renderAccount, renderApp, renderApps} from './apps.js'
import {changeConfigVars, renderConfigVars, renderNotes} from './config-vars.js'
import {renderDynos, renderFormation} from './dyno-list.js'
import {AkkerisError} from './errors.js'
import {findRelease, releasesOf} from './releases.js'

export interface AkkerisRequest {
  readonly state: State
  readonly now: number
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body: string | undefined
}

type Operation = (named: NamedApp, request: AkkerisRequest) => unknown

/** Every operation on an app that the sandbox knows, by its method and the path after `/apps/APP-SPACE`. */
const APP_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET ': ({name}, {state}) => renderApp(state, name),
  'GET /config-vars': ({app}) => renderConfigVars(app),
  'PATCH /config-vars': (named, {state, now, body}) => changeConfigVars(state, named, body, now),
  'GET /config-vars/notes': ({app}) => renderNotes(app),
  'GET /addons': (named, {state}) => renderAddons(state, named),
  'GET /addons/{id}': (named, {state, path}) => findAddon(state, named, lastPart(path)),
  'GET /formation': ({name}, {state}) => renderFormation(state, name),
  'GET /dynos': (named, {state, now}) => renderDynos(state, named, now),
  'GET /releases': (named, {state}) => releasesOf(state, named),
  'GET /releases/{id}': (named, {state, path}) => findRelease(state, named, lastPart(path)),
}

export function operate(request: AkkerisRequest): unknown {
  const {method, path, state} = request
  if (path === '/account' && method === 'GET') return renderAccount(state)
  if (path === '/apps' && method === 'GET') return renderApps(state)
  const [, name, rest = ''] = /^\/apps\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (name === undefined) throw new AkkerisError(404, 'Not Found')
  const named = {name, app: existingApp(state, name)}
  const operation = APP_OPERATIONS[`${method} ${rest.replace(/^\/(addons|releases)\/.*/, '/$1/{id}')}`]
  if (!operation) throw new AkkerisError(404, 'Not Found')
  return operation(named, request)
}

function lastPart(path: string): string {
  return decodeURIComponent(path.split('/').at(-1) ?? '')
}
