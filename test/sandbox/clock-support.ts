import {sdk} from './sdk.js'
import {mainLogin, newSandbox} from './support.js'

/** A client of the main account at a sandbox whose clock stands still until it is advanced. */
export async function clockWorld() {
  const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const twilio = sdk(sandbox, await mainLogin(sandbox))
  /** What `look` gives after each of these steps of the clock. */
  const follow = async <T>(look: () => Promise<T>, steps: readonly number[]): Promise<T[]> => {
    const seen: T[] = []
    for (const ms of steps) {
      await sandbox.advanceClock(ms / 1000)
      seen.push(await look())
    }
    return seen
  }
  return {twilio, follow}
}
