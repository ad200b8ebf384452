import {Flags} from '@oclif/core'

import {fields} from '../../../lib/addon/format.js'
import {askChoice, confirm} from '../../../cli/prompts.js'
import {AkaCommand, appFlag, waitFlag} from '../../../cli/base-command.js'
import {exitCodes, usage} from '../../../lib/errors.js'
import {oneLine, shippingAddresses} from '../../../lib/sims/address.js'
import {nextInWords, priceInWords, sourcesInWords, units} from '../../../lib/sims/format.js'
import {openSims, type SimContext} from '../../../lib/sims/context.js'
import type {OrderRecord} from '../../../lib/sims/order.js'
import {checkEids, checkQuantity, type OrderRequest} from '../../../lib/sims/order-request.js'
import {findUnfinished, placeOrder, type Placed} from '../../../lib/sims/place-order.js'
import {qrForTerminal, writeQrFiles} from '../../../lib/sims/qr.js'
import {quote, type Quote} from '../../../lib/sims/quote.js'
import {readLedger} from '../../../lib/sims/reserve.js'
import type {Session} from '../../../lib/session.js'
import type {StoredAddress} from '../../../lib/twilio/regulation.js'

export default class TwilioSimsOrder extends AkaCommand {
  static override summary = "order SIM cards or eSIM profiles within the plan's limit"
  static override description = `Cards come from the main account's stock of never-activated cards, as far as there are any; the rest is ordered at the administrator's ordering endpoint (\`twilio:settings set sim-order-url\`), or waits for the administrator: Twilio's API sells no cards. eSIM profiles (--esim) are ordered over the API; a device fetches one with its QR code.

Safe to repeat: an order that was cut short is gone on with. For a second order of the same on purpose add --new.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --quantity 4 --dry-run',
    '<%= config.bin %> <%= command.id %> -a api-default --quantity 4 --yes',
    '<%= config.bin %> <%= command.id %> -a api-default --esim --quantity 2 --qr-dir codes',
  ]
  static override flags = {
    app: appFlag,
    quantity: Flags.integer({char: 'n', description: 'how many', helpValue: 'N'}),
    esim: Flags.boolean({description: 'eSIM profiles in place of cards'}),
    eid: Flags.string({
      description: 'EID of the device that is to have an eSIM profile; repeat it for several',
      helpValue: 'EID',
      multiple: true,
      default: [],
    }),
    'address-sid': Flags.string({
      description: 'address of the main account to which cards are shipped, where it has several',
      helpValue: 'AD…',
      exclusive: ['esim', 'eid'],
    }),
    'qr-dir': Flags.directory({description: 'write the QR codes of eSIM profiles as PNG files into this folder'}),
    'dry-run': Flags.boolean({description: 'show price, address and what is left of the limit, and order nothing'}),
    yes: Flags.boolean({char: 'y', description: 'order without asking'}),
    new: Flags.boolean({description: 'place another order even where one was cut short'}),
    wait: waitFlag('wait for other runs, and until eSIM profiles are available'),
  }

  async run(): Promise<unknown> {
    const {flags} = await this.parse(TwilioSimsOrder)
    const eids = checkEids(flags.eid)
    const kind = flags.esim || eids.length > 0 ? 'esim' : 'card'
    const quantity = checkQuantity(flags.quantity, eids)
    const appSpace = this.appSpace(flags.app)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session, {wait: flags.wait}), appSpace)

    const wanted = {kind, quantity, eids, addressSid: flags['address-sid']} as const
    const unfinished = flags.new ? undefined : await findUnfinished(context, wanted)
    const address =
      kind === 'card' ? await this.#address(context, unfinished?.record.addressSid ?? flags['address-sid']) : undefined
    const ask: OrderRequest = {
      kind,
      quantity,
      eids,
      address,
      seller: sellerOf(session, this.machine.env),
      follow: flags.wait,
    }
    if (unfinished && flags['dry-run']) return this.#showUnfinished(unfinished.record)
    if (unfinished) this.tell(`Going on with order ${unfinished.record.order}, which was cut short.`)
    else {
      const quoted = quote(await readLedger(context), kind, quantity)
      if (flags['dry-run']) return this.#showQuote(ask, quoted, appSpace)
      await this.#agree(ask, quoted, appSpace, flags.yes)
    }
    const placed = await placeOrder(context, ask, unfinished)
    const files = flags['qr-dir'] === undefined ? undefined : await writeQrFiles(flags['qr-dir'], placed.profiles)
    await this.#show(placed, files)
    if (placed.profiles.some(({status}) => status === 'failed')) process.exitCode = exitCodes.refused
    return result(placed, unfinished !== undefined, files)
  }

  async #address(context: SimContext, chosen: string | undefined): Promise<StoredAddress | undefined> {
    const addresses = await shippingAddresses(context.main, chosen)
    if (addresses.length <= 1) return addresses[0]
    const choices = addresses.map((each) => ({value: each.sid, name: oneLine(each)}))
    const flag = `--address-sid AD… (${choices.map(({value, name}) => `${value}: ${name}`).join('; ')})`
    const sid = await askChoice('Ship the cards to which address?', choices, {flag})
    return addresses.find((each) => each.sid === sid)
  }

  #quoteLines(
    {kind, quantity, address}: OrderRequest,
    {plan, limit, allocation, leftAfter, price}: Quote,
    appSpace: string,
  ): string {
    return fields([
      ['Order', `${units(kind, quantity)} for ${appSpace}`],
      ['Price', priceInWords(price)],
      ...(address ? [['Ship to', oneLine(address)] as const] : []),
      [
        'Limit',
        `${limit} (twilio:${plan}): ${allocation.held} held, ${allocation.onOrder} on order, ${leftAfter} left after this`,
      ],
    ])
  }

  #showQuote(ask: OrderRequest, quoted: Quote, appSpace: string): unknown {
    this.log(this.#quoteLines(ask, quoted, appSpace))
    this.log('\nNothing was ordered.')
    const {kind, quantity, address} = ask
    const {plan, limit, allocation, leftAfter, price} = quoted
    return {
      dryRun: true,
      appSpace,
      kind,
      quantity,
      plan,
      limit,
      ...allocation,
      leftAfter,
      price,
      addressSid: address?.sid,
    }
  }

  #showUnfinished({order, appSpace, kind, quantity, addressSid}: OrderRecord): unknown {
    this.log(`Order ${order} (${units(kind, quantity)} for ${appSpace}) was cut short and would be gone on with.`)
    this.log('Nothing was ordered. For the quote of another one: add --new.')
    return {dryRun: true, unfinished: order, appSpace, kind, quantity, addressSid}
  }

  async #agree(ask: OrderRequest, quoted: Quote, appSpace: string, agreed: boolean): Promise<void> {
    this.tell(this.#quoteLines(ask, quoted, appSpace))
    if (agreed || (await confirm('Order?', {flag: '--yes'}))) return
    throw usage('NOT_CONFIRMED', 'Nothing was ordered.', 'Run it again when ready.')
  }

  async #show({order, profiles}: Placed, files: ReadonlyMap<string, string> | undefined): Promise<void> {
    this.log(`Order ${order.order}: ${order.state}. ${sourcesInWords(order)}.`)
    for (const {sid, status, iccid, activationCode, problem} of profiles) {
      this.log(
        `\n  ${sid}  ${problem === undefined ? status : `failed: ${problem}`}${iccid === undefined ? '' : `, ICCID ${iccid}`}`,
      )
      if (activationCode === undefined) continue
      const file = files?.get(sid)
      this.log(file === undefined ? await qrForTerminal(activationCode, {colors: this.colors.level > 0}) : `  ${file}`)
    }
    this.log(`\nNext\n  ${this.colors.dim('→')} ${nextOf({order, profiles})}`)
  }
}

function nextOf({order, profiles}: Placed): string {
  const failed = profiles.filter(({status}) => status === 'failed').length
  return failed === 0
    ? nextInWords(order)
    : `${failed} of ${order.quantity} failed and will never come: order as many anew.`
}

function sellerOf({settings}: Session, env: NodeJS.ProcessEnv): OrderRequest['seller'] {
  const url = settings['sim-order-url']
  return url ? {url, token: env.AKA_TWILIO_SIM_ORDER_TOKEN || undefined} : undefined
}

function result({order, profiles}: Placed, resumed: boolean, files: ReadonlyMap<string, string> | undefined): unknown {
  const {appSpace, kind, quantity, state, stock, seller, reference, addressSid} = order
  return {
    order: order.order,
    resumed,
    appSpace,
    kind,
    quantity,
    state,
    fromStock: stock,
    waiting: kind === 'card' ? quantity - stock.length - order.iccids.length : 0,
    seller,
    reference,
    addressSid,
    profiles: profiles.map(({sid, status, eid, sim, iccid, activationCode, problem}) => ({
      sid,
      status,
      eid,
      sim,
      iccid,
      activationCode,
      problem,
      qrFile: files?.get(sid),
    })),
    next: nextOf({order, profiles}),
  }
}
