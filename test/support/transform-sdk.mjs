/** Loads of the Twilio SDK what a test uses, as the bundle does: all of it takes as long as the tests of a file. */
import {createHash} from 'node:crypto'

import {replaced} from '../../scripts/bundle.mjs'
import {makeRequiresLazy} from '../../scripts/lazy-requires.mjs'

export default {
  /** @param {string} source @param {string} path */
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(JSON.stringify([String(makeRequiresLazy), String(replaced), path, source]))
      .digest('hex'),

  /** @param {string} source @param {string} path */
  process: (source, path) => ({
    code: replaced.find(([pattern]) => pattern.test(path))?.[1] ?? makeRequiresLazy(source),
  }),
}
