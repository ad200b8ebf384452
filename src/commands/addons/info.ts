import {AkaCommand} from '../../cli/base-command.js'
import {addonArg, appFlag} from '../../cli/flags/common.js'
import {renderAddon} from '../../cli/output/addons/info.js'
import {unfinishedOperation} from '../../cli/output/sentences.js'
import {type AddonDocument, addonDocument} from '../../lib/addon/document.js'
import {readInfo} from '../../lib/addon/info.js'
import {checkService} from '../../lib/addon/plans.js'

export default class AddonsInfo extends AkaCommand {
  static override aliases = ['twilio:info']
  static override hiddenAliases = ['addon:info']
  static override summary = 'show the Twilio add-on of an app-space'
  static override examples = ['<%= config.bin %> <%= command.id %> twilio -a api-default']
  static override args = {addon: addonArg}
  static override flags = {app: appFlag}

  async run(): Promise<AddonDocument> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsInfo)
    const appSpace = await this.appSpace(flags.app)
    checkService(args.addon)
    const context = await this.context(await this.session(flags))
    const document = addonDocument(await readInfo(context, appSpace))
    this.log(renderAddon(document, this.colors))
    if (document.unfinished) this.logToStderr(`\n${unfinishedOperation(document.unfinished)}`)
    return document
  }
}
