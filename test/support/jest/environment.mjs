/** Where a test file runs: with nothing of its own, beside the files that ran before it in the same worker. */
import {AsyncLocalStorage} from 'node:async_hooks'

import {ModuleMocker} from 'jest-mock'

/**
 * Jest makes one for each test file and leaves it enabled, and each that is enabled slows down every promise of the files to come.
 * @type {Set<AsyncLocalStorage<unknown>>}
 */
const storages = new Set()
AsyncLocalStorage.prototype.run = new Proxy(AsyncLocalStorage.prototype.run, {
  apply(run, storage, given) {
    storages.add(storage)
    return Reflect.apply(run, storage, given)
  },
})

export default class {
  global = {}
  /** What Jest's runtime asks for; tests use the mocks and timers of node:test. */
  moduleMocker = new ModuleMocker(globalThis)
  fakeTimers = null
  fakeTimersModern = null

  exportConditions() {
    return ['node']
  }

  getVmContext() {
    return null
  }

  async setup() {}

  async teardown() {
    for (const storage of storages) storage.disable()
    storages.clear()
  }
}
