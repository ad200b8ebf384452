import {AkaCommand} from '../../../cli/base-command.js'
import {appFlag} from '../../../cli/flags.js'
import {renderRegistration} from '../../../cli/output/twilio/registration/index.js'
import {type RegistrationDocument, registrationDocument} from '../../../lib/registration/document.js'
import {readRegistration} from '../../../lib/registration/read.js'

export default class TwilioRegistration extends AkaCommand {
  static override summary = "show how far the registration of an app-space's number for SMS to the US has come"
  static override description =
    'US carriers deliver SMS only from registered numbers: a local number needs a customer profile, an A2P profile, a brand, a messaging service and a campaign; a toll-free number needs a verification. All of them are read from Twilio, whoever made them.'
  static override examples = ['<%= config.bin %> <%= command.id %> -a api-default']
  static override flags = {app: appFlag}

  async run(): Promise<RegistrationDocument> {
    const {flags} = await this.parse(TwilioRegistration)
    const appSpace = await this.appSpace(flags.app)
    const document = registrationDocument(
      await readRegistration(await this.context(await this.session(flags)), appSpace),
    )
    this.log(renderRegistration(document))
    return document
  }
}
