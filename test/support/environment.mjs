/**
 * Where a test file runs. Jest loads every module anew for each file; what takes long to make ready, and keeps nothing between two
 * tests, is loaded here, once per worker.
 */
import {AsyncLocalStorage} from 'node:async_hooks'

import fastCheck from 'fast-check'
import {TestEnvironment} from 'jest-environment-node'

/** @type {import('./checks.js').Checks} */
const checks = await import(process.env.AKA_TWILIO_TEST_CHECKS ?? '')

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

export default class extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup()
    Object.assign(this.global, {checks, fastCheck})
  }

  /** @override */
  async teardown() {
    for (const storage of storages) storage.disable()
    storages.clear()
    await super.teardown()
  }
}
