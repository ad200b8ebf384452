import {existsSync} from 'node:fs'
import {join} from 'node:path'

import {closest} from 'fastest-levenshtein'

import {usage} from './errors.js'
import {checkCountry} from './country.js'
import {secureBase} from './transport/addresses.js'
import type {TwilioCredentials} from './twilio/connect.js'

/** What can be set with `twilio:settings`; everything else that matters lives with Twilio and Akkeris. */
export interface Settings {
  readonly registry?: string
  readonly country?: string
  readonly sandbox?: boolean
  readonly 'sim-order-url'?: string
}

export type SettingName = keyof Settings

interface Definition<Value> {
  readonly summary: string
  readonly standard: Value
  /** The value that the text stands for. @throws {Failure} `usage` */
  readonly parse: (text: string) => Value
}

export const definitions: {readonly [Name in SettingName]-?: Definition<NonNullable<Settings[Name]>>} = {
  registry: {
    summary: 'the Sync Map in which add-ons are recorded; two Akkeris installations that share a main account need two',
    standard: 'aka-twilio',
    parse(text) {
      if (/^[\w.-]{1,64}$/.test(text)) return text
      throw usage(
        'SETTING_INVALID',
        `"${text}" is not a valid name for a registry.`,
        'Use up to 64 letters, digits, dots, dashes and underscores.',
      )
    },
  },
  country: {
    summary: 'the country in which numbers are bought when --country does not say',
    standard: 'US',
    parse: checkCountry,
  },
  'sim-order-url': {
    summary: 'where orders of SIM cards are posted to (docs/sim-orders.md); empty: they wait for the administrator',
    standard: '',
    parse: (text) => (text === '' ? '' : secureBase(text, 'sim-order-url')),
  },
  sandbox: {
    summary: 'whether commands use the embedded sandbox without --sandbox',
    standard: false,
    parse(text) {
      if (text === 'true' || text === 'false') return text === 'true'
      throw usage(
        'SETTING_INVALID',
        `sandbox is true or false, not "${text}".`,
        'Say `aka twilio:settings set sandbox true`.',
      )
    },
  },
}

/** @throws {Failure} `usage` with the nearest name. */
export function checkSettingName(name: string): SettingName {
  if (Object.hasOwn(definitions, name)) return name as SettingName
  const names = Object.keys(definitions)
  throw usage(
    'SETTING_UNKNOWN',
    `There is no setting "${name}".`,
    `Did you mean ${closest(name, names)}?`,
    `Settings: ${names.join(', ')}.`,
  )
}

/** The settings and credentials on this machine: one file, readable by its owner alone. */
export interface SettingsFile {
  readonly path: string
  read(): Promise<{readonly settings: Settings; readonly profile: TwilioCredentials | undefined}>
  set<Name extends SettingName>(name: Name, value: NonNullable<Settings[Name]>): Promise<void>
  unset(name: SettingName): Promise<void>
  saveProfile(profile: TwilioCredentials | undefined): Promise<void>
}

export function configFolder(env: NodeJS.ProcessEnv, home: string): string {
  const base = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CONFIG_HOME
  return join(base || join(home, '.config'), 'aka-twilio')
}

export function settingsFile(folder: string): SettingsFile {
  const path = join(folder, 'config.json')
  const open = async () => {
    const {default: Conf} = await import('conf')
    try {
      return new Conf<{settings?: Settings; profile?: TwilioCredentials}>({
        cwd: folder,
        projectName: 'aka-twilio',
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
      })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw usage(
        'SETTINGS_UNREADABLE',
        `${path} cannot be read: ${why}`,
        'Fix it or delete it, then run `aka twilio:login` again.',
      )
    }
  }
  return {
    path,
    async read() {
      // Loading conf takes longer than most commands' own work: not for a file that is not there.
      if (!existsSync(path)) return {settings: {}, profile: undefined}
      const conf = await open()
      return {settings: conf.get('settings') ?? {}, profile: conf.get('profile')}
    },
    async set(name, value) {
      const conf = await open()
      conf.set('settings', {...conf.get('settings'), [name]: value})
    },
    async unset(name) {
      const conf = await open()
      const {[name]: removed, ...rest} = conf.get('settings') ?? {}
      conf.set('settings', rest)
    },
    async saveProfile(profile) {
      const conf = await open()
      if (profile) conf.set('profile', profile)
      else conf.delete('profile')
    },
  }
}
