import {Flags} from '@oclif/core'

import {AkaCommand} from '../../../cli/base-command.js'
import {aboutFile} from '../../../cli/output/twilio/registration/init.js'
import {progress} from '../../../cli/progress.js'
import {registrationRules, requireNoFile, writeRegistrationFile} from '../../../cli/registration/file.js'
import {complete, givenAnswers} from '../../../cli/registration/questions.js'
import type {RegistrationFileDocument} from '../../../lib/registration/document.js'

export default class TwilioRegistrationInit extends AkaCommand {
  static override summary = 'write registration.yaml, for registering numbers for SMS to the US'
  static override description = `Asks for the business, its representative, its address and what is sent, checks each answer, and writes the file that twilio:registration:submit takes. The questions follow Twilio's policy, read with your login and kept for a week; without a login, or offline, a built-in copy. The answers are not sent, and nothing is overwritten. --set answers a question in advance; repeat it for a list (samples).

The file has personal and business data, which is sent only to Twilio: keep it out of git unless you want it there.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only campaign --file orders.yaml',
    "<%= config.bin %> <%= command.id %> --for toll-free --set 'business.name=Example Inc.' --set address.country=US",
  ]
  static override flags = {
    file: Flags.string({description: 'where to write it', default: 'registration.yaml', helpValue: 'FILE'}),
    for: Flags.option({
      options: ['local', 'toll-free', 'both'] as const,
      description: 'the kind of number that is to be registered',
      default: 'local',
    })(),
    only: Flags.option({
      options: ['organisation', 'campaign'] as const,
      description:
        'only what all numbers of an organisation share, or only what one of them sends (for --campaign of submit)',
    })(),
    set: Flags.string({
      description: 'an answer, instead of being asked',
      helpValue: 'SECTION.FIELD=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      default: [],
    }),
  }

  async run(): Promise<RegistrationFileDocument> {
    const {flags} = await this.parse(TwilioRegistrationInit)
    const {file} = flags
    await requireNoFile(file)
    const session = await this.session(flags)
    const rules = await progress('reading what Twilio asks for', async () => registrationRules(session))
    const {asked, source, readAt} = rules
    const answers = await complete(givenAnswers(flags.set, asked), {kind: flags.for, only: flags.only}, rules)
    await writeRegistrationFile(file, answers)
    this.log(`${file} was written.`)
    for (const sentence of aboutFile(flags, rules)) this.logToStderr(sentence)
    return {file, sections: Object.keys(answers), rules: {source, readAt}}
  }
}
