import type {Created} from './acquire.js'
import {closeSubaccount, release} from '../../addon/give-back.js'
import type {AddonContext} from '../../addon/context.js'
import type {AddonRecord} from '../../addon/record.js'

/**
 * Gives back what this run made before it lost its claim, and what the run that took over did not keep. A subaccount that
 * is closed gives up its numbers by itself; in one that another run closed already they could not be released any more.
 */
export async function releaseDuplicates(
  {main}: AddonContext,
  made: Created,
  record: AddonRecord | undefined,
): Promise<void> {
  const {accountSid, phoneNumber} = record ?? {}
  const numbers = made.bought.filter(
    ({number, account}) => account.sid === accountSid && number.sid !== phoneNumber?.sid,
  )
  const accounts = made.accounts.filter(({sid}) => sid !== accountSid)
  await Promise.all([
    ...numbers.map(({number, account}) => release(account, number.sid)),
    ...accounts.map(({sid}) => closeSubaccount(main, sid)),
  ])
}

/** The same at the end of a run that failed, unless the other run may still make use of it. */
export async function releaseDuplicatesOf(context: AddonContext, made: Created, appSpace: string): Promise<void> {
  const entry = await context.registry.read(appSpace)
  if (entry && entry.record.state !== 'ready') return
  await releaseDuplicates(context, made, entry?.record)
}
