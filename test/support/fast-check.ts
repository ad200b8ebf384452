import type fc from 'fast-check'

/** Loaded once per worker of Jest (environment.mjs). */
export default (globalThis as unknown as {readonly fastCheck: typeof fc}).fastCheck
