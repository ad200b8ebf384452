import type {AddonContext} from '../addon/context.js'
import {requireSubaccount, subaccountClosed} from '../addon/info.js'
import {webhookNames, type WebhookUrls} from '../addon/number-options.js'
import type {AddonRecord} from '../addon/record.js'
import type {SeenAddon} from '../addon/see-all.js'
import {type Alert, alertsAmong} from '../alerts/alert.js'
import {watchedKinds} from '../alerts/watched.js'
import {allOf} from '../all-of.js'
import {heldBy} from '../number/read.js'
import {numberGone} from '../number/set.js'
import type {Account} from '../twilio/accounts.js'
import {readerIn} from '../twilio/connect.js'
import {listUsageTriggers} from '../twilio/usage-triggers.js'
import type {MeteredKind} from '../usage/kinds.js'

/** What a file can say of an add-on, as it is. */
export interface AddonState {
  readonly record: AddonRecord
  readonly configVars: SeenAddon['configVars']
  /** Those that a number calls. */
  readonly urls: Required<WebhookUrls>
  readonly alerts: readonly Alert[]
  /** What alerts can be about. */
  readonly kinds: readonly MeteredKind[]
}

/**
 * Of an add-on that is ready.
 * @param accounts the subaccounts of the main account
 * @throws {Failure} where its subaccount was closed, or its number is gone
 */
export async function readState(
  context: AddonContext,
  {record, accountStatus, configVars}: SeenAddon,
  accounts: ReadonlyMap<string, Account>,
): Promise<AddonState> {
  const {main} = context
  if (accountStatus === 'closed') throw subaccountClosed(record)
  const known = accounts.get(record.accountSid ?? '')
  const account = known ? Promise.resolve(known) : requireSubaccount(main, record)
  const reader = readerIn(main, () => account)
  const [{held, recorded}, triggers, kinds] = await allOf([
    heldBy(context, record, account),
    reader.then((twilio) => listUsageTriggers(twilio, record.accountSid)),
    watchedKinds(context, record),
  ])
  const number = held.find(({sid}) => sid === recorded.sid)
  if (!number) throw numberGone(record.appSpace, recorded.e164)
  const urls = Object.fromEntries(webhookNames.map((name) => [name, number.webhooks[name] ?? '']))
  return {record, configVars, urls: urls as Required<WebhookUrls>, alerts: alertsAmong(triggers), kinds}
}
