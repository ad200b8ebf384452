import {refused} from '../errors.js'
import type {Lease} from '../registry/lease.js'
import {isMissing, refusedWith, twilioCodes} from '../twilio/errors.js'
import {buyNumber, listNumbers, moveNumber, type NumberSettings, type OwnedNumber} from '../twilio/numbers.js'
import {cloneBundle, createAddress, fetchAddress, findAddress, findBundle} from '../twilio/regulation.js'
import type {Created, Subaccount} from '../lifecycle/create/acquire.js'
import type {Regulation} from './search.js'
import type {AddonContext} from '../addon/context.js'
import {sendOnce} from '../transport/idempotent.js'
import type {AddonRecord} from '../addon/record.js'

/** Where a number is to be, and who wants it there. */
export interface Place {
  readonly lease: Lease<AddonRecord>
  readonly sub: Subaccount
  readonly made: Created
}

export interface Purchase extends Place {
  /** E.164, the best first. */
  readonly numbers: readonly string[]
  /** What else could be bought, when somebody else was faster each time; none where it must be just that number. */
  readonly more?: () => Promise<readonly string[]>
  /** Called before the next number is tried: should the request have bought this one after all, it is one too many. */
  readonly onTaken?: (e164: string) => Promise<void>
  readonly options: NumberSettings
}

/** Buys one of the numbers, once. @throws {Failure} `refused` when there is none left. */
export async function buyOne({main}: AddonContext, purchase: Purchase): Promise<OwnedNumber> {
  const {lease, sub, made, more, onTaken, options} = purchase
  for (let list = 1; list <= 3; list++) {
    for (const e164 of list === 1 ? purchase.numbers : ((await more?.()) ?? [])) {
      const look = async () => (await listNumbers(sub.twilio, {e164}))[0]
      const make = () => sub.whenSeen(() => buyNumber(sub.twilio, e164, options, {beforeEachTry: lease.requireTime}))
      try {
        const number = await sendOnce(main.transport, {find: look, send: () => lease.withTime(make)})
        made.bought.push({number, account: sub.twilio})
        return number
      } catch (error) {
        if (!refusedWith(error, twilioCodes.numberTaken)) throw error
        // Taken by a request of ours that was thought lost?
        const ours = await look()
        if (ours) {
          made.bought.push({number: ours, account: sub.twilio})
          return ours
        }
        if (!more) throw error
        await onTaken?.(e164)
      }
    }
  }
  throw refused(
    'NO_NUMBERS',
    'Every number that Twilio offered was taken by somebody else first.',
    'Ask for a wider choice, e.g. without --area-code or --contains.',
  )
}

/** Moves a number of the main account into the subaccount. That it is to be moved must be written down before. */
export async function transferIn(
  {main}: AddonContext,
  {lease, sub, made}: Place,
  number: OwnedNumber,
  options: NumberSettings,
): Promise<void> {
  const {sid, e164} = number
  const to = sub.account.sid
  made.transferred = {number, to, options}
  const look = async () => (await listNumbers(sub.twilio, {e164})).find((each) => each.sid === sid)
  const make = async () => {
    await lease.renew()
    try {
      return await sub.whenSeen(() => moveNumber(main, {number: sid, from: main.sid, to, options}))
    } catch (error) {
      // No longer in the main account: moved by a request that was thought lost?
      const moved = isMissing(error) ? await look() : undefined
      if (!moved) throw error
      return moved
    }
  }
  await sendOnce(main.transport, {send: make, find: look})
}

/** Addresses and bundles belong to one account: the subaccount gets copies of the main account's. */
export async function copyRegulatory(
  {main, progress}: AddonContext,
  {lease, sub}: Pick<Place, 'lease' | 'sub'>,
  {addressSid, bundleSid}: Regulation,
): Promise<Regulation> {
  const sending = {beforeEachTry: lease.requireTime}
  const copied: {addressSid?: string; bundleSid?: string} = {}
  if (addressSid !== undefined) {
    progress(`copying the address ${addressSid} into ${sub.account.sid}`)
    const address = await fetchAddress(main, addressSid)
    const look = () => sub.whenSeen(() => findAddress(sub.twilio, address))
    copied.addressSid =
      (await look()) ??
      (await sendOnce(main.transport, {
        find: look,
        send: () => lease.withTime(() => createAddress(sub.twilio, address, sending)),
      }))
  }
  if (bundleSid !== undefined) {
    progress(`copying the bundle ${bundleSid} into ${sub.account.sid}`)
    const friendlyName = `aka-twilio ${bundleSid}`
    const look = () => sub.whenSeen(() => findBundle(sub.twilio, friendlyName))
    copied.bundleSid =
      (await look()) ??
      (await sendOnce(main.transport, {
        find: look,
        send: () => lease.withTime(() => cloneBundle(main, {bundleSid, to: sub.account.sid, friendlyName}, sending)),
      }))
  }
  return copied
}
