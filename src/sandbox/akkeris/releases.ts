import {iso8601} from '../http/format.js'
import {startedAt} from '../state/accounts.js'
import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'
import {isUndeployedApp} from '../world/test-values.js'
import type {NamedApp} from './apps.js'
import {AkkerisError} from './errors.js'

/** What was deployed of an app, oldest first: a first release, and what a tester adds to the state. */
export function releasesOf(state: Readonly<State>, {name, app}: NamedApp) {
  if (isUndeployedApp(name)) return []
  const releases = [{description: 'First release', createdAt: startedAt(state)}, ...app.releases]
  return releases.map(({description, createdAt}, index) => ({
    app: {id: uuid(state.seed, `app ${name}`), name},
    created_at: iso8601(createdAt),
    description,
    slug: {id: uuid(state.seed, `slug ${name} ${index + 1}`)},
    id: uuid(state.seed, `release ${name} ${index + 1}`),
    status: 'succeeded',
    state: 'success',
    user: {id: uuid(state.seed, 'account'), email: ''},
    version: index + 1,
    current: index === releases.length - 1,
  }))
}

export function findRelease(state: Readonly<State>, named: NamedApp, id: string): unknown {
  const release = releasesOf(state, named).find((each) => each.id === id)
  if (!release) throw new AkkerisError(404, `The specified release ${id} does not exist.`)
  return release
}
