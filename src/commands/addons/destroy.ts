import {Flags} from '@oclif/core'

import {destroy} from '../../lib/lifecycle/destroy/destroy.js'
import {simsInWords} from '../../lib/lifecycle/destroy/sims-in-words.js'
import type {AddonContext} from '../../lib/addon/context.js'
import {checkService} from '../../lib/addon/plans.js'
import {checkAppSpace} from '../../lib/akkeris/app-space.js'
import {askText, requireTerminal} from '../../cli/prompts.js'
import {AkaCommand, arg, appFlag, waitFlag} from '../../cli/base-command.js'
import {usage} from '../../lib/errors.js'

export default class AddonsDestroy extends AkaCommand {
  static override aliases = ['twilio:destroy']
  static override hiddenAliases = ['addons:delete', 'addons:remove', 'addon:destroy', 'addon:delete', 'addon:remove']
  static override summary = "close an app-space's Twilio subaccount and remove its config vars"
  static override description = `Removes the three config vars, closes the subaccount, which releases its number and ends everything in it for good, and removes the record. Safe to repeat; where nothing is left it says so and exits 0.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio -a api-default',
    '<%= config.bin %> <%= command.id %> twilio -a api-default --confirm api-default --keep-number',
  ]
  static override args = {
    addon: arg({description: 'twilio', default: 'twilio'}),
  }
  static override flags = {
    // From the flag alone: what destroys is never guessed from the environment or git.
    app: {...appFlag, required: true},
    confirm: Flags.string({
      char: 'c',
      description: "the app-space's name again, in place of being asked",
      helpValue: 'APP-SPACE',
    }),
    'keep-number': Flags.boolean({description: 'move the number to the main account first'}),
    wait: waitFlag('wait while another run works on the app-space; --no-wait fails instead (exit 6)'),
  }

  async run(): Promise<unknown> {
    await this.leaveToCore()
    const {args, flags} = await this.parse(AddonsDestroy)
    const appSpace = checkAppSpace(flags.app ?? '')
    const session = await this.session(flags)
    checkService(args.addon)
    const keepNumber = flags['keep-number']
    const context = await this.context(session, {wait: flags.wait})
    await this.#confirm(context, {appSpace, confirmed: flags.confirm, keepNumber})
    const {destroyed, accountSid, removedVars, keptNumbers, sims} = await destroy(context, {appSpace, keepNumber})
    if (destroyed) {
      this.log(`The Twilio add-on of ${appSpace} is gone.`)
      if (accountSid !== undefined) this.log(`  Closed: ${accountSid}`)
      if (removedVars.length > 0) this.log(`  Removed from the config: ${removedVars.join(', ')}`)
      if (keptNumbers.length > 0) this.log(`  In the main account now: ${keptNumbers.join(', ')}`)
      if (sims.toStock.length > 0) this.log(`  Back in the main account's stock: ${sims.toStock.join(', ')}`)
      if (sims.deactivated.length > 0) this.log(`  Deactivated: ${sims.deactivated.join(', ')}`)
      if (sims.cancelledOrders.length > 0) this.log(`  Cancelled: ${sims.cancelledOrders.join(', ')}`)
    } else this.log(`${appSpace} has no Twilio add-on; there was nothing to destroy.`)
    return {destroyed, appSpace, accountSid, removedVars, keptNumber: keptNumbers[0], keptNumbers, sims}
  }

  /** Says what happens, and asks unless it was confirmed already. */
  async #confirm(
    context: AddonContext,
    {appSpace, confirmed, keepNumber}: {appSpace: string; confirmed: string | undefined; keepNumber: boolean},
  ): Promise<void> {
    if (confirmed === appSpace) return this.#tellOfSims(context, appSpace)
    const command = `aka addons:destroy twilio -a ${appSpace} --confirm ${appSpace}${keepNumber ? ' --keep-number' : ''}`
    if (confirmed !== undefined) {
      throw usage(
        'CONFIRM_MISMATCH',
        `--confirm takes the name of the app-space, ${appSpace}, not ${confirmed}.`,
        command,
      )
    }
    this.tell(`This closes the Twilio subaccount of ${appSpace} for good: its messages and recordings are lost.`)
    this.tell(
      keepNumber
        ? 'Its number is moved to the main account first.'
        : 'Its number is released and can usually not be bought back (--keep-number keeps it).',
    )
    const question = `Type ${appSpace} to go on:`
    const answerable = {flag: `--confirm ${appSpace}: ${command}`}
    requireTerminal(question, answerable)
    await this.#tellOfSims(context, appSpace)
    const answer = await askText(question, answerable)
    if (answer !== appSpace) throw usage('NOT_CONFIRMED', 'Nothing was destroyed.', 'Run it again when ready.')
  }

  async #tellOfSims(context: AddonContext, appSpace: string): Promise<void> {
    for (const sentence of await simsInWords(context, appSpace)) this.tell(sentence)
  }
}
