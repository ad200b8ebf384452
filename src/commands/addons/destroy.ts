import {Flags} from '@oclif/core'

import {BulkCommand} from '../../cli/bulk/command.js'
import {manyDestroyed} from '../../cli/bulk/destroy.js'
import {confirmationOf, confirmCountFlag, confirmFlag, whatElseEnds} from '../../cli/destroy-confirmation.js'
import {bulkFlags} from '../../cli/flags/bulk.js'
import {addonArg, appOrListFlag, dryRunFlag, waitForOthersFlags} from '../../cli/flags/common.js'
import {renderDestroyed} from '../../cli/output/addons/destroy.js'
import {mustTypeName, typeName} from '../../cli/prompts.js'
import {checkService} from '../../lib/addon/plans.js'
import {destroy} from '../../lib/lifecycle/destroy/destroy.js'
import {type DestroyDocument, destroyedDocument} from '../../lib/lifecycle/document.js'

export default class AddonsDestroy extends BulkCommand {
  static override aliases = ['twilio:destroy']
  static override hiddenAliases = ['addons:delete', 'addons:remove', 'addon:destroy', 'addon:delete', 'addon:remove']
  static override summary = "close an app-space's Twilio subaccount and remove its config vars"
  static override description = `Removes the three config vars, closes the subaccount, which releases its number and ends everything in it for good, and removes the record. Safe to repeat; if nothing is left, it says so and exits 0.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio -a api-default',
    '<%= config.bin %> <%= command.id %> twilio -a api-default --confirm api-default --keep-number',
    '<%= config.bin %> <%= command.id %> twilio --apps-from previews.txt --confirm-count 12',
  ]
  static override args = {addon: addonArg}
  static override flags = {
    app: appOrListFlag,
    confirm: confirmFlag,
    ...bulkFlags,
    'confirm-count': confirmCountFlag,
    'keep-number': Flags.boolean({description: 'move the number to the main account first'}),
    'dry-run': dryRunFlag('show what would be destroyed, and change nothing'),
    ...waitForOthersFlags,
  }

  async run(): Promise<DestroyDocument | undefined> {
    await this.leaveToCore()
    const parsed = await this.parse(AddonsDestroy)
    const {args, flags} = parsed
    checkService(args.addon)
    if (flags['apps-from'] !== undefined || flags['dry-run'])
      return this.oneOrMany(parsed, manyDestroyed(flags), renderDestroyed)
    const keepNumber = flags['keep-number']
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const confirmation = confirmationOf(appSpace, {given: flags.confirm, keepNumber})
    const mustConfirm = mustTypeName(confirmation)
    const context = await this.context(session, flags)
    for (const sentence of await whatElseEnds(context, appSpace)) this.logToStderr(sentence)
    if (mustConfirm) await typeName(confirmation, {otherwise: 'Nothing was destroyed.'})

    const document = destroyedDocument(await destroy(context, {appSpace, keepNumber}))
    this.log(renderDestroyed(document))
    return document
  }
}
