import {iso8601} from '../http/format.js'
import {startedAt} from '../state/accounts.js'
import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'
import {isUndeployedApp} from '../world/test-values.js'
import type {NamedApp} from './apps.js'
import {dynosOf, SLOTS} from './dynos.js'
import {releasesOf} from './releases.js'

export function renderDynos(state: Readonly<State>, named: NamedApp, now: number): unknown {
  const {id: releaseId, version} = releasesOf(state, named).at(-1) ?? {id: null, version: null}
  return dynosOf(state, named, now).map(({id, createdAt, state: status}) => ({
    attach_url: '',
    command: null,
    created_at: iso8601(createdAt),
    id,
    name: `${id.slice(0, 8)}-${id.slice(-5)}`,
    release: {id: releaseId, version},
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

/** What is to run of an app, whether it runs at the moment or not. */
export function renderFormation(state: Readonly<State>, name: string): unknown {
  if (isUndeployedApp(name)) return []
  const createdAt = iso8601(startedAt(state))
  return [
    {
      app: {name, id: uuid(state.seed, `app ${name}`)},
      command: null,
      created_at: createdAt,
      id: uuid(state.seed, `formation ${name}`),
      quantity: SLOTS.length,
      size: 'gp2',
      type: 'web',
      port: 9000,
      healthcheck: null,
      updated_at: createdAt,
    },
  ]
}
