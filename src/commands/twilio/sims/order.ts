import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, dryRunFlag, waitFlags, yesFlag} from '../../../cli/flags/common.js'
import {orderFlags, termsFrom} from '../../../cli/flags/order.js'
import {prepareQrFolder, writeQrFiles} from '../../../cli/output/qr.js'
import {renderOrderPlan, renderOrderPreview, renderPlaced} from '../../../cli/output/twilio/sims/order.js'
import {pickAddress} from '../../../cli/pick-address.js'
import {confirm} from '../../../cli/prompts.js'
import {openSims} from '../../../lib/sims/context.js'
import {placedDocument, profileFailures, type SimOrderDocument} from '../../../lib/sims/order-document.js'
import {findUnfinished, placeOrder} from '../../../lib/sims/place-order.js'
import {orderPreviewDocument, planOrder} from '../../../lib/sims/plan-order.js'
import {sellerAt} from '../../../lib/sims/seller.js'

export default class TwilioSimsOrder extends AkaCommand {
  static override summary = "order SIM cards or eSIM profiles within the plan's limit"
  static override description = `Cards come from the stock of never-activated cards while there are any; the rest is ordered from the administrator's ordering endpoint (\`twilio:settings set sim-order-url\`), or left to the administrator: no carrier's API sells cards. eSIM profiles (--esim) are ordered over the API; a device fetches one with its QR code.

Safe to repeat: the same command resumes an interrupted order, and reports one that was placed within the last hour by a run that could not report it. To place the same order a second time on purpose, add --new.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --quantity 4 --dry-run',
    '<%= config.bin %> <%= command.id %> -a api-default --esim --quantity 2 --qr-dir codes',
  ]
  static override flags = {
    app: appFlag,
    ...orderFlags,
    'dry-run': dryRunFlag('show price, address and what is left of the limit, and order nothing'),
    yes: yesFlag('order without asking'),
    new: Flags.boolean({description: 'place another order even if one was interrupted or not reported'}),
    ...waitFlags('wait for other runs, and until eSIM profiles are available'),
  }

  async run(): Promise<SimOrderDocument | undefined> {
    const {flags} = await this.parse(TwilioSimsOrder)
    const terms = termsFrom(flags)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session, flags), appSpace)
    const unfinished = flags.new ? undefined : await findUnfinished(context, terms)
    const address = await pickAddress(context.main, terms, unfinished?.record)
    const seller = sellerAt(session.settings['sim-order-url'], this.machine.env)
    const request = {...terms, address, seller, follow: flags.wait}
    const plan = await planOrder(context, request, unfinished)
    if (flags['dry-run']) {
      this.log(renderOrderPreview(plan, address))
      return orderPreviewDocument(plan)
    }
    this.logToStderr(renderOrderPlan(plan, address))
    if (plan.state === 'new' && !flags.yes) await confirm('Place this order?', {otherwise: 'Nothing was ordered.'})
    await prepareQrFolder(flags['qr-dir'])
    const placed = await placeOrder(context, request, unfinished)
    const files = await writeQrFiles(flags['qr-dir'], placed.profiles, context.warn)
    const placedAs = placedDocument(placed, {resumed: unfinished !== undefined, files})
    this.log(await renderPlaced(placedAs, this.colors))
    const document = {...placedAs, ...this.failWithResult(profileFailures(placed))}
    await placed.release({isReported: await this.isPrinted(document)})
    return this.jsonEnabled() ? undefined : document
  }
}
