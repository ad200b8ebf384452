import {Failure} from './errors.js'
import {longestWait, type Pacing, watch} from './poll.js'

interface Following<Sent> {
  readonly refresh: (latest: Sent) => Promise<Sent>
  readonly isFinal: (sent: Sent) => boolean
  readonly usualMs: number
  /** e.g. `SM… to +14155550100 was sent` */
  readonly fact: string
  /** Where a person sees what becomes of it. */
  readonly seeAt: string
}

/**
 * What was sent as it ends, or as it is when the time is over.
 * @throws {Failure} where it cannot be followed, or a person stops it: that it was sent is what they must hear.
 */
export async function followSent<Sent extends {readonly sid: string; readonly status: string}>(
  pacing: Pacing,
  sent: Sent,
  {refresh, isFinal, usualMs, fact, seeAt}: Following<Sent>,
): Promise<Sent> {
  let latest = sent
  try {
    return await watch(pacing, sent, {
      refresh: async (before) => (latest = await refresh(before)),
      isFinal,
      timeoutMs: longestWait(pacing, usualMs),
      what: `for ${sent.sid}`,
    })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const why = error.outcome === 'interrupted' ? 'interrupted' : error.message.replace(/\.$/, '')
    throw error.retold({
      message: `${fact} (${latest.status}), but its outcome is not known: ${why}.`,
      suggestions: [`Do not repeat it; look at ${seeAt}`],
    })
  }
}
