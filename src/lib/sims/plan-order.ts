import type {SimContext} from './context.js'
import type {OrderRecord} from './order.js'
import type {OrderEntry} from './order-book.js'
import {
  quoteDocument,
  type SimOrderQuoteDocument,
  type SimOrderUnfinishedDocument,
  unfinishedDocument,
} from './order-document.js'
import type {OrderRequest} from './order-request.js'
import {quote} from './quote.js'
import {readLedger} from './reserve.js'

/** What `placeOrder` would do: place another order, or resume an interrupted one. */
export type OrderPlan =
  | {readonly state: 'new'; readonly quote: SimOrderQuoteDocument}
  | {readonly state: 'unfinished'; readonly record: OrderRecord}

/** @throws {Failure} `plan` when the limit does not allow another order. */
export async function planOrder(
  context: SimContext,
  request: OrderRequest,
  unfinished: OrderEntry | undefined,
): Promise<OrderPlan> {
  if (unfinished) return {state: 'unfinished', record: unfinished.record}
  const {kind, quantity} = request
  return {
    state: 'new',
    quote: quoteDocument(context.appSpace, request, quote(await readLedger(context), kind, quantity)),
  }
}

export function orderPreviewDocument(plan: OrderPlan): SimOrderQuoteDocument | SimOrderUnfinishedDocument {
  return plan.state === 'new' ? plan.quote : unfinishedDocument(plan.record)
}
