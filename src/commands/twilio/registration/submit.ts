import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, followFlag, timeoutFlag, yesFlag} from '../../../cli/flags.js'
import {registrationCosts, renderNext, renderRegistration} from '../../../cli/output/twilio/registration/index.js'
import {confirm} from '../../../cli/prompts.js'
import {readRegistrationFile, registrationFileFlag} from '../../../cli/registration-file.js'
import {requireRecord} from '../../../lib/addon/info.js'
import {type RegistrationDocument, registrationDocument} from '../../../lib/registration/document.js'
import {followRegistration} from '../../../lib/registration/follow.js'
import {readRegistration} from '../../../lib/registration/read.js'
import {requireRegistrable, submitRegistration} from '../../../lib/registration/submit.js'
import {usKindOf} from '../../../lib/twilio/us-number.js'

export default class TwilioRegistrationSubmit extends AkaCommand {
  static override summary = "register an app-space's number for SMS to the US"
  static override description = `Makes what the file describes, in the subaccount: a customer profile, an A2P profile, a brand, a messaging service with the number (its webhooks stay) and a campaign (A2P 10DLC); for a toll-free number, its verification. A review by Twilio or the carriers may take weeks: the command then ends with exit 0, and run again it goes on from there, on any machine. Nothing is made twice.

The file has data of people and of the business, which go to Twilio alone: keep it out of git unless that is wanted.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> -a api-default --file registration.yaml',
    '<%= config.bin %> <%= command.id %> -a api-default --file registration.yaml --mock --wait',
  ]
  static override flags = {
    app: appFlag,
    file: registrationFileFlag,
    mock: Flags.boolean({
      description: "with Twilio's mock brand: the whole way, free, and nothing is registered",
      default: false,
    }),
    brand: Flags.string({
      description: 'use this approved brand of the subaccount',
      helpValue: 'BN…',
      exclusive: ['mock'],
    }),
    yes: yesFlag('agree to what Twilio charges, without asking'),
    wait: followFlag('wait for reviews, and go on after each'),
    timeout: timeoutFlag,
  }

  async run(): Promise<RegistrationDocument> {
    const {flags} = await this.parse(TwilioRegistrationSubmit)
    const appSpace = await this.appSpace(flags.app)
    const form = await readRegistrationFile(flags.file)
    const context = await this.context(await this.session(flags))
    const {registration, phoneNumber} = await requireRecord(context, appSpace)
    const options = {mock: flags.mock, brandSid: flags.brand}
    if (phoneNumber) requireRegistrable(appSpace, phoneNumber, options)
    // A verification is free.
    const costs = !flags.mock && phoneNumber !== undefined && usKindOf(phoneNumber.e164) === 'local'
    if (costs && !flags.yes && registration?.agreed !== true) {
      this.logToStderr(registrationCosts(flags.brand === undefined))
      await confirm('Register the number?', {otherwise: 'Nothing was registered.'})
    }
    let submitted = await submitRegistration(context, appSpace, form, options)
    if (flags.wait) submitted = await followRegistration(context, appSpace, form, {options, submitted})
    const current = await readRegistration(context, appSpace)
    const document = registrationDocument({...current, steps: {...current.steps, ...submitted.seen}})
    this.log(renderRegistration(document))
    this.logToStderr(`\n${renderNext(submitted.waitsFor, options.mock)}`)
    return document
  }
}
