import {isMain} from '../http/auth.js'
import {dayOf, type Period} from '../../lib/days.js'
import type {Account, State} from '../state/state.js'
import type {UsageEntry} from '../state/usage.js'
import {minutesOf} from '../twilio/api/calls.js'
import {billOf} from '../twilio/api/messages.js'
import {chargesOf} from './rentals.js'
import {UNIT_PRICES} from './unit-prices.js'
import {countsIn} from './usage-categories.js'

/** What an account has used until now; a main account, if asked, with what its subaccounts have. */
export function usageOf(
  state: Readonly<State>,
  account: Account,
  now: number,
  {includeSubaccounts = true} = {},
): UsageEntry[] {
  const everybody = includeSubaccounts && isMain(state, account)
  const theirs = <T extends {accountSid: string}>(all: readonly T[]): readonly T[] =>
    everybody ? all : all.filter(({accountSid}) => accountSid === account.sid)
  return [
    ...theirs(state.usage).filter(({day}) => day <= dayOf(now)),
    ...theirs(state.messages).map((message) => entry(message, billOf(message))),
    ...theirs(state.calls)
      .map((call) => ({call, minutes: minutesOf(call, now)}))
      .filter(({minutes}) => minutes > 0)
      .map(({call, minutes}) =>
        entry(call, {category: 'calls-outbound', usage: minutes, price: minutes * UNIT_PRICES.callMinute}),
      ),
    ...theirs(state.smsCommands).map((command) =>
      entry(command, {category: 'wireless-super-sim-smscommands', usage: 1, price: UNIT_PRICES.command}),
    ),
    ...theirs(state.wirelessCommands).map((command) =>
      entry(command, {category: 'wireless-usage-commands', usage: 1, price: UNIT_PRICES.command}),
    ),
    ...theirs(state.rentals).flatMap((rental) => chargesOf(rental, now)),
  ]
}

function entry(
  {accountSid, createdAt}: {accountSid: string; createdAt: number},
  bill: Pick<UsageEntry, 'category' | 'usage' | 'price'>,
): UsageEntry {
  return {accountSid, day: dayOf(createdAt), count: 1, ...bill}
}

export interface Total {
  readonly count: number
  readonly usage: number
  readonly price: number
}

/** What the usage in a category comes to in a period. The usage of the total price is the price. */
export function totalOf(entries: readonly UsageEntry[], category: string, {from, to}: Period): Total {
  const counted = entries.filter(({day, category: part}) => day >= from && day <= to && countsIn(part, category))
  const sum = (field: keyof Total): number => counted.reduce((total, each) => total + each[field], 0)
  const price = sum('price')
  return category === 'totalprice' ? {count: 0, usage: price, price} : {count: sum('count'), usage: sum('usage'), price}
}

/** As Twilio writes amounts: with as many decimals as they need, five at most. */
export function decimal(amount: number): string {
  return String(Number(amount.toFixed(5)))
}
