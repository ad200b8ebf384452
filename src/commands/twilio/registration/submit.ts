import {Flags} from '@oclif/core'

import {BulkCommand} from '../../../cli/bulk/command.js'
import {agree, newCosts, registrationsSubmitted} from '../../../cli/bulk/registration.js'
import {bulkFlags} from '../../../cli/flags/bulk.js'
import {appFlag, dryRunFlag, followFlag, timeoutFlag, yesFlag} from '../../../cli/flags/common.js'
import {renderNext, renderRegistration} from '../../../cli/output/twilio/registration/index.js'
import {campaignFileFlag, registrationFileFlag} from '../../../cli/registration/file.js'
import type {RegistrationDocument} from '../../../lib/registration/document.js'

export default class TwilioRegistrationSubmit extends BulkCommand {
  static override summary = "register an app-space's number for SMS to the US"
  static override description = `Creates what the file describes in the subaccount: a customer profile, an A2P profile, a brand, a messaging service with the number (its webhooks stay) and a campaign (A2P 10DLC); for a toll-free number, its verification. A review by Twilio or the carriers may take weeks: the command then ends with exit 0, and the same command, on any machine, resumes from there. Nothing is created twice.

One file can serve a whole organisation: --campaign (also a column of --apps-from) names a file whose sections, such as campaign, replace those of --file.

The file has personal and business data, which is sent only to Twilio: keep it out of git unless you want it there.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --file registration.yaml',
    '<%= config.bin %> <%= command.id %> -a api-default --file registration.yaml --mock --wait',
    '<%= config.bin %> <%= command.id %> --apps-from apps.csv --file registration.yaml --yes',
  ]
  static override flags = {
    app: appFlag,
    file: registrationFileFlag,
    campaign: campaignFileFlag,
    mock: Flags.boolean({
      description: "use Twilio's mock brand: all steps, free, and nothing is registered",
      default: false,
    }),
    brand: Flags.string({
      description: 'use this approved brand of the subaccount',
      helpValue: 'BN…',
      exclusive: ['mock'],
    }),
    ...bulkFlags,
    'dry-run': dryRunFlag('show the progress, and change nothing'),
    yes: yesFlag('agree to what Twilio charges, without asking'),
    wait: followFlag('wait for reviews, and continue after each'),
    timeout: timeoutFlag,
  }

  async run(): Promise<RegistrationDocument | undefined> {
    const parsed = await this.parse(TwilioRegistrationSubmit)
    const {flags} = parsed
    if (flags['apps-from'] !== undefined || flags['dry-run'])
      return this.oneOrMany(parsed, registrationsSubmitted, renderRegistration)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const request = await registrationsSubmitted.request(parsed, appSpace, session)
    const context = await this.context(session)
    const costs = await newCosts(context, [request])
    if (costs) this.logToStderr(costs.said)
    if (costs && !flags.yes) await agree(costs)
    const document = await registrationsSubmitted.carryOut(context, request)
    this.log(renderRegistration(document))
    this.logToStderr(`\n${renderNext(document.steps, flags.mock)}`)
    return document
  }
}
