import {requireActiveSubaccount, requireReady, requireRecord} from '../addon/info.js'
import type {Means} from '../addon/means.js'
import type {AddonRecord} from '../addon/record.js'
import type {Account} from '../twilio/accounts.js'
import {subaccount} from '../twilio/connect.js'
import {twilioCarrier} from '../twilio/sims/carrier.js'
import type {SimCarrier} from './carrier.js'
import {OrderBook} from './order-book.js'

/** What the work on an app-space's SIMs needs. */
export interface SimMeans extends Means {
  readonly appSpace: string
  readonly accountSid: string
  /** Of the app-space's subaccount. */
  readonly sims: SimCarrier
  /** Of the main account: its cards in stock. */
  readonly stock: SimCarrier
  readonly orders: OrderBook
}

/** @throws {Failure} `notFound` without an add-on, `conflict` while it is not ready, `refused` where its account is not active. */
export async function simMeans(means: Means, appSpace: string): Promise<{means: SimMeans; record: AddonRecord}> {
  const record = await requireRecord(means, appSpace)
  requireReady(record)
  const account = await requireActiveSubaccount(means.main, record)
  return {means: simMeansOf(means, appSpace, account), record}
}

export function simMeansOf(means: Means, appSpace: string, account: Account): SimMeans {
  const {main, registry} = means
  return {
    ...means,
    appSpace,
    accountSid: account.sid,
    sims: twilioCarrier(subaccount(main, account)),
    stock: twilioCarrier(main),
    orders: new OrderBook(main, registry.name),
  }
}
