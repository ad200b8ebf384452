import {exitCodes} from '../lib/errors.js'

/** Node ends in silence, and well, when nothing is left that could settle what is waited for: here it is a bug that is told. */
export async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  const neverSettled = () => {
    process.stderr.write('✖ This is a bug of aka-twilio; please report it: the command came to no end.\n')
    process.exitCode = exitCodes.bug
  }
  process.once('beforeExit', neverSettled)
  try {
    return await work()
  } finally {
    process.off('beforeExit', neverSettled)
  }
}
