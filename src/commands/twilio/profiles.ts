import {AkaCommand} from '../../cli/base-command.js'
import {arg} from '../../cli/flags/common.js'
import {renderProfiles} from '../../cli/output/twilio/profiles.js'
import {ourCommand} from '../../lib/command-line.js'
import {badCredentials, usage} from '../../lib/errors.js'
import {checkProfileName, usualProfile} from '../../lib/profiles.js'
import {type ProfilesDocument, profilesDocument} from '../../lib/profiles-document.js'
import {credentialVariable} from '../../lib/twilio/credentials.js'

export default class TwilioProfiles extends AkaCommand {
  static override summary = 'show the logins on this machine, or choose which one is used'
  static override description = `For several main accounts: twilio:login --profile NAME saves a login under a name. --profile NAME uses it for one command, AKA_TWILIO_PROFILE in one shell, and "use NAME" everywhere else on this machine. A named profile takes precedence over TWILIO_ACCOUNT_SID and all other credentials.

Each main account has its own add-ons and registry. A profile can also have a login to KORE.`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> use staging',
    '<%= config.bin %> twilio:login --profile staging',
  ]
  static override args = {
    action: arg({description: 'what to do', options: ['list', 'use'], default: 'list'}),
    name: arg({description: 'for use'}),
  }

  async run(): Promise<ProfilesDocument> {
    const {args, flags} = await this.parse(TwilioProfiles)
    const {file, profile} = await this.session(flags)
    if (args.action === 'use') await this.#use(args.name, flags)
    else if (args.name !== undefined)
      throw usage('ARGUMENTS_INVALID', 'list takes no name.', `Did you mean use ${args.name}?`)
    const {profiles, settings} = await file.read()
    const used = profile.namedBy === undefined ? (settings.profile ?? usualProfile) : profile.name
    const variable = profile.namedBy === undefined ? credentialVariable(this.machine.env) : undefined
    const document = profilesDocument(profiles, {
      setting: settings.profile,
      inUse: variable === undefined ? used : null,
    })
    this.log(renderProfiles(document))
    if (variable !== undefined)
      this.warn(`${variable} is set and takes precedence over the default profile; --profile takes precedence over it.`)
    return document
  }

  async #use(given: string | undefined, flags: {sandbox: boolean}): Promise<void> {
    if (given === undefined)
      throw usage('ARGUMENTS_INVALID', 'Missing NAME (the profile to use).', ourCommand('twilio:profiles'))
    const name = checkProfileName(given)
    const {file, profiles, settings} = await this.session(flags)
    if (name === usualProfile) return file.unset('profile')
    if (!profiles.has(name) && !settings['credential-process'])
      throw badCredentials(
        'PROFILE_NOT_FOUND',
        `There is no login for the profile ${name}.`,
        `Log in first: ${ourCommand(`twilio:login --profile ${name}`)}`,
        `Profiles: ${[...profiles.keys()].join(', ') || 'none'}.`,
      )
    await file.set('profile', name)
  }
}
