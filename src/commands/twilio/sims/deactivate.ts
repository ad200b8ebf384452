import {AkaCommand, arg, appFlag, waitFlag} from '../../../cli/base-command.js'
import {deactivateSims} from '../../../lib/sims/activate.js'
import {openSims} from '../../../lib/sims/context.js'

export default class TwilioSimsDeactivate extends AkaCommand {
  static override summary = 'keep SIMs from connecting'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default van-12']
  static override strict = false
  static override args = {
    sim: arg({description: 'SID or name; several are possible', required: true}),
  }
  static override flags = {app: appFlag, wait: waitFlag('wait until the SIMs are inactive')}

  async run(): Promise<unknown> {
    const {argv, flags} = await this.parse(TwilioSimsDeactivate)
    const appSpace = this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const {sims, failure} = await deactivateSims(context, argv as string[], {wait: flags.wait})
    for (const {sid, name, status} of sims) this.log(`${name ?? sid} is ${status}.`)
    const document = {appSpace, sims: sims.map(({sid, name, status}) => ({sid, name, status}))}
    return {...document, ...this.failBeside(failure ? [failure] : [])}
  }
}
