import {AkaCommand} from '../../cli/base-command.js'
import {arg, profileOfAppFlag} from '../../cli/flags.js'
import {renderSettings} from '../../cli/output/twilio/settings.js'
import {ourCommand} from '../../lib/command-line.js'
import {usage} from '../../lib/errors.js'
import {checkSettingName, definitions, effectiveSettings, type SettingsDocument} from '../../lib/settings.js'
import type {SettingsFile} from '../../lib/settings-file.js'

const names = Object.keys(definitions).join(', ')

export default class TwilioSettings extends AkaCommand {
  static override summary = 'show or change the settings on this machine'
  static override description = `Without arguments, every setting in effect and where each comes from: a flag, an environment variable, the file, or the default.

${Object.entries(definitions)
  .map(([name, {summary, standard}]) => `${name}: ${summary} [default: ${standard || 'none'}]`)
  .join('\n')}`
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> set registry aka-twilio-staging',
    '<%= config.bin %> <%= command.id %> unset registry',
  ]
  static override flags = {app: profileOfAppFlag}
  static override args = {
    action: arg({description: 'what to do', options: ['list', 'get', 'set', 'unset'], default: 'list'}),
    name: arg({description: names}),
    value: arg({description: 'for set'}),
  }

  async run(): Promise<SettingsDocument> {
    const {args, flags} = await this.parse(TwilioSettings)
    const {file, settings, overrides} = await this.session({...flags, appSpace: flags.app})
    if (args.action === 'list') {
      if (args.name !== undefined)
        throw usage('ARGUMENTS_INVALID', 'list takes no name.', `Did you mean get ${args.name}?`)
      const document = {...effectiveSettings(settings, overrides(settings)), file: file.path}
      this.log(() => renderSettings(document))
      return document
    }
    const name = await apply(file, args)
    const {settings: now} = await file.read()
    const effective = effectiveSettings(now, overrides(now))
    const [value, source] = [effective.settings[name], effective.sources[name]]
    if (args.action !== 'get' && definitions[name].overriddenBy?.includes(source))
      this.warn(`${source} takes precedence in this run.`)
    this.log(String(value))
    return {name, value, source}
  }
}

async function apply(
  file: SettingsFile,
  {action, name: given, value}: {action: string; name?: string | undefined; value?: string | undefined},
) {
  if (given === undefined)
    throw usage('ARGUMENTS_INVALID', `Missing name: ${action} needs a setting.`, `Settings: ${names}.`)
  const name = checkSettingName(given)
  if (action === 'set') {
    if (value === undefined)
      throw usage('ARGUMENTS_INVALID', 'Missing value.', ourCommand(`twilio:settings set ${name} VALUE`))
    await file.set(name, definitions[name].parse(value))
  } else if (value !== undefined) {
    throw usage('ARGUMENTS_INVALID', `${action} takes no value.`, `Did you mean set ${name} ${value}?`)
  }
  if (action === 'unset') await file.unset(name)
  return name
}
