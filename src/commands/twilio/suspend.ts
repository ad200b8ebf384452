import {BulkCommand} from '../../cli/bulk/command.js'
import {manySuspended} from '../../cli/bulk/suspend.js'
import {bulkFlags} from '../../cli/flags/bulk.js'
import {appOrListFlag, dryRunFlag, yesFlag} from '../../cli/flags/common.js'
import {notSuspended, renderSuspended, suspensionConsequences} from '../../cli/output/twilio/suspend.js'
import {confirm} from '../../cli/prompts.js'
import {accountStatusDocument, type StatusDocument} from '../../lib/lifecycle/document.js'
import {findSuspendable, setStatus} from '../../lib/lifecycle/suspend.js'

export default class TwilioSuspend extends BulkCommand {
  static override summary =
    "suspend an app-space's Twilio subaccount: no calls, messages or API requests until it is resumed"
  static override description = `Twilio then refuses calls and messages, in and out, and every API request with the app-space's credentials. The number, the SIM cards and the config vars stay, Twilio continues to charge for what is held, and the usage can still be read. Undone by \`twilio:resume\`.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default',
    '<%= config.bin %> <%= command.id %> -a api-default --yes',
  ]
  static override flags = {
    app: appOrListFlag,
    ...bulkFlags,
    'dry-run': dryRunFlag('show whether it would be suspended, and change nothing'),
    yes: yesFlag('do not ask'),
  }

  async run(): Promise<StatusDocument | undefined> {
    const parsed = await this.parse(TwilioSuspend)
    const {flags} = parsed
    if (flags['apps-from'] !== undefined || flags['dry-run'])
      return this.oneOrMany(parsed, manySuspended, (done) => renderSuspended(done, this.colors))
    const appSpace = await this.appSpace(flags.app)
    const context = await this.context(await this.session(flags))
    const found = await findSuspendable(context, appSpace)
    const exception = notSuspended(found.record)
    if (exception !== undefined) this.warn(exception)
    if (found.account.status !== 'suspended' && !flags.yes) {
      this.logToStderr(suspensionConsequences(appSpace))
      await confirm(`Suspend ${appSpace}?`, {otherwise: 'Nothing was suspended.'})
    }
    const document = accountStatusDocument(found, 'suspended', await setStatus(context, found, 'suspended'))
    this.log(renderSuspended(document, this.colors))
    return document
  }
}
