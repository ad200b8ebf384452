import {AkaCommand} from '../../../cli/base-command.js'
import {arg, requiredAppFlag, timeoutFlag} from '../../../cli/flags/common.js'
import {carriers} from '../../../lib/carrier/service.js'
import {openSims} from '../../../lib/sims/context.js'
import type {SimReleasedDocument} from '../../../lib/sims/document.js'
import {releaseSim} from '../../../lib/sims/release.js'

export default class TwilioSimsRelease extends AkaCommand {
  static override summary = 'return a never-activated card to stock'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default HS0123…']
  static override args = {sim: arg({description: 'SID or name', required: true})}
  static override flags = {app: requiredAppFlag, timeout: timeoutFlag}

  async run(): Promise<SimReleasedDocument> {
    const {args, flags} = await this.parse(TwilioSimsRelease)
    const appSpace = await this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const {sid, iccid} = await releaseSim(context, args.sim)
    this.log(`${sid} (ICCID ${iccid}) is back in ${carriers[context.service.name].stock}.`)
    return {appSpace, sim: sid, iccid, released: true}
  }
}
