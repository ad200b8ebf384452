import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, networkCountryFlag, simsArg, waitFlags} from '../../../cli/flags/common.js'
import {renderChanged} from '../../../cli/output/sims.js'
import {standardCountry} from '../../../lib/settings.js'
import {activateSims} from '../../../lib/sims/activate.js'
import {openSims} from '../../../lib/sims/context.js'
import {type SimsActivatedDocument, simsActivatedDocument} from '../../../lib/sims/document.js'

export default class TwilioSimsActivate extends AkaCommand {
  static override summary = 'activate SIMs, so that they can connect'
  static override description =
    'A SIM needs a fleet (Programmable Wireless: a rate plan): the only one there is, the one of --fleet, or a new one with the networks of --country.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default van-12 van-13 --fleet vans']
  static override strict = false
  static override args = {sim: simsArg}
  static override flags = {
    app: appFlag,
    fleet: Flags.string({description: 'fleet (rate plan) by SID or name'}),
    country: networkCountryFlag(),
    ...waitFlags('wait until the SIMs are active'),
  }

  async run(): Promise<SimsActivatedDocument> {
    const {argv, flags} = await this.parse(TwilioSimsActivate)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session), appSpace)
    const choice = {group: flags.fleet, country: flags.country ?? standardCountry(session.settings), wait: flags.wait}
    const {sims, failure} = await activateSims(context, argv as string[], choice)
    this.log(renderChanged(sims))
    return {...simsActivatedDocument(appSpace, sims), ...this.failWithResult(failure ? [failure] : [])}
  }
}
