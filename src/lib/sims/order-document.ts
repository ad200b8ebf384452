import type {PlanName} from '../addon/plans.js'
import type {ESimProfile} from '../carrier/port.js'
import type {CarrierName} from '../carrier/service.js'
import type {ResultErrors} from '../error-document.js'
import {type Failure, refused} from '../errors.js'
import {lpaOf} from './lpa.js'
import {nextStepAfter, nextStepOf} from './next-step.js'
import type {OrderKind, OrderRecord, OrderSeller, OrderState} from './order.js'
import type {OrderRequest} from './order-request.js'
import type {Placed} from './place-order.js'
import type {Price, Quote} from './quote.js'

/** An order that was placed or resumed; with `--dry-run` its quote, or the interrupted order that would be resumed. */
export type SimOrderDocument = SimOrderPlacedDocument | SimOrderQuoteDocument | SimOrderUnfinishedDocument

/** Whom an order's SIMs are with. */
interface OtherCarrier {
  /** Only where that is not Twilio. */
  readonly carrier?: CarrierName
}

/** An order that was placed, or resumed; each eSIM profile that failed is one of `errors`. */
export interface SimOrderPlacedDocument extends ResultErrors, OtherCarrier {
  /** The order's id. */
  readonly order: string
  /** Whether an interrupted order was resumed. */
  readonly resumed: boolean
  readonly appSpace: string
  readonly kind: OrderKind
  readonly quantity: number
  /** docs/sim-orders.md */
  readonly state: OrderState
  /** SIDs of cards that came from the main account's stock. */
  readonly fromStock: readonly string[]
  /** How many cards are still to come. */
  readonly waiting: number
  /** Who sells what did not come from stock. */
  readonly seller: OrderSeller | null
  /** The seller's reference. */
  readonly reference: string | null
  /** Where cards are shipped to. */
  readonly addressSid: string | null
  readonly profiles: readonly OrderedProfile[]
  /** What happens next, for a person. */
  readonly next: string
}

/** An eSIM profile of an order. */
export interface OrderedProfile {
  readonly sid: string
  readonly status: ESimProfile['status']
  /** Of the device it was ordered for. */
  readonly eid: string | null
  /** SID of the SIM, once there is one. */
  readonly sim: string | null
  readonly iccid: string | null
  /** What a device needs to fetch it. */
  readonly activationCode: string | null
  /** The same as its QR code has it, and as it can be typed: `LPA:1$…`. */
  readonly lpa: string | null
  /** Why it failed. */
  readonly problem: string | null
  /** The PNG file with its QR code, with `--qr-dir`. */
  readonly qrFile: string | null
}

/** What an order would cost and leave. */
export interface SimOrderQuoteDocument {
  readonly dryRun: true
  readonly appSpace: string
  readonly kind: OrderKind
  readonly quantity: number
  readonly plan: PlanName
  /** SIMs that the plan allows. */
  readonly limit: number
  readonly held: number
  readonly onOrder: number
  /** How many more could be ordered after this order. */
  readonly leftAfter: number
  readonly price: Price
  /** Where cards would be shipped to. */
  readonly addressSid: string | null
}

/** An interrupted order that would be resumed. */
export interface SimOrderUnfinishedDocument {
  readonly dryRun: true
  /** The order's id. */
  readonly unfinished: string
  readonly appSpace: string
  readonly kind: OrderKind
  readonly quantity: number
  readonly addressSid: string | null
}

/** The eSIM profiles of an order that will never come. */
export function profileFailures({profiles}: Placed): Failure[] {
  return profiles
    .filter(({status}) => status === 'failed')
    .map(({sid, problem}) =>
      refused('ESIM_PROFILE_FAILED', `${sid} failed${problem === undefined ? '' : `: ${problem.replace(/\.$/, '')}`}.`),
    )
}

