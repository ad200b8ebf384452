import {birthOf, isIdle, type NamedApp} from './dynos.js'
import {iso8601} from '../state/dates.js'
import {uuid} from '../state/ids.js'
import type {State} from '../state/state.js'

/** What was deployed of an app, oldest first: once before anybody looked, and what a tester adds to the state. */
export function releasesOf(state: Readonly<State>, {name, app}: NamedApp) {
  if (isIdle(name)) return []
  const releases = [{description: 'First release', createdAt: birthOf(state)}, ...app.releases]
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
