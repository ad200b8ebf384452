import type {AddonContext} from '../addon/context.js'
import {askByName, requireActive, requireReady, requireRecord} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import type {SimCarrier} from '../carrier/port.js'
import type {Account} from '../twilio/accounts.js'
import {subaccount} from '../twilio/connect.js'
import {twilioCarrier} from '../twilio/sims/carrier.js'
import {OrderBook} from './order-book.js'

/** What the work on an app-space's SIMs needs. */
export interface SimContext extends AddonContext {
  readonly appSpace: string
  readonly accountSid: string
  /** Of the app-space's subaccount. */
  readonly sims: SimCarrier
  /** Of the main account: its cards in stock. */
  readonly stock: SimCarrier
  readonly orders: OrderBook
}

/** @throws {Failure} `notFound` without an add-on, `conflict` while it is unfinished, `refused` where its account is not active. */
export async function openSims(
  context: AddonContext,
  appSpace: string,
): Promise<{context: SimContext; record: AddonRecord}> {
  const sameName = askByName(context, appSpace)
  const record = await requireRecord(context, appSpace)
  requireReady(record)
  const account = await requireActive(context, record, sameName)
  return {context: simContextOf(context, appSpace, account), record}
}

/** The one place that chooses the carrier. */
export function simContextOf(context: AddonContext, appSpace: string, account: Account): SimContext {
  const {main, registry} = context
  return {
    ...context,
    appSpace,
    accountSid: account.sid,
    sims: twilioCarrier(subaccount(main, account)),
    stock: twilioCarrier(main),
    orders: new OrderBook(main, registry.name),
  }
}
