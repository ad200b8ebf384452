import {sendOnce} from '../transport/idempotent.js'
import type {TwilioAccount} from '../twilio/connect.js'
import {listNumbers, updateNumber, type OwnedNumber, type Webhooks} from '../twilio/numbers.js'

/** Makes a number call what is given; an empty string takes one away. Sends nothing where it does already. */
export async function setWebhooks(account: TwilioAccount, number: OwnedNumber, wanted: Webhooks): Promise<OwnedNumber> {
  const {sid, e164} = number
  if (differing(number, wanted).length === 0) return number
  const look = async () => {
    const now = (await listNumbers(account, {e164})).find((each) => each.sid === sid)
    return now && differing(now, wanted).length === 0 ? now : undefined
  }
  return sendOnce(account.transport, {send: () => updateNumber(account, sid, wanted), find: look})
}

/** What of it a number does not call yet. */
export function differing<Wanted extends Webhooks>({webhooks}: OwnedNumber, wanted: Wanted): (keyof Wanted)[] {
  const keys = Object.keys(wanted) as (keyof Webhooks & keyof Wanted)[]
  return keys.filter((key) => (webhooks[key] ?? '') !== wanted[key])
}
