import {type AkaCore, offerCore} from '../cli/aka-core.js'
import {runCommandLine} from '../cli/run.js'

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
  await runCommandLine({argv: [name, ...argv], root})
}
