import type {AddonContext} from '../addon/context.js'
import {askByName, requireActive, requireReady, requireRecord} from '../addon/info.js'
import type {AddonRecord} from '../addon/record.js'
import type {SimCarrier} from '../carrier/port.js'
import {type CarrierName, carriers, type SimService} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import {conflict, type Failure} from '../errors.js'
import type {Account} from '../twilio/accounts.js'
import type {OrderRecord} from './order.js'
import {OrderBook} from './order-book.js'

/** What the work on an app-space's SIMs needs. */
export interface SimContext extends AddonContext {
  readonly appSpace: string
  readonly accountSid: string
  readonly service: SimService
  /** Of the app-space. */
  readonly sims: SimCarrier
  /** Of the cards that no app-space has. */
  readonly stock: SimCarrier
  readonly orders: OrderBook
}

/**
 * @throws {Failure} `notFound` without an add-on; `conflict` while it is unfinished, and where its SIMs are with another carrier;
 * `refused` where its account is not active.
 */
export async function openSims(
  context: AddonContext,
  appSpace: string,
): Promise<{context: SimContext; record: AddonRecord}> {
  const sameName = askByName(context, appSpace)
  const record = await requireRecord(context, appSpace)
  requireReady(record)
  const account = await requireActive(context, record, sameName)
  return {context: await simContextOf(context, record, account), record}
}

/** @throws {Failure} `conflict` where the add-on's SIMs are with another carrier than the chosen one. */
export async function simContextOf(
  context: AddonContext,
  record: AddonRecord,
  account: Pick<Account, 'sid' | 'authToken'>,
): Promise<SimContext> {
  return simContextAt(context, {record, account, service: await requireCarrier(context, record)})
}

/** The same at that carrier, whoever is chosen. */
export function simContextAt(
  context: AddonContext,
  {
    record: {appSpace},
    account,
    service,
  }: {
    readonly record: AddonRecord
    readonly account: Pick<Account, 'sid' | 'authToken'>
    readonly service: SimService
  },
): SimContext {
  const {main, registry, akkeris} = context
  const orders = new OrderBook(main, registry.name)
  return {
    ...context,
    appSpace,
    accountSid: account.sid,
    service,
    sims: service.carrierOf({appSpace, host: akkeris.host, registry: registry.name, account}),
    stock: service.stock(),
    orders,
  }
}

/** The same where there may be SIMs; undefined where it is certain that there are none, without asking the carrier. */
export async function simContextIfAny(
  context: AddonContext,
  record: AddonRecord,
  account: Pick<Account, 'sid' | 'authToken'>,
): Promise<SimContext | undefined> {
  const service = await requireCarrier(context, record)
  if (!carriers[service.name].isInSubaccount && (await carrierOf(context, record)) === undefined) {
    const {length} = await new OrderBook(context.main, context.registry.name).list(record.appSpace)
    if (length === 0) return undefined
  }
  return simContextOf(context, record, account)
}

/** Who serves the add-on's SIMs. @throws {Failure} `conflict` where that is not who is chosen: it would count wrongly. */
export async function requireCarrier(context: AddonContext, record: AddonRecord): Promise<SimService> {
  const service = await context.simService()
  requireSameCarrier(service, record, service.name === 'twilio' ? record.simCarrier : await carrierOf(context, record))
  return service
}

export function requireSameCarrier(
  {name}: Pick<SimService, 'name'>,
  {appSpace}: Pick<AddonRecord, 'appSpace'>,
  theirs: CarrierName | undefined,
): void {
  if (theirs !== undefined && theirs !== name) throw carrierMismatch(appSpace, theirs, name)
}

export function carrierMismatch(appSpace: string, theirs: CarrierName, chosen: CarrierName): Failure {
  const [there, here] = [carriers[theirs].title, carriers[chosen].title]
  return conflict(
    'SIM_CARRIER_MISMATCH',
    `The SIMs of ${appSpace} are with ${there}, and this run is for those of ${here}.`,
    `To use those of ${there}: ${ourCommand(`twilio:settings set sim-carrier ${theirs}`)}`,
  )
}

async function carrierOf(
  {main, registry}: Pick<AddonContext, 'main' | 'registry'>,
  record: AddonRecord,
): Promise<CarrierName | undefined> {
  if (record.simCarrier !== undefined) return record.simCarrier
  const orders = await new OrderBook(main, registry.name).list(record.appSpace)
  return recordedCarrier(
    record,
    orders.map((entry) => entry.record),
  )
}

/** Whom an add-on's SIMs are with; undefined before its first. Orders that say nothing are of versions that knew Twilio alone. */
export function recordedCarrier(
  {simCarrier, reservations}: Pick<AddonRecord, 'simCarrier' | 'reservations'>,
  orders: readonly OrderRecord[],
): CarrierName | undefined {
  if (simCarrier !== undefined) return simCarrier
  return reservations.length > 0 || orders.some(({carrier}) => carrier === undefined) ? 'twilio' : undefined
}
