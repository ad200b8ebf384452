import {Flags} from '@oclif/core'

import {alertsFrom, createAlertFlags} from '../../cli/alert-flags.js'
import {AkaCommand} from '../../cli/base-command.js'
import {appFlag, arg, dryRunFlag, noNameFlags, refuseNames, timeoutFlag, waitForOthersFlag} from '../../cli/flags.js'
import {newNumberFlags, numberOptionsOf} from '../../cli/number-flags.js'
import {renderCreated, renderPreview} from '../../cli/output/addons/create.js'
import {exportLines} from '../../cli/output/shell.js'
import {pickForCreate} from '../../cli/pick-number.js'
import {previewAlerts, setFirstAlerts} from '../../lib/alerts/set.js'
import {createdDocument, type CreateDocument, createPreviewDocument} from '../../lib/lifecycle/create/document.js'
import {planCreate} from '../../lib/lifecycle/create/plan.js'
import {provision} from '../../lib/lifecycle/create/provision.js'
import {createRequest} from '../../lib/lifecycle/create/request.js'
import {standardCountry} from '../../lib/settings.js'
import {shellWarning} from '../../lib/twilio/credentials.js'

export default class AddonsCreate extends AkaCommand {
  static override aliases = ['twilio:create']
  static override hiddenAliases = ['addon:create']
  static override summary = 'give an app-space a Twilio subaccount, a phone number and config vars'
  static override description = `Creates a subaccount of the main Twilio account for the app-space, buys a number in it (or moves one in), and writes TWILIO_SID, TWILIO_AUTH_TOKEN and TWILIO_PHONE_NUMBER to the app-space's config.

Safe to repeat: after an interruption the same command, on any machine, resumes where the last run stopped, and nothing is bought twice. On an add-on that is ready it changes nothing, except that it restores missing config vars.

Sending email (SendGrid) is not part of the add-on.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> twilio:small -a api-default',
    '<%= config.bin %> <%= command.id %> twilio:medium -a api-default --area-code 801 --any-area',
    'eval "$(<%= config.bin %> <%= command.id %> twilio:small -a api-default --shell)"',
  ]
  static override args = {plan: arg({description: 'twilio:small, twilio:medium or twilio:large', required: true})}
  static override flags = {
    app: appFlag,
    ...newNumberFlags,
    ...createAlertFlags,
    'dry-run': dryRunFlag('show plan, price, number and every change that would be made, and make none'),
    force: Flags.boolean({description: 'overwrite TWILIO_* config vars that somebody else set'}),
    'keep-on-failure': Flags.boolean({description: 'do not roll back when a later step is refused'}),
    wait: waitForOthersFlag,
    timeout: timeoutFlag,
    'show-secrets': Flags.boolean({description: 'show the auth token'}),
    shell: Flags.boolean({
      description: 'print `export NAME=value` lines, with the auth token, for eval',
      exclusive: ['json', 'show-secrets', 'dry-run'],
    }),
    ...noNameFlags,
  }

  async run(): Promise<CreateDocument> {
    const {args, flags} = await this.parse(AddonsCreate)
    refuseNames(flags)
    const session = await this.session(flags)
    const appSpace = this.appSpace(flags.app)
    const options = {appSpace, plan: args.plan, keepOnFailure: flags['keep-on-failure'], force: flags.force}
    let request = createRequest({...options, number: numberOptionsOf(flags)}, standardCountry(session.settings))
    const alerts = alertsFrom(flags)
    const context = await this.context(session, flags)
    if (flags.pick) request = await pickForCreate(context, request)

    if (flags['dry-run']) {
      const found = await planCreate(context, request)
      const {plan} = request.intent
      const more = alerts ? await previewAlerts(context, {appSpace, plan, ask: alerts}) : []
      const document = createPreviewDocument(request, {...found, calls: [...found.calls, ...more]})
      this.log(renderPreview(document, this.colors))
      return document
    }
    const provisioned = await provision(context, request)
    const set = alerts && (await setFirstAlerts(context, appSpace, alerts))
    const document = createdDocument(provisioned, {showSecrets: flags['show-secrets'] || flags.shell, alerts: set})
    const warning = flags.shell ? shellWarning(this.machine.env) : undefined
    if (warning !== undefined) this.warn(warning)
    if (flags.shell) this.print(exportLines(document.configVars))
    else this.log(renderCreated(document, this.colors))
    return document
  }
}
