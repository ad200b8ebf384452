import type {AccountInstance, AccountPage} from 'twilio/lib/rest/api/v2010/account.js'

import {temporary} from '../errors.js'
import {until, visibilityTimeoutMs} from '../poll.js'
import {rememberLogin} from '../secrets.js'
import {isSid} from '../shape.js'
import {retryUntilVisible, type SendGuard, sendOnce, sendRepeatable} from '../transport/idempotent.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'
import {isMissing, TwilioRefusal} from './errors.js'

/** https://www.twilio.com/docs/iam/api/account */
export interface Account {
  readonly sid: string
  readonly friendlyName: string
  readonly status: 'active' | 'suspended' | 'closed'
  readonly type: 'Trial' | 'Full'
  /** Its own SID for a main account. */
  readonly ownerSid: string
  readonly authToken: string
  readonly createdAt: Date
}

export async function fetchAccount(main: TwilioAccount, sid = main.sid): Promise<Account> {
  const api = await main.api()
  return plain(await api.v2010.accounts(sid).fetch())
}

/** The same, or undefined where there is no such account (any more); one that was just made may take a moment to show. */
export async function fetchAccountIfExists(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  try {
    return await retryUntilVisible(main.transport, () => fetchAccount(main, sid), isMissing)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** As it is now; undefined where the main account has no such one. */
export async function findAccount(main: TwilioAccount, sid: string): Promise<Account | undefined> {
  if (!isSid(sid)) return undefined
  try {
    return await fetchAccount(main, sid)
  } catch (error) {
    if (error instanceof TwilioRefusal) return undefined
    throw error
  }
}

/** The subaccounts of exactly this name that are not closed, oldest first. Names are not unique on Twilio's side. */
export async function findSubaccounts(main: TwilioAccount, friendlyName: string): Promise<Account[]> {
  const api = await main.api()
  const accounts = (await api.v2010.accounts.list({friendlyName})).map(plain)
  return accounts
    .filter((each) => each.friendlyName === friendlyName && each.status !== 'closed' && each.sid !== main.sid)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** A new subaccount of that name, made once. There must be none before. */
export async function ensureSubaccount(main: TwilioAccount, friendlyName: string, guard: SendGuard): Promise<Account> {
  return sendOnce(main.transport, {
    effect: `the subaccount "${friendlyName}" was created`,
    async send(sending) {
      const api = await main.api(sending)
      return plain(await despiteConflict(main, () => api.v2010.accounts.create({friendlyName})))
    },
    find: async () => (await findSubaccounts(main, friendlyName))[0],
    guard,
  })
}

/**
 * Gives a subaccount a status, and sees it there: what is so already is left as it is. Returns what Twilio shows in the end,
 * which is `closed` for one that was closed meanwhile: that is for good (https://www.twilio.com/docs/iam/api/subaccounts).
 * @param seen the status that it had when it was last read: then it need not be read again.
 * @throws {Failure} `refused` where Twilio itself suspended it.
 */
export async function ensureAccountStatus(
  main: TwilioAccount,
  sid: string,
  status: Account['status'],
  seen?: Account['status'],
): Promise<Account['status']> {
  const isFinal = (shown: Account['status']) => shown === status || shown === 'closed'
  const find = async () => {
    const shown = await statusOf(main, sid)
    return isFinal(shown) ? shown : undefined
  }
  const before = seen ?? (await statusOf(main, sid))
  if (isFinal(before)) return before
  const send = async () => {
    const api = await main.api()
    try {
      return plain(await despiteConflict(main, () => api.v2010.accounts(sid).update({status}))).status
    } catch (error) {
      // Closed since it was read?
      const now = error instanceof TwilioRefusal ? await find() : undefined
      if (now === undefined) throw error
      return now
    }
  }
  await sendRepeatable(main.transport, {send, find})
  // What counts is what Twilio shows afterwards, not what it answered.
  const after = await until(main.transport, find, {timeoutMs: visibilityTimeoutMs})
  if (after !== undefined) return after
  throw temporary(
    'ACCOUNT_STATUS_UNCHANGED',
    `Twilio still shows ${sid} as not ${status}.`,
    'Run this again in a minute.',
  )
}

/** Somebody else changes the same account at this moment: once more, then later. @throws {Failure} `temporary` */
async function despiteConflict<Result>(main: TwilioAccount, change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (!isConflict(error)) throw error
    await main.transport.pause(2)
  }
  try {
    return await change()
  } catch (error) {
    if (!isConflict(error)) throw error
    throw temporary('ACCOUNT_BUSY', 'Twilio answers that the account is being changed by somebody else (409).')
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof TwilioRefusal && error.twilio?.status === 409
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

/** The subaccounts of a main account, those closed within the last 30 days among them. */
export async function listSubaccounts(main: TwilioAccount): Promise<Account[]> {
  const found: Account[] = []
  await eachSubaccount(main, {pageSize: 100}, (account) => found.push(account))
  return found
}

/** A page at a time: Twilio says a lot about each of them, and there may be a thousand. */
async function eachSubaccount(
  main: TwilioAccount,
  {pageSize, ...sending}: SenderOptions & {readonly pageSize: number},
  see: (account: Account) => void,
): Promise<void> {
  const api = await main.api(sending)
  let page: Pick<AccountPage, 'instances' | 'nextPage'> | undefined = await api.v2010.accounts.page({pageSize})
  while (page) {
    const {instances}: {instances: AccountInstance[]} = page
    for (const account of instances) if (account.sid !== main.sid) see(plain(account))
    page = await page.nextPage()
  }
}

/**
 * How many subaccounts are not closed, and count. One request for each thousand.
 * @param counts called with the name of each
 */
export async function countSubaccounts(
  main: TwilioAccount,
  counts: (friendlyName: string) => boolean,
  sending: SenderOptions = {},
): Promise<number> {
  let count = 0
  await eachSubaccount(main, {...sending, pageSize: 1000}, ({status, friendlyName}) => {
    if (status !== 'closed' && counts(friendlyName)) count++
  })
  return count
}

function plain(account: AccountInstance): Account {
  const {sid, friendlyName, status, type, ownerAccountSid, authToken, dateCreated} = account
  rememberLogin(sid, authToken)
  return {sid, friendlyName, status, type, ownerSid: ownerAccountSid, authToken, createdAt: new Date(dateCreated)}
}
