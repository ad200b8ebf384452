import {Flags} from '@oclif/core'

/** What kind of sandbox is served. */
export const sandboxFlags = {
  memory: Flags.boolean({
    description: 'keep nothing on disk: start empty and forget everything at the end; for test suites, and much faster',
  }),
  proxy: Flags.boolean({
    description: 'also serve https as a proxy, with its own certificate, so that programs need no changes',
    default: false,
  }),
  'strict-us': Flags.boolean({
    description: 'block messages to the US from numbers that are not registered (30034, 30032), as carriers do',
    default: false,
  }),
  seed: Flags.string({
    description: 'seed for SIDs and numbers, while the sandbox is empty',
    default: 'sandbox',
  }),
}
