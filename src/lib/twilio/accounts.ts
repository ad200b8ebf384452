import type {AccountInstance, AccountPage} from 'twilio/lib/rest/api/v2010/account.js'

import {UnknownOutcome} from '../errors.js'
import {rememberSecret} from '../secrets.js'
import type {SenderOptions} from '../transport/transport.js'
import type {TwilioAccount} from './connect.js'

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

/** The subaccounts of exactly this name that are not closed, oldest first. Names are not unique on Twilio's side. */
export async function findSubaccounts(main: TwilioAccount, friendlyName: string): Promise<Account[]> {
  const api = await main.api()
  const accounts = (await api.v2010.accounts.list({friendlyName})).map(plain)
  return accounts
    .filter((each) => each.friendlyName === friendlyName && each.status !== 'closed' && each.sid !== main.sid)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
}

/** Buys nothing by itself, but may happen twice when it is sent twice: see provision.ts for how that is kept from happening. */
export async function createSubaccount(
  main: TwilioAccount,
  friendlyName: string,
  options: SenderOptions,
): Promise<Account> {
  const api = await main.api(options)
  const account = plain(await api.v2010.accounts.create({friendlyName}))
  if (!account.sid) throw new UnknownOutcome('Twilio answered the making of a subaccount without its SID')
  return account
}

export async function setAccountStatus(main: TwilioAccount, sid: string, status: Account['status']): Promise<Account> {
  const api = await main.api()
  return plain(await api.v2010.accounts(sid).update({status}))
}

/** The subaccounts of a main account, those closed within the last 30 days among them. */
export async function listSubaccounts(main: TwilioAccount): Promise<Account[]> {
  const api = await main.api()
  const found: Account[] = []
  // A page at a time: Twilio says a lot about each of them, and there may be a thousand.
  let page: Pick<AccountPage, 'instances' | 'nextPage'> | undefined = await api.v2010.accounts.page({pageSize: 100})
  while (page) {
    const {instances}: {instances: AccountInstance[]} = page
    found.push(...instances.map(plain))
    page = await page.nextPage()
  }
  return found.filter(({sid}) => sid !== main.sid)
}

/** Subaccounts that count against the limit of the main account (1,000 unless Twilio raised it): all but closed ones. */
export async function countSubaccounts(main: TwilioAccount): Promise<number> {
  return (await listSubaccounts(main)).filter(({status}) => status !== 'closed').length
}

function plain(account: AccountInstance): Account {
  const {sid, friendlyName, status, type, ownerAccountSid, authToken, dateCreated} = account
  rememberSecret(authToken)
  if (authToken) rememberSecret(Buffer.from(`${sid}:${authToken}`).toString('base64'))
  return {sid, friendlyName, status, type, ownerSid: ownerAccountSid, authToken, createdAt: new Date(dateCreated)}
}
