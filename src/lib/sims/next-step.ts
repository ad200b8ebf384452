import {carriers} from '../carrier/service.js'
import {ourCommand} from '../command-line.js'
import type {OrderRecord, OrderState} from './order.js'
import type {Placed} from './place-order.js'

/** What happens next with an order, in a sentence: for a person, and in the order's document. */
export function nextStepOf({state, kind, order, appSpace, seller, carrier = 'twilio'}: OrderRecord): string {
  const {title, console} = carriers[carrier]
  if (kind === 'esim' && state === 'ordered')
    return `${title} makes the profiles available: ${ourCommand(`twilio:sims:orders -a ${appSpace}`)}`
  const register = `registers them: ${ourCommand(`twilio:sims:register -a ${appSpace} --file cards.csv`)}`
  const next: Readonly<Record<OrderState, string>> = {
    open: 'It was interrupted: the same command resumes it.',
    waiting: `The administrator orders the cards (${console}), then reports it: ${ourCommand(`twilio:sims:orders:update ${order} --state ordered`)}`,
    ordered: `${seller === 'endpoint' ? 'The seller' : title} ships the cards. Whoever gets them ${register}`,
    shipped: `The cards are on their way. Whoever gets them ${register}`,
    delivered: `Whoever has the cards ${register}`,
    complete: `To see the SIMs: ${ourCommand(`twilio:sims -a ${appSpace}`)}`,
    cancelled: 'Nothing: it was cancelled.',
  }
  return next[state]
}

/** The same for an order that was just placed. */
export function nextStepAfter({order, profiles}: Placed): string {
  const failed = profiles.filter(({status}) => status === 'failed').length
  if (failed === 0) return nextStepOf(order)
  return `${failed} of ${order.quantity} failed and will not be delivered: order ${failed} more.`
}
