import {temporary} from '../errors.js'
import {fetchAccount, setAccountStatus, type Account} from '../twilio/accounts.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {isMissing} from '../twilio/errors.js'
import {listNumbers, moveNumber, releaseNumber, type NumberSettings} from '../twilio/numbers.js'
import {sendOnce} from '../transport/idempotent.js'

/** Closes a subaccount for good and sees it closed; nothing to do where it is closed or gone. */
export async function closeSubaccount(main: TwilioAccount, sid: string): Promise<void> {
  await ensureAccountStatus(main, sid, 'closed')
}

/** Lets a suspended subaccount work again. @throws {Failure} where Twilio itself suspended it. */
export async function resumeSubaccount(main: TwilioAccount, sid: string): Promise<void> {
  await ensureAccountStatus(main, sid, 'active')
}

/**
 * Gives a subaccount a status, and sees it there: what is so already is left as it is. Gives what Twilio shows in the end,
 * which is `closed` for one that was closed meanwhile.
 */
export async function ensureAccountStatus(
  main: TwilioAccount,
  sid: string,
  status: Account['status'],
): Promise<Account['status']> {
  const look = async () => {
    const seen = await statusOf(main, sid)
    return seen === status || seen === 'closed' ? seen : undefined
  }
  const before = await look()
  if (before !== undefined) return before
  await sendOnce(main.transport, {send: async () => (await setAccountStatus(main, sid, status)).status, find: look})
  // What counts is what Twilio shows afterwards, not what it answered.
  for (let seen = 1; ; seen++) {
    const now = await look()
    if (now !== undefined) return now
    if (seen > 4)
      throw temporary('STATUS_UNCHANGED', `Twilio still shows ${sid} as not ${status}.`, 'Run this again in a minute.')
    await main.transport.pause(seen)
  }
}

/** Twilio forgets a closed account after 30 days: gone is closed. */
async function statusOf(main: TwilioAccount, sid: string): Promise<Account['status']> {
  try {
    return (await fetchAccount(main, sid)).status
  } catch (error) {
    if (isMissing(error)) return 'closed'
    throw error
  }
}

/** Moves a number into the main account and sees it there. @throws {Failure} `refused` when it is in neither account. */
export async function moveToMain(
  main: TwilioAccount,
  {sid, e164, from, options}: {sid: string; e164: string; from: string; options?: NumberSettings},
): Promise<void> {
  const look = async () => (await listNumbers(main, {e164})).find((each) => each.sid === sid)
  if (await look()) return
  try {
    await sendOnce(main.transport, {
      find: look,
      send: () => moveNumber(main, {number: sid, from, to: main.sid, ...(options && {options})}),
    })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  for (let seen = 1; !(await look()); seen++) {
    if (seen > 4) {
      throw temporary(
        'NUMBER_NOT_MOVED',
        `${e164} is not in the main account, so nothing more was done.`,
        'Run this again in a minute; see https://console.twilio.com for where the number is.',
      )
    }
    await main.transport.pause(seen)
  }
}

/** Releases a number; one that is gone already is no error. */
export async function release(account: TwilioAccount, sid: string): Promise<void> {
  try {
    await releaseNumber(account, sid)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
