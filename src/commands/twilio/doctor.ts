import {AkaCommand} from '../../cli/base-command.js'
import {profileOfAppFlag} from '../../cli/flags/common.js'
import {renderFindings} from '../../cli/output/twilio/doctor.js'
import {type DoctorDocument, examine} from '../../lib/doctor.js'

export default class TwilioDoctor extends AkaCommand {
  static override summary = 'check everything that add-ons need: credentials, account, Akkeris, clock, versions'
  static override description =
    'One line per check, with how to fix what fails; the exit code is the highest of the failed checks.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> -a api-prod']
  static override flags = {app: profileOfAppFlag}

  async run(): Promise<DoctorDocument> {
    const {flags} = await this.parse(TwilioDoctor)
    const document = await examine(
      await this.session({...flags, appSpace: flags.app}),
      this.machine,
      this.config.version,
    )
    this.log(renderFindings(document, this.colors))
    process.exitCode = document.exitCode
    return document
  }
}
