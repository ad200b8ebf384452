import {run} from '@oclif/core'

import {type AkaCore, offerCore} from '../cli/aka-core.js'
import {guarded} from '../cli/guard.js'

interface Run {
  /** Of the package. */
  readonly root: string
  readonly name: string
  readonly argv: readonly string[]
  /** For names that aka's core has too. */
  readonly core: AkaCore | undefined
}

/** Runs a command inside aka; how it ended is in `process.exitCode`. */
export async function runInAka({root, name, argv, core}: Run): Promise<void> {
  offerCore(core)
  await guarded(async () => run([name, ...argv], root))
}
