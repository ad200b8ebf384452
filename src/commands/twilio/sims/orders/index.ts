import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../../cli/base-command.js'
import {appFlag} from '../../../../cli/flags/common.js'
import {renderOrderDetails, renderOrders} from '../../../../cli/output/twilio/sims/orders/index.js'
import type {Session} from '../../../../lib/session.js'
import {openSims} from '../../../../lib/sims/context.js'
import {orderStates} from '../../../../lib/sims/order.js'
import {OrderBook} from '../../../../lib/sims/order-book.js'
import {listedOrder, type SimOrderListDocument} from '../../../../lib/sims/order-document.js'
import {readOrders} from '../../../../lib/sims/read-orders.js'

export default class TwilioSimsOrders extends AkaCommand {
  static override summary = 'list SIM orders: of an app-space, or with --all of every app-space'
  static override description =
    'For a single app-space it also shows the activation codes of eSIM profiles. What the states mean: docs/sim-orders.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> --all --state waiting',
  ]
  static override flags = {
    app: appFlag,
    all: Flags.boolean({description: 'of every app-space', exclusive: ['app']}),
    state: Flags.option({description: 'only those in this state', options: orderStates})(),
  }

  async run(): Promise<SimOrderListDocument> {
    const {flags} = await this.parse(TwilioSimsOrders)
    const {orders, profiles} = flags.all
      ? {orders: await readAllOrders(await this.session(flags)), profiles: []}
      : await this.#ofApp(flags)
    const listed = orders
      .filter(({state}) => flags.state === undefined || state === flags.state)
      .map((order) => listedOrder(order, profiles))
    await this.logList(() => renderOrders(listed, flags))
    for (const order of listed) {
      const details = renderOrderDetails(order, profiles, this.colors)
      if (details !== undefined) this.logToStderr(details)
    }
    return {orders: listed}
  }

  async #ofApp(flags: {readonly app?: string | undefined; readonly sandbox: boolean}) {
    const appSpace = await this.appSpace(flags.app)
    return readOrders((await openSims(await this.context(await this.session(flags)), appSpace)).context)
  }
}

async function readAllOrders(session: Session) {
  const registry = await session.registry()
  const entries = await new OrderBook(registry.account, registry.name).list()
  return entries.map(({record}) => record)
}