/** @param files the files with QR codes, by the profile's SID */
export function placedDocument(
  placed: Placed,
  {resumed, files}: {readonly resumed: boolean; readonly files: ReadonlyMap<string, string>},
): SimOrderPlacedDocument {
  const {order, kind, quantity, appSpace, state, stock, iccids, seller, reference, addressSid} = placed.order
  return {
    order,
    resumed,
    appSpace,
    kind,
    quantity,
    state,
    fromStock: stock,
    waiting: kind === 'card' ? quantity - stock.length - iccids.length : 0,
    seller: seller ?? null,
    reference: reference ?? null,
    addressSid: addressSid ?? null,
    profiles: placed.profiles.map(({sid, status, eid, sim, iccid, activationCode, problem}) => ({
      sid,
      status,
      eid: eid ?? null,
      sim: sim ?? null,
      iccid: iccid ?? null,
      activationCode: activationCode ?? null,
      lpa: activationCode === undefined ? null : lpaOf(activationCode),
      problem: problem ?? null,
      qrFile: files.get(sid) ?? null,
    })),
    ...otherCarrier(placed.order),
    next: nextStepAfter(placed),
  }
}

export function quoteDocument(
  appSpace: string,
  {kind, quantity, address}: Pick<OrderRequest, 'kind' | 'quantity' | 'address'>,
  {plan, limit, allocation, leftAfter, price}: Quote,
): SimOrderQuoteDocument {
  const {held, onOrder} = allocation
  const addressSid = address?.sid ?? null
  return {dryRun: true, appSpace, kind, quantity, plan, limit, held, onOrder, leftAfter, price, addressSid}
}

export function unfinishedDocument({
  order,
  appSpace,
  kind,
  quantity,
  addressSid,
}: OrderRecord): SimOrderUnfinishedDocument {
  return {dryRun: true, unfinished: order, appSpace, kind, quantity, addressSid: addressSid ?? null}
}

/** Orders of SIMs, oldest first. */
export interface SimOrderListDocument {
  readonly orders: readonly ListedSimOrder[]
}

export interface ListedSimOrder extends OtherCarrier {
  /** The order's id. */
  readonly order: string
  readonly appSpace: string
  /** The Akkeris host of the app-space. */
  readonly host: string
  /** SID of the subaccount. */
  readonly accountSid: string
  readonly kind: OrderKind
  readonly quantity: number
  /** docs/sim-orders.md */
  readonly state: OrderState
  /** SIDs of cards that came from the main account's stock. */
  readonly fromStock: readonly string[]
  /** SIDs of eSIM profiles. */
  readonly profiles: readonly string[]
  /** Of the eSIM profiles; none with `--all`. */
  readonly activationCodes: readonly string[]
  /** ICCIDs of cards. */
  readonly registered: readonly string[]
  readonly addressSid: string | null
  /** Who sells what did not come from stock. */
  readonly seller: OrderSeller | null
  /** The seller's reference. */
  readonly reference: string | null
  readonly tracking: string | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** What happens next, for a person. */
  readonly next: string
}

export function listedOrder(record: OrderRecord, profiles: readonly ESimProfile[]): ListedSimOrder {
  const {order, appSpace, host, accountSid, kind, quantity, state, stock, iccids, addressSid} = record
  return {
    order,
    appSpace,
    host,
    accountSid,
    kind,
    quantity,
    state,
    fromStock: stock,
    profiles: record.profiles,
    activationCodes: profilesOf(record, profiles).flatMap(({activationCode}) => activationCode ?? []),
    registered: iccids,
    addressSid: addressSid ?? null,
    seller: record.seller ?? null,
    reference: record.reference ?? null,
    tracking: record.tracking ?? null,
    createdAt: record.createdAt,
    ...otherCarrier(record),
    next: nextStepOf(record),
  }
}

function otherCarrier({carrier = 'twilio'}: OrderRecord): OtherCarrier {
  return carrier === 'twilio' ? {} : {carrier}
}

export function profilesOf(order: Pick<OrderRecord, 'profiles'>, profiles: readonly ESimProfile[]): ESimProfile[] {
  return profiles.filter(({sid}) => order.profiles.includes(sid))
}

/** An order as the administrator changed it. */
export interface SimOrderUpdatedDocument {
  /** The order's id. */
  readonly order: string
  readonly appSpace: string
  /** docs/sim-orders.md */
  readonly state: OrderState
  readonly tracking: string | null
}

export function orderUpdatedDocument({order, appSpace, state, tracking}: OrderRecord): SimOrderUpdatedDocument {
  return {order, appSpace, state, tracking: tracking ?? null}
}
