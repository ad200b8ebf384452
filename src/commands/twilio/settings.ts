import {AkaCommand, arg} from '../../cli/base-command.js'
import {usage} from '../../lib/errors.js'
import {checkSettingName, definitions, type SettingName} from '../../lib/settings.js'
import {table} from '../../cli/output/table.js'

const names = Object.keys(definitions) as SettingName[]
const actions = ['list', 'get', 'set', 'unset'] as const

export default class TwilioSettings extends AkaCommand {
  static override summary = 'show or change the settings on this machine'
  static override description = Object.entries(definitions)
    .map(([name, {summary, standard}]) => `${name}: ${summary} [default: ${standard}]`)
    .join('\n')
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> set registry aka-twilio-staging',
    '<%= config.bin %> <%= command.id %> unset registry',
  ]
  static override args = {
    action: arg({description: 'what to do', options: [...actions], default: 'list'}),
    name: arg({description: names.join(', ')}),
    value: arg({description: 'for set'}),
  }

  async run(): Promise<unknown> {
    const {args, flags} = await this.parse(TwilioSettings)
    const {file, settings} = await this.session(flags)
    if (args.action === 'list') {
      if (args.name !== undefined) throw usage('ARGUMENTS', 'list takes no name.', `Did you mean get ${args.name}?`)
      const values = names.map((name) => [name, settings[name] ?? definitions[name].standard] as const)
      const rows = values.map(([name, value]) => [
        name,
        String(value),
        settings[name] === undefined ? 'default' : 'set here',
      ])
      this.log(await table(['Setting', 'Value', ''], rows))
      return {settings: Object.fromEntries(values), file: file.path}
    }
    if (args.name === undefined) {
      throw usage('ARGUMENTS', `Which setting? ${args.action} needs its name.`, `Settings: ${names.join(', ')}.`)
    }
    const name = checkSettingName(args.name)
    if (args.action === 'set') {
      if (args.value === undefined)
        throw usage('ARGUMENTS', 'To what? set needs a value.', `aka twilio:settings set ${name} VALUE`)
      await file.set(name, definitions[name].parse(args.value))
    } else if (args.value !== undefined) {
      throw usage('ARGUMENTS', `${args.action} takes no value.`, `Did you mean set ${name} ${args.value}?`)
    }
    if (args.action === 'unset') await file.unset(name)
    const value = (await file.read()).settings[name] ?? definitions[name].standard
    this.log(String(value))
    return {name, value}
  }
}
