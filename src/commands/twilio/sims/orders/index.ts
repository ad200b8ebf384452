import {Flags} from '@oclif/core'

import {age} from '../../../../lib/addon/format.js'
import {AkaCommand, appFlag} from '../../../../lib/base-command.js'
import {nextInWords, sourcesInWords, units} from '../../../../lib/sims/format.js'
import {orderStates, type OrderRecord} from '../../../../lib/sims/order.js'
import {OrderBook} from '../../../../lib/sims/order-book.js'
import {table} from '../../../../lib/table.js'

export default class TwilioSimsOrders extends AkaCommand {
  static override summary = 'list the orders of SIMs: of an app-space, or with --all the queue of the administrator'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> --all --state waiting',
  ]
  static override flags = {
    app: appFlag,
    all: Flags.boolean({description: 'of every app-space', exclusive: ['app']}),
    state: Flags.option({description: 'only those in this state', options: orderStates})(),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioSimsOrders)
    const session = await this.session(flags)
    const registry = await session.registry()
    const appSpace = flags.all ? undefined : this.appSpace(flags.app)
    const entries = await new OrderBook(registry.account, registry.name).list(appSpace)
    const orders = entries
      .map(({record}) => record)
      .filter(({state}) => flags.state === undefined || state === flags.state)
    if (orders.length === 0) this.log('There are no such orders.')
    else {
      const rows = orders.map((order) => [
        order.order,
        ...(flags.all ? [order.appSpace] : []),
        units(order.kind, order.quantity),
        order.state,
        sourcesInWords(order),
        age(new Date(order.createdAt)),
      ])
      this.log(await table(['Order', ...(flags.all ? ['App-space'] : []), 'What', 'State', 'From', 'Age'], rows))
    }
    const {dim} = this.colors
    for (const order of orders.filter(({state}) => state !== 'complete' && state !== 'cancelled'))
      this.tell(
        `\n${order.order}${order.tracking === undefined ? '' : ` (tracking ${order.tracking})`}\n  ${dim('→')} ${nextInWords(order)}`,
      )
    return {orders: orders.map(shown)}
  }
}

function shown(record: OrderRecord): unknown {
  const {order, appSpace, host, accountSid, kind, quantity, state, stock, profiles, iccids, addressSid} = record
  return {
    order,
    appSpace,
    host,
    accountSid,
    kind,
    quantity,
    state,
    fromStock: stock,
    profiles,
    registered: iccids,
    addressSid,
    seller: record.seller,
    reference: record.reference,
    tracking: record.tracking,
    createdAt: record.createdAt,
    next: nextInWords(record),
  }
}
