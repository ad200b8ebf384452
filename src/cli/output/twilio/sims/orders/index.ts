import type {ESimProfile} from '../../../../../lib/carrier/port.js'
import {lpaOf} from '../../../../../lib/sims/lpa.js'
import {isOutstanding, type OrderState, simQuantity} from '../../../../../lib/sims/order.js'
import {type ListedSimOrder, profilesOf} from '../../../../../lib/sims/order-document.js'
import type {Colors} from '../../../colors.js'
import {nextStep} from '../../../next-steps.js'
import {simSources} from '../../../sim-orders.js'
import {table} from '../../../table.js'
import {age} from '../../../time.js'

export function renderOrders(
  orders: readonly ListedSimOrder[],
  {all, state}: {readonly all: boolean; readonly state?: OrderState | undefined},
): string {
  if (orders.length === 0) return state === undefined ? 'There are no SIM orders.' : `No SIM order is ${state}.`
  const rows = orders.map((order) => [
    order.order,
    ...(all ? [order.appSpace] : []),
    simQuantity(order.kind, order.quantity),
    order.state,
    simSources({...order, registered: order.registered.length}),
    age(order.createdAt),
  ])
  return table(['Order', ...(all ? ['App-space'] : []), 'What', 'State', 'From', 'Age'], rows)
}

/** What there is to know of an order beside its row: tracking, activation codes and what happens next; undefined for none. */
export function renderOrderDetails(
  order: ListedSimOrder,
  profiles: readonly ESimProfile[],
  colors: Colors,
): string | undefined {
  const codes = profilesOf(order, profiles).flatMap(({iccid, activationCode}) =>
    activationCode === undefined ? [] : [`  ${iccid ?? ''}  ${lpaOf(activationCode)}`],
  )
  const lines = [
    ...(order.tracking === null ? [] : [`  tracking ${order.tracking}`]),
    ...codes,
    ...(isOutstanding(order) ? [nextStep(order.next, colors)] : []),
  ]
  return lines.length === 0 ? undefined : ['', order.order, ...lines].join('\n')
}
