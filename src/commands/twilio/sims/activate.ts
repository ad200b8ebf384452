import {Flags} from '@oclif/core'

import {AkaCommand, arg, appFlag, waitFlag} from '../../../cli/base-command.js'
import {activateSims} from '../../../lib/sims/activate.js'
import {openSims} from '../../../lib/sims/context.js'
import {definitions} from '../../../lib/settings.js'

export default class TwilioSimsActivate extends AkaCommand {
  static override summary = 'let SIMs connect'
  static override description =
    'A SIM needs a fleet (Programmable Wireless: a rate plan): the only one there is, the one of --fleet, or a new one with the networks of --country.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default van-12 van-13 --fleet vans']
  static override strict = false
  static override args = {
    sim: arg({description: 'SID or name; several are possible', required: true}),
  }
  static override flags = {
    app: appFlag,
    fleet: Flags.string({description: 'fleet (rate plan) by SID or name'}),
    country: Flags.string({description: 'country whose networks a new fleet gets [default: US]', helpValue: 'CC'}),
    wait: waitFlag('wait until the SIMs are active'),
  }

  async run(): Promise<unknown> {
    const {argv, flags} = await this.parse(TwilioSimsActivate)
    const appSpace = this.appSpace(flags.app)
    const session = await this.session(flags)
    const {context} = await openSims(await this.context(session), appSpace)
    const country = flags.country ?? session.settings.country ?? definitions.country.standard
    const {sims, failure} = await activateSims(context, argv as string[], {
      group: flags.fleet,
      country,
      wait: flags.wait,
    })
    for (const {sid, name, status} of sims) this.log(`${name ?? sid} is ${status}.`)
    const document = {appSpace, sims: sims.map(({sid, name, status, group}) => ({sid, name, status, fleet: group}))}
    return {...document, ...this.failBeside(failure ? [failure] : [])}
  }
}
