import {requireActiveSubaccount, requireReady, requireRecord} from '../addon/info.js'
import type {Means} from '../addon/means.js'
import type {AddonRecord} from '../addon/record.js'
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
  const {main, registry} = means
  const record = await requireRecord(means, appSpace)
  requireReady(record)
  const account = await requireActiveSubaccount(main, record)
  const sims = twilioCarrier(subaccount(main, account))
  const orders = new OrderBook(main, registry.name)
  return {means: {...means, appSpace, accountSid: account.sid, sims, stock: twilioCarrier(main), orders}, record}
}
