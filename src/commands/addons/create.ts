import {addonRequest} from '../../cli/addon-request.js'
import {BulkCommand} from '../../cli/bulk/command.js'
import {manyCreated} from '../../cli/bulk/create.js'
import {arg} from '../../cli/flags/common.js'
import {createFlags} from '../../cli/flags/create.js'
import {fewSubaccounts, renderCreated, renderPreview} from '../../cli/output/addons/create.js'
import {exportLines} from '../../cli/output/shell.js'
import {pickForCreate} from '../../cli/pick-number.js'
import {createAddon, previewAddonAndRoom} from '../../lib/lifecycle/create/create.js'
import type {CreateDocument} from '../../lib/lifecycle/create/document.js'
import {shellWarning} from '../../lib/twilio/credentials.js'

export default class AddonsCreate extends BulkCommand {
  static override aliases = ['twilio:create']
  static override hiddenAliases = ['addon:create']
  static override summary = 'give an app-space a Twilio subaccount, a phone number and config vars'
  static override description = `Creates a subaccount of the main Twilio account for the app-space, buys a number in it (or moves one in), and writes TWILIO_SID, TWILIO_AUTH_TOKEN and TWILIO_PHONE_NUMBER to the app-space's config.

Safe to repeat: after an interruption the same command, on any machine, resumes where the last run stopped, and nothing is bought twice. On an add-on that is ready it changes nothing, except that it restores config vars that are missing or out of date.

Sending email (SendGrid) is not part of the add-on.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio:small -a api-default',
    '<%= config.bin %> <%= command.id %> twilio:medium -a api-default --area-code 801 --any-area --label team=payments',
    '<%= config.bin %> <%= command.id %> twilio:small --apps-from apps.csv --yes --failed-to again.csv',
    'eval "$(<%= config.bin %> <%= command.id %> twilio:small -a api-default --shell)"',
  ]
  static override args = {plan: arg({description: 'twilio:small, twilio:medium or twilio:large'})}
  static override flags = createFlags

  async run(): Promise<CreateDocument | undefined> {
    const parsed = await this.parse(AddonsCreate)
    const {flags} = parsed
    if (flags['apps-from'] !== undefined) return this.many(parsed, manyCreated({showSecrets: flags['show-secrets']}))
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    let asked = addonRequest(parsed, appSpace, session)
    const context = await this.context(session, flags)
    if (flags.pick) asked = {...asked, request: await pickForCreate(context, asked.request)}

    if (flags['dry-run']) {
      const preview = await previewAddonAndRoom(context, asked)
      this.log(renderPreview(preview, this.colors, flags.verbose))
      return preview
    }
    const showSecrets = flags['show-secrets'] || flags.shell
    const document = await createAddon(context, asked, {showSecrets, withRoom: true})
    for (const each of fewSubaccounts(document)) this.warn(each)
    const warning = flags.shell ? shellWarning(this.machine.env) : undefined
    if (warning !== undefined) this.warn(warning)
    if (flags.shell) this.print(exportLines(document.configVars))
    else this.log(renderCreated(document, this.colors))
    return document
  }
}
