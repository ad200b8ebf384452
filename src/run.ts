import {programName} from './cli/program-name.js'
import {runCommandLine} from './cli/run.js'

/** What bin/run.js starts. Of our own, so that oclif is bundled with the commands and loads in half the time (bench/). */
export async function execute({
  dir,
  args = process.argv.slice(2),
  script,
}: {
  dir: string
  args?: readonly string[]
  /** What Node was started with. */
  script?: string | undefined
}): Promise<void> {
  const program = script === undefined ? undefined : programName(script, process)
  await runCommandLine({argv: args, root: dir, program})
}
