import {count} from '../addon/format.js'
import type {OrderKind, OrderRecord, OrderState} from './order.js'
import type {Price} from './quote.js'

/** `1 SIM card`, `3 eSIM profiles` */
export function units(kind: OrderKind, quantity: number): string {
  const unit = kind === 'esim' ? 'eSIM profile' : 'SIM card'
  return `${count(quantity)} ${unit}${quantity === 1 ? '' : 's'}`
}

/** `$10 once, and $40/month from now on` */
export function priceInWords({once, perMonth, startsPerMonth}: Price): string {
  if (once === 0) return 'nothing from the plan'
  return startsPerMonth
    ? `$${count(once)} once, and $${perMonth}/month from the first card on`
    : `$${count(once)} once; the $${perMonth}/month for cards are paid already`
}

/** Where an order's SIMs come from: `4 from stock, 6 from the administrator`. */
export function sourcesInWords({kind, quantity, stock, iccids, seller, profiles}: OrderRecord): string {
  if (kind === 'esim') return `${profiles.length} of ${quantity} ordered from Twilio`
  const rest = quantity - stock.length - iccids.length
  const from = seller === 'endpoint' ? 'the ordering endpoint' : 'the administrator'
  return [
    stock.length > 0 && `${stock.length} from stock`,
    iccids.length > 0 && `${iccids.length} registered`,
    rest > 0 && `${rest} ${seller === undefined ? 'still to be got' : `from ${from}`}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What happens next with an order in this state. */
export function nextInWords({state, kind, order, appSpace, seller}: OrderRecord): string {
  if (kind === 'esim' && state === 'ordered')
    return `Twilio makes the profiles available: aka twilio:sims:orders -a ${appSpace}`
  const register = `registers them: aka twilio:sims:register -a ${appSpace} --file cards.csv`
  const next: Readonly<Record<OrderState, string>> = {
    open: 'It was cut short: run the same order again to go on with it.',
    waiting: `The administrator orders the cards (https://console.twilio.com/us1/develop/sims/super-sim), then says so: aka twilio:sims:orders:update ${order} --state ordered`,
    ordered: `${seller === 'endpoint' ? 'The seller' : 'Twilio'} ships the cards. Whoever gets them ${register}`,
    shipped: `The cards are on their way. Whoever gets them ${register}`,
    delivered: `Whoever has the cards ${register}`,
    complete: `The SIMs are there: aka twilio:sims -a ${appSpace}`,
    cancelled: 'Nothing: it was cancelled.',
  }
  return next[state]
}
