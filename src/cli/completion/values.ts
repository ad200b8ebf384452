import {setTimeout} from 'node:timers/promises'

import type {AddonContext} from '../../lib/addon/context.js'
import type {Session} from '../../lib/session.js'
import {openSims} from '../../lib/sims/context.js'
import {simsDocument} from '../../lib/sims/document.js'
import {ledgerOf} from '../../lib/sims/reserve.js'
import type {Values} from './candidates.js'

/** Longer than that nobody waits for a key. */
const TIMEOUT_MS = 2000

interface Opens {
  readonly session: (appSpace?: string) => Promise<Session>
  readonly context: (session: Session) => Promise<AddonContext>
}

/** What the main account has, as far as it is there in time. */
export function valuesOf({session, context}: Opens): Values {
  return {
    appSpaces: () =>
      soon(async () => {
        const registry = await (await session()).registry()
        return (await registry.list()).records.map(({appSpace}) => appSpace)
      }),
    sims: (appSpace) =>
      soon(async () => {
        const sims = await openSims(await context(await session(appSpace)), appSpace)
        return simsDocument(await ledgerOf(sims.context, sims.record), []).sims.map(({name, sid}) => name ?? sid)
      }),
  }
}

/** What came in time; nothing where it failed, for nobody asked for an error. */
async function soon(read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const late = new AbortController()
  const found = await Promise.race([
    read().catch(() => []),
    setTimeout(TIMEOUT_MS, undefined, {signal: late.signal}).catch(() => []),
  ])
  late.abort()
  if (found !== undefined) return found
  // The request would keep the process until its own end.
  process.exit(0)
}
