import {execute as run} from '@oclif/core'

import {guarded} from './cli/guard.js'

/** What bin/run.js starts. Of our own, so that oclif is bundled with the commands and loads in half the time (bench/). */
export async function execute(options: Parameters<typeof run>[0]): Promise<unknown> {
  return guarded(async () => run(options))
}
