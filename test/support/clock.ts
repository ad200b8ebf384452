import type {Pacing} from '../../src/lib/poll.js'

/** Time that passes only while somebody waits. */
export function stopClock(): Pacing {
  let now = 0
  const sleep = async (milliseconds: number): Promise<void> => void (now += milliseconds)
  return {sleep, now: () => now, pause: (time) => sleep(time * 100)}
}
