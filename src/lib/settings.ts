import {type CarrierName, carrierNames} from './carrier/service.js'
import {ourCommand} from './command-line.js'
import {checkCountry} from './country.js'
import {Failure, usage} from './errors.js'
import {nearest} from './nearest.js'
import {checkProfileName, checkSpaceProfiles, usualProfile} from './profiles.js'
import {checkSubaccountLimit} from './subaccount-limit.js'
import {secureBase} from './transport/addresses.js'
import {wordsOfCommand} from './twilio/credential-process.js'

/** What can be set with `twilio:settings`; everything else that matters lives with Twilio and Akkeris. */
export interface Settings {
  readonly registry?: string
  readonly country?: string
  readonly sandbox?: boolean
  readonly profile?: string
  readonly 'space-profiles'?: string
  readonly 'credential-process'?: string
  readonly 'sim-order-url'?: string
  readonly 'sim-carrier'?: CarrierName | ''
  readonly 'subaccount-limit'?: string
  readonly 'update-notice'?: boolean
}

export type SettingName = keyof Settings

interface Definition<Value> {
  readonly summary: string
  /** What goes before it for one run. */
  readonly overriddenBy?: readonly string[]
  readonly standard: Value
  /** The value of what was typed. @throws {Failure} `usage` */
  readonly parse: (text: string) => Value
}

export const definitions: {readonly [Name in SettingName]-?: Definition<NonNullable<Settings[Name]>>} = {
  registry: {
    summary: 'the Sync Map in which add-ons are recorded; two Akkeris installations that share a main account need two',
    standard: 'aka-twilio',
    parse(text) {
      if (/^(?!\.+$)[\w.-]{1,64}$/.test(text)) return text
      throw usage(
        'SETTING_INVALID',
        `"${text}" is not a valid name for a registry.`,
        'Use up to 64 letters, digits, dots, dashes and underscores.',
      )
    },
  },
  country: {
    summary: 'the country in which numbers are bought without --country',
    standard: 'US',
    parse: checkCountry,
  },
  profile: {
    summary: 'the login to use if neither --profile nor AKA_TWILIO_PROFILE names one (twilio:profiles)',
    standard: usualProfile,
    overriddenBy: ['--profile', 'AKA_TWILIO_PROFILE'],
    parse: checkProfileName,
  },
  'space-profiles': {
    summary:
      'the login for the app-spaces of each space, unless another is named: prod=acme-prod,dev=acme-dev (docs/login.md)',
    standard: '',
    parse: checkSpaceProfiles,
  },
  'credential-process': {
    summary: 'a program that prints the credentials of a profile that has no login, as JSON (docs/login.md)',
    standard: '',
    parse(text) {
      if (text !== '') wordsOfCommand(text)
      return text
    },
  },
  'sim-order-url': {
    summary:
      'the URL to which orders of SIM cards are posted (docs/sim-orders.md); empty: they wait for the administrator',
    standard: '',
    parse: (text) => (text === '' ? '' : secureBase(text, 'sim-order-url')),
  },
  'sim-carrier': {
    summary: "whose SIMs are ordered and used, twilio or kore; empty: KORE's if its credentials are found",
    standard: '',
    parse(text) {
      const known = carrierNames.find((name) => name === text)
      if (known !== undefined || text === '') return known ?? ''
      throw usage(
        'SETTING_INVALID',
        `sim-carrier is ${carrierNames.join(' or ')}, not "${text}".`,
        `For KORE: ${ourCommand('twilio:settings set sim-carrier kore')}`,
      )
    },
  },
  'subaccount-limit': {
    summary:
      'how many subaccounts a main account can have, if Twilio raised the limit: 5000, or by profile acme-prod=5000',
    standard: '1000',
    parse: checkSubaccountLimit,
  },
  'update-notice': {
    summary: 'whether a command on a terminal says, at most once a day, that there is a newer version of this clone',
    standard: true,
    parse: (text) => trueOrFalse('update-notice', text, 'To be told'),
  },
  sandbox: {
    summary: 'whether commands use the embedded sandbox without --sandbox',
    overriddenBy: ['--sandbox', 'AKA_TWILIO_SANDBOX'],
    standard: false,
    parse: (text) => trueOrFalse('sandbox', text, 'To use it'),
  },
}

