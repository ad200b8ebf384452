import {outcomes} from '../lib/error-codes.js'

/** Node exits silently with 0 when nothing is left that could settle a pending promise: here that is a bug, and reported. */
export async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  const neverSettled = () => {
    process.stderr.write('✖ This is a bug in aka-twilio; please report it: the command never finished.\n')
    process.exitCode = outcomes.bug.exitCode
  }
  process.once('beforeExit', neverSettled)
  try {
    return await work()
  } finally {
    process.off('beforeExit', neverSettled)
  }
}
