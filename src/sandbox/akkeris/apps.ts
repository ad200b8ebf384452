import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'
import type {App} from '../state/types/akkeris.js'
import {isMissingApp, isRedactedApp} from '../world/test-values.js'
import {AkkerisError} from './errors.js'

export interface NamedApp {
  readonly name: string
  readonly app: App
}

/** An app as it is, or as every app is until somebody changes it. */
export function getApp(state: Readonly<State>, name: string): App {
  return Object.hasOwn(state.apps, name) && state.apps[name] ? state.apps[name] : unchangedApp(name)
}

/** An app to be changed: the state remembers it from now on. */
export function getAppToChange(state: State, name: string): App {
  return (state.apps[name] = getApp(state, name))
}

/** There is an app of every name that has the form APP-SPACE, until it is deleted. */
export function existingApp(state: Readonly<State>, name: string): App {
  const app = /^[a-z0-9]+(-[a-z0-9]+)+$/i.test(name) ? getApp(state, name) : undefined
  if (!app || app.deleted) throw new AkkerisError(404, `The specified application ${name} does not exist.`)
  return app
}

function unchangedApp(name: string): App {
  return {
    configVars: {},
    addonVars: {},
    addons: [],
    releases: [],
    restarts: 0,
    deleted: isMissingApp(name),
    socs: isRedactedApp(name),
  }
}

export function renderApp({seed}: Readonly<State>, name: string): unknown {
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

/** Of all the apps that there may be, those that somebody changed. */
export function renderApps(state: Readonly<State>): unknown {
  const names = Object.keys(state.apps).filter((name) => !getApp(state, name).deleted)
  return names.map((name) => renderApp(state, name))
}

/** The user who is logged in. */
export function renderAccount({seed}: Readonly<State>): unknown {
  return {id: uuid(seed, 'account'), name: 'Sandbox User', email: 'sandbox@example.com', verified: true, beta: false}
}
