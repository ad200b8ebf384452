import {Flags} from '@oclif/core'

import {AkaCommand} from '../../cli/base-command.js'
import {addonArg, requiredAppFlag, timeoutFlag, waitForOthersFlag} from '../../cli/flags.js'
import {consequences, renderDestroyed, simConsequences} from '../../cli/output/addons/destroy.js'
import {mustTypeName, typeName} from '../../cli/prompts.js'
import {checkService} from '../../lib/addon/plans.js'
import {ourCommand} from '../../lib/command-line.js'
import {destroy} from '../../lib/lifecycle/destroy/destroy.js'
import {previewSimTeardown} from '../../lib/lifecycle/destroy/preview-sims.js'
import {type DestroyedDocument, destroyedDocument} from '../../lib/lifecycle/document.js'

export default class AddonsDestroy extends AkaCommand {
  static override aliases = ['twilio:destroy']
  static override hiddenAliases = ['addons:delete', 'addons:remove', 'addon:destroy', 'addon:delete', 'addon:remove']
  static override summary = "close an app-space's Twilio subaccount and remove its config vars"
  static override description = `Removes the three config vars, closes the subaccount, which releases its number and ends everything in it for good, and removes the record. Safe to repeat; where nothing is left it says so and exits 0.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio -a api-default',
    '<%= config.bin %> <%= command.id %> twilio -a api-default --confirm api-default --keep-number',
  ]
  static override args = {addon: addonArg}
  static override flags = {
    app: requiredAppFlag,
    confirm: Flags.string({
      char: 'c',
      description: "the app-space's name again, instead of being asked",
      helpValue: 'APP-SPACE',
    }),
    'keep-number': Flags.boolean({description: 'move the number to the main account first'}),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
  }

  async run(): Promise<DestroyedDocument> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsDestroy)
    const keepNumber = flags['keep-number']
    const appSpace = this.appSpace(flags.app)
    const session = await this.session(flags)
    checkService(args.addon)
    const command = ourCommand(
      `addons:destroy twilio -a ${appSpace} --confirm ${appSpace}${keepNumber ? ' --keep-number' : ''}`,
    )
    const confirmation = {
      name: appSpace,
      given: flags.confirm,
      command,
      consequences: consequences(appSpace, {keepNumber}),
    }
    const mustConfirm = mustTypeName(confirmation)
    const context = await this.context(session, flags)
    const teardown = await previewSimTeardown(context, appSpace)
    for (const sentence of teardown ? simConsequences(teardown) : []) this.logToStderr(sentence)
    if (mustConfirm) await typeName(confirmation, {otherwise: 'Nothing was destroyed.'})

    const document = destroyedDocument(await destroy(context, {appSpace, keepNumber}))
    this.log(renderDestroyed(document))
    return document
  }
}
