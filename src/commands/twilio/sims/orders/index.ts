import {Flags} from '@oclif/core'

import {age} from '../../../../lib/addon/format.js'
import {AkaCommand, appFlag} from '../../../../cli/base-command.js'
import type {ESimProfile} from '../../../../lib/carrier/port.js'
import {nextInWords, sourcesInWords, units} from '../../../../lib/sims/format.js'
import {openSims} from '../../../../lib/sims/context.js'
import {isOutstanding, orderStates, type OrderRecord} from '../../../../lib/sims/order.js'
import {OrderBook} from '../../../../lib/sims/order-book.js'
import {readOrders} from '../../../../lib/sims/read-orders.js'
import type {Session} from '../../../../lib/session.js'
import {table} from '../../../../cli/output/table.js'

export default class TwilioSimsOrders extends AkaCommand {
  static override summary = 'list the orders of SIMs: of an app-space, or with --all the queue of the administrator'
  static override description =
    'For an app-space with the activation codes of its eSIM profiles. What the states mean: docs/sim-orders.md.'
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
    const found = flags.all ? await this.#all(session) : await this.#ofApp(session, this.appSpace(flags.app))
    const orders = found.orders.filter(({state}) => flags.state === undefined || state === flags.state)
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
    this.#tellMore(orders, found.profiles)
    return {orders: orders.map((order) => shown(order, found.profiles))}
  }

  async #all(session: Session) {
    const registry = await session.registry()
    const entries = await new OrderBook(registry.account, registry.name).list()
    return {orders: entries.map(({record}) => record), profiles: []}
  }

  async #ofApp(session: Session, appSpace: string) {
    const {context} = await openSims(await this.context(session), appSpace)
    return readOrders(context)
  }

  #tellMore(orders: readonly OrderRecord[], profiles: readonly ESimProfile[]): void {
    const {dim} = this.colors
    for (const order of orders) {
      const codes = profilesOf(order, profiles).flatMap(({iccid, activationCode}) =>
        activationCode === undefined ? [] : [`  ${iccid ?? ''}  LPA:${activationCode}`],
      )
      const tracking = order.tracking === undefined ? [] : [`  tracking ${order.tracking}`]
      const next = isOutstanding(order) ? [`  ${dim('→')} ${nextInWords(order)}`] : []
      const lines = [...tracking, ...codes, ...next]
      if (lines.length > 0) this.tell(['', order.order, ...lines].join('\n'))
    }
  }
}

function profilesOf(order: OrderRecord, profiles: readonly ESimProfile[]): ESimProfile[] {
  return profiles.filter(({sid}) => order.profiles.includes(sid))
}

function shown(record: OrderRecord, profiles: readonly ESimProfile[]): unknown {
  const {order, appSpace, host, accountSid, kind, quantity, state, stock, iccids, addressSid} = record
  return {
    order,
    appSpace,
    host,
    accountSid,
    kind,
    quantity,
    state,
    fromStock: stock,
    profiles: record.profiles,
    activationCodes: profilesOf(record, profiles).flatMap(({activationCode}) => activationCode ?? []),
    registered: iccids,
    addressSid,
    seller: record.seller,
    reference: record.reference,
    tracking: record.tracking,
    createdAt: record.createdAt,
    next: nextInWords(record),
  }
}
