import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../../cli/base-command.js'
import {arg, timeoutFlag} from '../../../../cli/flags/common.js'
import {nextStep} from '../../../../cli/output/next-steps.js'
import {usage} from '../../../../lib/errors.js'
import {changeOrder} from '../../../../lib/sims/change-order.js'
import {openSims} from '../../../../lib/sims/context.js'
import {nextStepOf} from '../../../../lib/sims/next-step.js'
import {OrderBook} from '../../../../lib/sims/order-book.js'
import {orderUpdatedDocument, type SimOrderUpdatedDocument} from '../../../../lib/sims/order-document.js'

export default class TwilioSimsOrdersUpdate extends AkaCommand {
  static override summary = 'update the state of an order of SIM cards'
  static override description = "For the administrator. A cancelled order no longer counts against the plan's limit."
  static override examples = [
    '<%= config.bin %> <%= command.id %> ord-7k2m9xab --state shipped --tracking 1Z999AA10123456784',
    '<%= config.bin %> <%= command.id %> ord-7k2m9xab --state cancelled',
  ]
  static override args = {order: arg({description: 'id of the order', required: true})}
  static override flags = {
    state: Flags.option({
      description: 'its new state',
      options: ['ordered', 'shipped', 'delivered', 'cancelled'] as const,
    })(),
    tracking: Flags.string({description: 'tracking number or link', helpValue: 'TEXT'}),
    timeout: timeoutFlag,
  }

  async run(): Promise<SimOrderUpdatedDocument> {
    const {args, flags} = await this.parse(TwilioSimsOrdersUpdate)
    const {state, tracking} = flags
    if (state === undefined && tracking === undefined)
      throw usage('NOTHING_TO_CHANGE', 'There is nothing to change.', 'Add --state, --tracking, or both.')
    const context = await this.context(await this.session(flags))
    const {record} = await new OrderBook(context.main, context.registry.name).find(args.order)
    const {context: sims} = await openSims(context, record.appSpace)
    const change = {...(state && {state}), ...(tracking !== undefined && {tracking})}
    const order = await changeOrder(sims, args.order, change)
    this.log(`Order ${order.order} of ${order.appSpace} is ${order.state}.`)
    this.logToStderr(nextStep(nextStepOf(order), this.colors))
    return orderUpdatedDocument(order)
  }
}