export const settingNames = Object.keys(definitions) as SettingName[]

function trueOrFalse(name: SettingName, text: string, why: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  throw usage(
    'SETTING_INVALID',
    `${name} is true or false, not "${text}".`,
    `${why}: ${ourCommand(`twilio:settings set ${name} true`)}`,
  )
}

/** The settings on this machine; with get, set and unset the one. */
export type SettingsDocument = AllSettingsDocument | SettingDocument

/** The settings as they apply to this run. */
export interface AllSettingsDocument {
  readonly settings: Required<Settings>
  /** Where each comes from: `default`, `file`, or the flag or environment variable that goes before the file. */
  readonly sources: Readonly<Record<SettingName, string>>
  /** Where they are stored. */
  readonly file: string
}

interface SettingDocument {
  readonly name: SettingName
  /** As it applies to this run. */
  readonly value: string | boolean
  /** `default`, `file`, or the flag or environment variable that goes before the file. */
  readonly source: string
}

/** What goes before a setting, or stands in for one that is not set. */
export type Overrides = Readonly<Partial<Record<SettingName, Override>>>

interface Override {
  readonly value: NonNullable<Settings[SettingName]>
  readonly source: string
}

/** Every setting as it applies: what is not set has its default. */
export function withDefaults(settings: Settings): Required<Settings> {
  const defaults = Object.fromEntries(Object.entries(definitions).map(([name, {standard}]) => [name, standard]))
  return {...defaults, ...settings} as Required<Settings>
}

/** Every setting as it applies to a run, and where that comes from. */
export function effectiveSettings(
  settings: Settings,
  overrides: Overrides,
): Pick<AllSettingsDocument, 'settings' | 'sources'> {
  const overridden = settingNames.flatMap((name) => (overrides[name] ? [[name, overrides[name].value] as const] : []))
  const sourceOf = (name: SettingName) => overrides[name]?.source ?? (settings[name] === undefined ? 'default' : 'file')
  return {
    settings: {...withDefaults(settings), ...Object.fromEntries(overridden)},
    sources: Object.fromEntries(settingNames.map((name) => [name, sourceOf(name)])) as AllSettingsDocument['sources'],
  }
}

/** The country where none is given. */
export function standardCountry({country}: Settings): string {
  return country ?? definitions.country.standard
}

/** @throws {Failure} `usage`, with the nearest name where one is near. */
export function checkSettingName(name: string): SettingName {
  if (Object.hasOwn(definitions, name)) return name as SettingName
  const meant = nearest(name, settingNames)
  throw usage(
    'SETTING_UNKNOWN',
    `There is no setting "${name}".`,
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    `Settings: ${settingNames.join(', ')}.`,
  )
}

/**
 * The settings among values of any kind, each checked as when it was set: somebody may have edited the file.
 * @param corrected one that is about to be corrected: left out where it cannot be used
 * @throws {Failure} `usage` for another value that cannot be used.
 */
export function checkSettings(values: Readonly<Record<string, unknown>>, corrected?: SettingName): Settings {
  const given = settingNames.filter((name) => values[name] !== undefined)
  const checked = given.map((name) => [name, checkSetting(name, values[name], name === corrected)] as const)
  return Object.fromEntries(checked.filter(([, value]) => value !== undefined))
}

function checkSetting(name: SettingName, value: unknown, isCorrected: boolean): Settings[SettingName] | undefined {
  try {
    return definitions[name].parse(typeof value === 'string' ? value : JSON.stringify(value))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (isCorrected) return undefined
    const message = `The setting ${name} cannot be used: ${error.message}`
    throw error.retold({message}).withSuggestions(`To remove it: ${ourCommand(`twilio:settings unset ${name}`)}`)
  }
}
