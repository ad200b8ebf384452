import {usage} from '../errors.js'
import type {StoredAddress} from '../twilio/regulation.js'
import type {OrderKind, OrderRecord} from './order.js'
import type {Seller} from './seller.js'

/** What makes two orders the same: an interrupted one is resumed by a request for the same. */
export interface OrderTerms {
  readonly kind: OrderKind
  readonly quantity: number
  readonly eids: readonly string[]
  /** Undefined where any will do. */
  readonly addressSid: string | undefined
}

export interface OrderRequest extends Omit<OrderTerms, 'addressSid'> {
  /** Of cards. */
  readonly address: StoredAddress | undefined
  readonly seller: Seller | undefined
  /** Wait until eSIM profiles are available. */
  readonly follow: boolean
}

export function isSameOrder(
  {kind, quantity, requested = quantity, eids, addressSid}: OrderRecord,
  terms: OrderTerms,
): boolean {
  return (
    kind === terms.kind &&
    requested === terms.quantity &&
    eids.toSorted().join() === terms.eids.toSorted().join() &&
    (terms.addressSid === undefined || terms.addressSid === addressSid)
  )
}

/** What was asked for, checked as far as it can be without asking anybody. @throws {Failure} `usage` */
export function orderTerms(given: {
  readonly esim: boolean
  readonly quantity?: number | undefined
  readonly eid: readonly string[]
  readonly addressSid: string | undefined
}): OrderTerms {
  const eids = checkEids(given.eid)
  const kind = given.esim || eids.length > 0 ? 'esim' : 'card'
  return {kind, quantity: checkQuantity(given.quantity, eids), eids, addressSid: given.addressSid}
}

/** How many SIMs are ordered. @throws {Failure} `usage` */
function checkQuantity(quantity: number | undefined, eids: readonly string[]): number {
  if (eids.length > 0) {
    if (quantity !== undefined && quantity !== eids.length) {
      throw usage(
        'QUANTITY_MISMATCH',
        `--quantity ${quantity} does not match ${eids.length} --eid.`,
        'Leave --quantity out: each --eid is one profile.',
      )
    }
    return eids.length
  }
  if (quantity === undefined) throw usage('QUANTITY_MISSING', 'Missing --quantity.', 'Add --quantity N.')
  if (quantity >= 1) return quantity
  throw usage(
    'QUANTITY_INVALID',
    `--quantity must be 1 or more, not ${quantity}.`,
    "For what is left of the plan's limit: add --dry-run.",
  )
}

/** EIDs are 32 digits (GSMA SGP.29). @throws {Failure} `usage` */
function checkEids(eids: readonly string[]): string[] {
  const plain = eids.map((eid) => eid.replaceAll(/[\s-]/g, ''))
  const wrong = plain.find((eid) => !/^\d{32}$/.test(eid))
  if (wrong !== undefined)
    throw usage(
      'EID_INVALID',
      `--eid ${wrong} is not an EID.`,
      'An EID has 32 digits: dial *#06# on the device, or see its settings.',
    )
  const twice = plain.find((eid, at) => plain.indexOf(eid) !== at)
  if (twice !== undefined) throw usage('EID_DUPLICATE', `--eid ${twice} is given twice.`, 'Give each EID once.')
  return plain
}
