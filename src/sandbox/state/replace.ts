import type {State} from './state.js'

/** Everything that is remembered becomes what another state says. */
export function replaceState(state: State, next: State): void {
  for (const part of Object.keys(state)) if (!Object.hasOwn(next, part)) Reflect.deleteProperty(state, part)
  Object.assign(state, next)
}
