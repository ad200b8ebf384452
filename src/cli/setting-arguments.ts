import {ourCommand} from '../lib/command-line.js'
import {usage} from '../lib/errors.js'
import {checkSettingName, definitions, type SettingName, settingNames, type Settings} from '../lib/settings.js'

interface Given {
  readonly action: string
  readonly name?: string | undefined
  readonly value?: string | undefined
}

type Asked =
  | {readonly action: 'list'}
  | {readonly action: 'get' | 'unset'; readonly name: SettingName}
  | {readonly action: 'set'; readonly name: SettingName; readonly value: NonNullable<Settings[SettingName]>}

/** What a command line of `twilio:settings` asks for. @throws {Failure} `usage` */
export function settingAsked({action, name: given, value}: Given): Asked {
  if (action === 'list') {
    if (given === undefined) return {action}
    throw usage('ARGUMENTS_INVALID', 'list takes no name.', `Did you mean get ${given}?`)
  }
  if (given === undefined)
    throw usage(
      'ARGUMENTS_INVALID',
      `Missing name: ${action} needs a setting.`,
      `Settings: ${settingNames.join(', ')}.`,
    )
  const name = checkSettingName(given)
  if (action === 'set') {
    if (value !== undefined) return {action, name, value: definitions[name].parse(value)}
    throw usage('ARGUMENTS_INVALID', 'Missing value.', ourCommand(`twilio:settings set ${name} VALUE`))
  }
  if (value === undefined) return {action: action === 'unset' ? 'unset' : 'get', name}
  throw usage('ARGUMENTS_INVALID', `${action} takes no value.`, `Did you mean set ${name} ${value}?`)
}
