import {dayOf, type Period} from '../../lib/days.js'
import {isMain, reaches} from '../state/accounts.js'
import type {State} from '../state/state.js'
import type {Account} from '../state/types/accounts.js'
import type {SimData} from '../state/types/sims.js'
import type {UsageEntry} from '../state/types/usage.js'
import {callUsage} from './calls.js'
import {existingMessages, isHeld, messageUsage} from './messages.js'
import {COMMAND_PRICE} from './prices.js'
import {brandFees, campaignFees} from './registration-fees.js'
import {chargesOf} from './rentals.js'
import {priceOf} from './sim-data.js'
import {countsIn} from './usage-categories.js'

/** What an account has used until now: that of a main account includes its subaccounts unless they are left out. */
export function usageOf(
  state: Readonly<State>,
  account: Account,
  now: number,
  {includeSubaccounts = true} = {},
): UsageEntry[] {
  const everyone = includeSubaccounts && isMain(account)
  const sids = new Set(
    everyone ? state.accounts.filter((each) => reaches(account, each)).map(({sid}) => sid) : [account.sid],
  )
  const counted = <T extends {accountSid: string}>(all: readonly T[]): readonly T[] =>
    all.filter(({accountSid}) => sids.has(accountSid))
  return [
    ...counted(state.usage).filter(({day}) => day <= dayOf(now)),
    ...counted(existingMessages(state, now))
      .filter((message) => !isHeld(message, now))
      .map((message) => entry({...message, createdAt: message.sendAt ?? message.createdAt}, messageUsage(message))),
    ...counted(state.calls)
      .map((call) => entry(call, callUsage(call, now)))
      .filter(({usage}) => usage > 0),
    ...counted(state.smsCommands).map((command) => entry(command, commandUsage('wireless-super-sim-smscommands'))),
    ...counted(state.wirelessCommands).map((command) => entry(command, commandUsage('wireless-usage-commands'))),
    ...counted(state.simData).map((data) => entry(data, dataUsage(data))),
    ...counted(state.brands).flatMap(brandFees),
    ...counted(state.campaigns).flatMap((campaign) => campaignFees(campaign, now)),
    ...counted(state.rentals).flatMap((rental) => chargesOf(rental, now)),
  ]
}

type Amounts = Pick<UsageEntry, 'category' | 'usage' | 'price'>

function commandUsage(category: string): Amounts {
  return {category, usage: 1, price: COMMAND_PRICE}
}

/** In the category of all that such SIMs cost. */
function dataUsage({simSid, upload, download}: SimData): Amounts {
  const price = priceOf(upload + download)
  return {category: simSid.startsWith('HS') ? 'wireless-super-sim' : 'wireless-usage', usage: price, price}
}

function entry({accountSid, createdAt}: {accountSid: string; createdAt: number}, amounts: Amounts): UsageEntry {
  return {accountSid, day: dayOf(createdAt), count: 1, ...amounts}
}

export interface Total {
  readonly count: number
  readonly usage: number
  readonly price: number
}

/** The sum of a category in a period. The usage of the category `totalprice` is its price. */
export function totalOf(entries: readonly UsageEntry[], category: string, {from, to}: Period): Total {
  const counted = entries.filter(({day, category: part}) => day >= from && day <= to && countsIn(part, category))
  const sum = (field: keyof Total): number => counted.reduce((total, each) => total + each[field], 0)
  const price = sum('price')
  return category === 'totalprice' ? {count: 0, usage: price, price} : {count: sum('count'), usage: sum('usage'), price}
}
