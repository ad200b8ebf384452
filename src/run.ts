import {runCommandLine} from './cli/run.js'

/** What bin/run.js starts. Of our own, so that oclif is bundled with the commands and loads in half the time (bench/). */
export async function execute({
  dir,
  args = process.argv.slice(2),
}: {
  dir: string
  args?: readonly string[]
}): Promise<void> {
  await runCommandLine({argv: args, root: dir})
}
