import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag, timeoutFlag, yesFlag} from '../../../cli/flags/common.js'
import {againCosts, renderFixed, renderRegistration} from '../../../cli/output/twilio/registration/index.js'
import {confirm} from '../../../cli/prompts.js'
import {
  campaignFileFlag,
  readRegistrationFile,
  registrationFileFlag,
  registrationRules,
} from '../../../cli/registration/file.js'
import {registrationDocument, type RegistrationFixDocument} from '../../../lib/registration/document.js'
import {fixRegistration} from '../../../lib/registration/fix.js'
import {readRegistration} from '../../../lib/registration/read.js'

export default class TwilioRegistrationFix extends AkaCommand {
  static override summary = 'correct the rejected parts of a registration, and submit them again'
  static override description = `Compares the file with what was rejected, edits the fields that differ and submits it again: profiles, brand, campaign or toll-free verification stay the same objects; nothing is created a second time. twilio:registration shows what was rejected, and why. You are told what Twilio does not allow anybody to edit, such as the use case of a campaign.`
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default --file registration.yaml']
  static override flags = {
    app: appFlag,
    file: registrationFileFlag,
    campaign: campaignFileFlag,
    reason: Flags.string({
      description: 'submit it although the file changes nothing, e.g. because the website was down',
      helpValue: 'TEXT',
    }),
    yes: yesFlag('agree to what Twilio charges for another review, without asking'),
    timeout: timeoutFlag,
  }

  async run(): Promise<RegistrationFixDocument> {
    const {flags} = await this.parse(TwilioRegistrationFix)
    const appSpace = await this.appSpace(flags.app)
    const session = await this.session(flags)
    const {campaign} = flags
    const form = await readRegistrationFile(flags.file, {campaign, rules: async () => registrationRules(session)})
    const context = await this.context(session)
    const before = registrationDocument(await readRegistration(context, appSpace))
    const rejected = before.steps.filter(({state}) => state === 'rejected')
    if (!flags.yes && rejected.some(({step}) => step === 'brand' || step === 'campaign')) {
      this.logToStderr(againCosts)
      await confirm('Submit it again?', {otherwise: 'Nothing was changed.'})
    }
    const {fixed, seen} = await fixRegistration(context, appSpace, form, {reason: flags.reason})
    const current = await readRegistration(context, appSpace)
    const document = registrationDocument({...current, steps: {...current.steps, ...seen}})
    this.log(renderRegistration(document))
    this.logToStderr(`\n${renderFixed(fixed)}`)
    return {...document, fixed}
  }
}
