import {formatAddress} from '../../../../lib/sims/address.js'
import {type OrderRecord, simQuantity} from '../../../../lib/sims/order.js'
import type {
  OrderedProfile,
  SimOrderPlacedDocument,
  SimOrderQuoteDocument,
} from '../../../../lib/sims/order-document.js'
import type {OrderPlan} from '../../../../lib/sims/plan-order.js'
import type {Price} from '../../../../lib/sims/quote.js'
import {count} from '../../../../lib/text.js'
import type {StoredAddress} from '../../../../lib/twilio/regulation.js'
import type {Colors} from '../../colors.js'
import {fields} from '../../fields.js'
import {nextSteps} from '../../next-steps.js'
import {qrForTerminal} from '../../qr.js'
import {simSources} from '../../sim-orders.js'

/** Before an order is placed or resumed. */
export function renderOrderPlan(plan: OrderPlan, address: StoredAddress | undefined): string {
  return plan.state === 'new' ? renderQuote(plan.quote, address) : resumingSentence(plan.record)
}

/** With `--dry-run`. */
export function renderOrderPreview(plan: OrderPlan, address: StoredAddress | undefined): string {
  if (plan.state === 'new') return `${renderQuote(plan.quote, address)}\n\nNothing was ordered.`
  return renderUnfinished(plan.record)
}

/** What an order would cost and leave. */
function renderQuote(
  {kind, quantity, appSpace, plan, limit, held, onOrder, leftAfter, price}: SimOrderQuoteDocument,
  address: StoredAddress | undefined,
): string {
  return fields([
    ['Order', `${simQuantity(kind, quantity)} for ${appSpace}`],
    ['Price', priceSentence(price)],
    ...(address ? [['Ship to', formatAddress(address)] as const] : []),
    ['Limit', `${limit} (twilio:${plan}): ${held} held, ${onOrder} on order, ${leftAfter} left after this`],
  ])
}

function priceSentence({once, perMonth, startsPerMonth}: Price): string {
  if (once === 0) return 'nothing on top of the plan'
  return startsPerMonth
    ? `$${count(once)} once, and $${perMonth}/month from the first card on`
    : `$${count(once)} once; the $${perMonth}/month for cards is charged already`
}

function renderUnfinished({order, kind, quantity, appSpace}: OrderRecord): string {
  return `Order ${order} (${simQuantity(kind, quantity)} for ${appSpace}) was interrupted and would be resumed.\nNothing was ordered. To see what another order would cost: add --new.`
}

function resumingSentence({order, state}: OrderRecord): string {
  return state === 'open'
    ? `Resuming order ${order}, which was interrupted.`
    : `Order ${order} was placed by a run that could not report it: nothing is ordered again. To place the same order again, add --new.`
}

export async function renderPlaced(document: SimOrderPlacedDocument, colors: Colors): Promise<string> {
  const {order, state, kind, quantity, fromStock, waiting, profiles, next} = document
  // Of an order of cards, what neither came from stock nor is still to come is registered.
  const registered = kind === 'card' ? quantity - fromStock.length - waiting : 0
  const shown = await Promise.all(profiles.map(async (profile) => renderProfile(profile, colors)))
  return [
    `Order ${order}: ${state}. ${simSources({...document, registered})}.`,
    ...shown,
    '',
    nextSteps([next], colors),
  ].join('\n')
}

async function renderProfile(
  {sid, status, iccid, activationCode, lpa, problem, qrFile}: OrderedProfile,
  colors: Colors,
): Promise<string> {
  const heading = `\n  ${sid}  ${problem === null ? status : `failed: ${problem}`}${iccid === null ? '' : `, ICCID ${iccid}`}`
  if (activationCode === null) return heading
  const drawn = qrFile === null ? await qrForTerminal(activationCode, {colors: colors.level > 0}) : `  ${qrFile}`
  return `${heading}\n${drawn}\n  ${lpa ?? ''}`
}
