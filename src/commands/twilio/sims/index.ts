import {plans} from '../../../lib/addon/plans.js'
import {AkaCommand, appFlag} from '../../../cli/base-command.js'
import {products} from '../../../lib/carrier/port.js'
import {orderOfEach} from '../../../lib/sims/ledger.js'
import {openSims} from '../../../lib/sims/context.js'
import {ledgerOf} from '../../../lib/sims/reserve.js'
import {table} from '../../../cli/output/table.js'

export default class TwilioSims extends AkaCommand {
  static override summary = 'list the SIMs of an app-space'
  static override description = 'Super SIM and Programmable Wireless, with the order that each came with.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioSims)
    const appSpace = this.appSpace(flags.app)
    const {context, record} = await openSims(await this.context(await this.session(flags)), appSpace)
    const [{holdings, orders, allocation}, fleets, ratePlans] = await Promise.all([
      ledgerOf(context, record),
      context.sims.listGroups('super-sim'),
      context.sims.listGroups('wireless'),
    ])
    const groups = new Map([...fleets, ...ratePlans].map(({sid, name}) => [sid, name || sid]))
    const orderOf = orderOfEach(holdings, orders)
    const sims = holdings.sims.map((sim) => ({
      sid: sim.sid,
      name: sim.name,
      iccid: sim.iccid,
      status: sim.status,
      fleet: sim.group && (groups.get(sim.group) ?? sim.group),
      product: products[sim.product],
      order: orderOf.get(sim.sid),
    }))
    const limit = plans[record.plan].simLimit
    if (sims.length > 0) {
      const rows = sims.map(({sid, name, iccid, status, fleet, order}) =>
        [sid, name, iccid, status, fleet, order].map((cell) => cell ?? '–'),
      )
      this.log(await table(['SIM', 'Name', 'ICCID', 'Status', 'Fleet', 'Order'], rows))
    } else this.log(`${appSpace} has no SIMs.`)
    this.tell(`\n${allocation.held} held and ${allocation.onOrder} on order of ${limit} (twilio:${record.plan}).`)
    if (sims.length === 0) this.tell(`To order some: aka twilio:sims:order -a ${appSpace} --quantity N`)
    return {appSpace, plan: record.plan, limit, ...allocation, sims}
  }
}
