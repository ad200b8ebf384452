import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, simsArg, waitFlags} from '../../../cli/flags/common.js'
import {renderChanged} from '../../../cli/output/sims.js'
import {deactivateSims} from '../../../lib/sims/activate.js'
import {openSims} from '../../../lib/sims/context.js'
import {type SimsDeactivatedDocument, simsDeactivatedDocument} from '../../../lib/sims/document.js'

export default class TwilioSimsDeactivate extends AkaCommand {
  static override summary = 'deactivate SIMs, so that they cannot connect'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default van-12']
  static override strict = false
  static override args = {sim: simsArg}
  static override flags = {app: appFlag, ...waitFlags('wait until the SIMs are inactive')}

  async run(): Promise<SimsDeactivatedDocument> {
    const {argv, flags} = await this.parse(TwilioSimsDeactivate)
    const appSpace = await this.appSpace(flags.app)
    const {context} = await openSims(await this.context(await this.session(flags)), appSpace)
    const {sims, failure} = await deactivateSims(context, argv as string[], {wait: flags.wait})
    this.log(renderChanged(sims))
    return {...simsDeactivatedDocument(appSpace, sims), ...this.failWithResult(failure ? [failure] : [])}
  }
}
