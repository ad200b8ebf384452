import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, dryRunFlag, waitForOthersFlags, yesFlag} from '../../../cli/flags/common.js'
import {agreeToChange, numberChangeFlags, numberChangeRequest} from '../../../cli/number-change.js'
import {renderChangePlan, renderNumberChanged} from '../../../cli/output/twilio/number/change.js'
import {pickForChange} from '../../../cli/pick-number.js'
import {changeNumber} from '../../../lib/number/change/change.js'
import {
  numberChangedDocument,
  type NumberChangeDocument,
  numberChangePreviewDocument,
  numberUnchangedDocument,
  unreleasedFailures,
} from '../../../lib/number/change/document.js'
import {planChange} from '../../../lib/number/change/plan.js'
import {priceOfNext} from '../../../lib/number/price.js'

export default class TwilioNumberChange extends AkaCommand {
  static override summary = 'replace the phone number of an app-space'
  static override description = `Buys the new number (or moves one in), writes it to TWILIO_PHONE_NUMBER, which restarts the app once, waits until the app runs with it, then releases the old number: in that order, so that the app always has a number that works. The new number gets the webhooks of the old one, unless flags say otherwise; an empty URL means none.

The same command resumes an interrupted change; after a finished one, it changes the number again. In a script, add --from with the old number: then nothing happens once it has been changed. A released number usually cannot be bought back: --keep-old moves it to the main account instead. If Twilio refuses to release it, it stays in the subaccount, and the same command with --from and that number tries again.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --area-code 801 --dry-run',
    '<%= config.bin %> <%= command.id %> -a api-default --pick --keep-old',
    '<%= config.bin %> <%= command.id %> -a api-default --from +18015556666 --yes',
  ]
  static override flags = {
    app: appFlag,
    ...numberChangeFlags,
    'dry-run': dryRunFlag('show old number, new number and price, and change nothing'),
    yes: yesFlag('change it without asking'),
    ...waitForOthersFlags,
  }

  async run(): Promise<NumberChangeDocument> {
    const {flags} = await this.parse(TwilioNumberChange)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    let request = numberChangeRequest(flags, appSpace, session)
    const context = await this.context(session, flags)
    if (flags.pick) request = await pickForChange(context, request)

    const plan = await planChange(context, request)
    if (plan.state === 'already') {
      const document = numberUnchangedDocument(plan.record)
      this.log(renderNumberChanged(document, this.colors))
      return document
    }
    if (flags['dry-run']) {
      const price = await priceOfNext(context, plan)
      this.log(`${renderChangePlan(plan, price)}\n\nNothing was changed.`)
      return numberChangePreviewDocument(plan, price)
    }
    await agreeToChange(context, plan, flags)
    const changed = await changeNumber(context, request, plan)
    const document = numberChangedDocument(changed)
    this.log(renderNumberChanged(document, this.colors))
    return {...document, ...this.failWithResult(unreleasedFailures(changed))}
  }
}
