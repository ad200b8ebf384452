/** How a wait passes its time. A transport does, and ends it at Ctrl-C. */
export interface Pacing {
  /** For what was sent to show. Longer each time: a quarter of a second at most, half a second … */
  pause(time: number): Promise<void>
  sleep(milliseconds: number): Promise<void>
  /** Milliseconds, of the clock by which the waits pass. */
  now(): number
  /** Tells a person what takes a while: when it begins, and then every few seconds. */
  readonly tell?: ((wait: LongWait) => void) | undefined
  /** Says that the announced wait is over, however it ended. */
  readonly tellEnd?: ((what: string) => void) | undefined
  /** How long a long wait takes at most, where a person said so (`--timeout`). */
  readonly longestWaitMs?: number | undefined
}

export interface LongWait {
  /** As it follows "waiting", e.g. `for the call to end`. */
  readonly what: string
  readonly waitedMs: number
  readonly timeoutMs: number
}

export interface PollOptions {
  readonly timeoutMs: number
  /** Between two checks; without it they come quickly at first, then every two seconds. */
  readonly everyMs?: number | (() => number)
  /** Called before each pause, so that a wait can keep what it holds. */
  readonly onWait?: (waitedMs: number) => unknown
  /** How a wait that may take a while is described to a person, as in `LongWait`. */
  readonly what?: string
}

/** Between two words about a wait: with what one look more takes, no more than a quarter of a minute. */
export const tellEveryMs = 12_000

/** How long a long wait takes at most: as a person said, else as usual. */
export function longestWait({longestWaitMs}: Pacing, usualMs: number): number {
  return longestWaitMs ?? usualMs
}

/** Long enough for what was just changed to show in Twilio's lists. */
export const visibilityTimeoutMs = 4000

/** The longest of the growing pauses is the fourth. */
const slowest = 4

/** However much time has passed: on a machine that slept meanwhile, a single look would decide. */
const leastChecks = 5

/** Checks until there is an answer; undefined when there is none in time. */
export async function until<Answer>(
  pacing: Pacing,
  check: () => Promise<Answer | undefined>,
  {timeoutMs, everyMs, onWait, what}: PollOptions,
): Promise<Answer | undefined> {
  const started = pacing.now()
  let toldMs = Number.NEGATIVE_INFINITY
  try {
    for (let time = 1; ; time++) {
      const answer = await check()
      if (answer !== undefined) return answer
      const waitedMs = pacing.now() - started
      if (waitedMs >= timeoutMs && time >= leastChecks) return undefined
      if (what !== undefined && waitedMs - toldMs >= tellEveryMs) {
        pacing.tell?.({what, waitedMs, timeoutMs})
        toldMs = waitedMs
      }
      await onWait?.(waitedMs)
      if (everyMs === undefined) await pacing.pause(Math.min(time, slowest))
      else await pacing.sleep(typeof everyMs === 'number' ? everyMs : everyMs())
    }
  } finally {
    if (what !== undefined) pacing.tellEnd?.(what)
  }
}

/** Looks at something again and again until it is final. Returns it as it is then, or when the time is over. */
export async function watch<Item>(
  pacing: Pacing,
  first: Item,
  {
    refresh,
    isFinal,
    ...options
  }: PollOptions & {
    readonly refresh: (latest: Item) => Promise<Item>
    readonly isFinal: (item: Item) => boolean
  },
): Promise<Item> {
  let latest = first
  let isFirst = true
  const check = async () => {
    if (!isFirst) latest = await refresh(latest)
    isFirst = false
    return isFinal(latest) ? true : undefined
  }
  await until(pacing, check, options)
  return latest
}
