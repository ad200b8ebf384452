import {usage} from '../errors.js'

/** How many SIMs are asked for. @throws {Failure} `usage` */
export function checkQuantity(quantity: number | undefined, eids: readonly string[]): number {
  if (eids.length > 0) {
    if (quantity !== undefined && quantity !== eids.length) {
      throw usage(
        'QUANTITY_MISMATCH',
        `--quantity ${quantity} does not go with ${eids.length} --eid.`,
        'Leave --quantity out: each --eid is one profile.',
      )
    }
    return eids.length
  }
  if (quantity === undefined) throw usage('QUANTITY_MISSING', 'How many?', 'Add --quantity N.')
  if (quantity >= 1) return quantity
  throw usage(
    'QUANTITY_INVALID',
    `--quantity ${quantity} cannot be.`,
    "Order one or more; what is left of the plan's limit: add --dry-run.",
  )
}

/** EIDs are 32 digits (GSMA SGP.29). @throws {Failure} `usage` */
export function checkEids(eids: readonly string[]): string[] {
  const plain = eids.map((eid) => eid.replaceAll(/[\s-]/g, ''))
  const wrong = plain.find((eid) => !/^\d{32}$/.test(eid))
  if (wrong !== undefined)
    throw usage(
      'EID_INVALID',
      `--eid ${wrong} is not an EID.`,
      'It has 32 digits: dial *#06# on the device, or see its settings.',
    )
  const twice = plain.find((eid, at) => plain.indexOf(eid) !== at)
  if (twice !== undefined) throw usage('EID_TWICE', `--eid ${twice} is given twice.`, 'Give each EID once.')
  return plain
}
