import type {AddonContext} from '../addon/context.js'
import {allOf} from '../all-of.js'
import {refused} from '../errors.js'
import type {SendGuard} from '../transport/idempotent.js'
import {refusedWith, twilioCodes} from '../twilio/errors.js'
import {ensureNumber, ensureTransferredIn, type NumberSettings, type OwnedNumber} from '../twilio/numbers.js'
import type {Subaccount} from '../twilio/subaccount.js'
import type {CreatedNumbers} from './created.js'

/** Where a number is acquired, and by which run. */
export interface Destination {
  readonly lease: SendGuard & {renew(): Promise<void>}
  readonly sub: Subaccount
  readonly created: CreatedNumbers
}

export interface Purchase extends Destination {
  /** E.164, in the order in which they are tried. */
  readonly numbers: readonly string[]
  /** What else could be bought, when somebody else was faster each time; none where it must be just that number. */
  readonly more?: () => Promise<readonly string[]>
  /** Called before the next number is tried: should the request have bought this one after all, it is a duplicate. */
  readonly onTaken?: (e164: string) => Promise<void>
  readonly settings: NumberSettings
  /** Whether an earlier run may have bought one of them without knowing. */
  readonly isResumed: boolean
}

/** How many numbers are tried. */
const mostTried = 30

/**
 * Buys one of the numbers, once. When somebody else was faster, the list is asked for again: whoever took the one has probably taken
 * others of it.
 * @throws {Failure} `refused` when there is none left.
 */
export async function buyOne({progress, claimed = new Set()}: AddonContext, purchase: Purchase): Promise<OwnedNumber> {
  const {lease: guard, sub, created, more, onTaken, settings, isResumed: mayBeOurs} = purchase
  const tried = new Set<string>()
  let {numbers} = purchase
  while (tried.size < mostTried) {
    // One that an earlier run may have bought is ours to try, whoever else wants it.
    const isFree = (each: string) => !tried.has(each) && (mayBeOurs || !claimed.has(each))
    if (more && !numbers.some(isFree)) numbers = await more()
    const e164 = numbers.find(isFree)
    if (e164 === undefined) break
    claimed.add(e164)
    try {
      const number = await progress(`buying ${e164} in ${sub.account.sid}`, () =>
        ensureNumber(sub, e164, {settings, guard, mayBeOurs}),
      )
      created.bought.push({number, account: sub.twilio})
      return number
    } catch (error) {
      if (!more || !refusedWith(error, twilioCodes.numberTaken)) throw error
      tried.add(e164)
      ;[numbers] = await allOf([more(), onTaken?.(e164)])
    }
  }
  throw refused(
    'NO_NUMBERS_AVAILABLE',
    'Every number that Twilio offered was taken by somebody else first.',
    'Ask for a wider choice, e.g. without --area-code or --contains.',
  )
}

/** Transfers a number of the main account into the subaccount. That it is to be transferred must be recorded before. */
export async function transferIn(
  {main, progress}: AddonContext,
  {lease, sub, created}: Destination,
  number: OwnedNumber,
  settings: NumberSettings,
): Promise<void> {
  created.transferred = {number, to: sub.account.sid, settings}
  await lease.renew()
  await progress(`moving ${number.e164} from the main account into ${sub.account.sid}`, () =>
    ensureTransferredIn(main, sub, number, settings),
  )
}
