import {AkaCommand} from '../../cli/base-command.js'
import {arg, profileOfAppFlag} from '../../cli/flags/common.js'
import {renderSettings} from '../../cli/output/twilio/settings.js'
import {settingAsked} from '../../cli/setting-arguments.js'
import {definitions, effectiveSettings, settingNames, type SettingsDocument} from '../../lib/settings.js'

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
    name: arg({description: settingNames.join(', ')}),
    value: arg({description: 'for set'}),
  }

  async run(): Promise<SettingsDocument> {
    const {args, flags} = await this.parse(TwilioSettings)
    const asked = settingAsked(args)
    const correctedSetting = asked.action === 'set' || asked.action === 'unset' ? asked.name : undefined
    const {file, settings, overrides} = await this.session({...flags, appSpace: flags.app, correctedSetting})
    if (asked.action === 'list') {
      const document = {...effectiveSettings(settings, overrides(settings)), file: file.path}
      this.log(() => renderSettings(document))
      return document
    }
    const {name} = asked
    if (asked.action === 'set') await file.set(name, asked.value)
    if (asked.action === 'unset') await file.unset(name)
    const {settings: now} = await file.read()
    const effective = effectiveSettings(now, overrides(now))
    const [value, source] = [effective.settings[name], effective.sources[name]]
    if (asked.action !== 'get' && definitions[name].overriddenBy?.includes(source))
      this.warn(`${source} takes precedence in this run.`)
    this.log(String(value))
    return {name, value, source}
  }
}
