import type * as documents from './documents.js'
import type * as openapi from './openapi.js'

/** What all worlds are held against: made ready once per worker of Jest (environment.mjs), which takes as long as the tests of a file. */
export interface Checks {
  readonly checkDocument: typeof documents.checkDocument
  readonly checkExchange: typeof openapi.checkExchange
}

export const {checkDocument, checkExchange} = (globalThis as unknown as {readonly checks: Checks}).checks
