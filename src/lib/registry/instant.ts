/** The monotonic clock stops while a laptop sleeps, the other may be set: whichever says that more time has passed is believed. */
export interface Instant {
  readonly monotonic: number
  readonly wall: number
}

export function instant(): Instant {
  return {monotonic: performance.now(), wall: Date.now()}
}

export function elapsedMs(since: Instant): number {
  return Math.max(performance.now() - since.monotonic, Date.now() - since.wall)
}
