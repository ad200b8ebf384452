import {chmod} from 'node:fs/promises'
import {isAbsolute, join} from 'node:path'

import {ourCommand} from './command-line.js'
import {usage} from './errors.js'
import type {KoreCredentials} from './kore/credentials.js'
import {asObject, isLink, locally, makePrivateFolder, readSmallFile, withFileLock} from './local-files.js'
import {checkSettings, type SettingName, type Settings} from './settings.js'
import type {TwilioCredentials} from './twilio/connect.js'

interface Stored {
  readonly settings: Settings
  /** What `twilio:login` saved. */
  readonly profile: TwilioCredentials | undefined
  /** What `twilio:login --kore` saved. */
  readonly kore: KoreCredentials | undefined
}

/** The settings and credentials on this machine: one file, readable by its owner alone. */
export interface SettingsFile {
  readonly path: string
  read(): Promise<Stored>
  set<Name extends SettingName>(name: Name, value: NonNullable<Settings[Name]>): Promise<void>
  unset(name: SettingName): Promise<void>
  saveProfile(profile: TwilioCredentials | undefined): Promise<void>
  saveKore(credentials: KoreCredentials | undefined): Promise<void>
}

/** A relative XDG_CONFIG_HOME does not count (https://specifications.freedesktop.org/basedir-spec): it would be the current folder. */
export function configFolder(env: NodeJS.ProcessEnv, home: string): string {
  const base = (process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CONFIG_HOME) ?? ''
  return join(isAbsolute(base) ? base : join(home, '.config'), 'aka-twilio')
}

export function settingsFile(folder: string): SettingsFile {
  const path = join(folder, 'config.json')

  const change = async (
    doing: string,
    work: (conf: {set(key: string, value: unknown): void; delete(key: string): void}, stored: Stored) => void,
  ): Promise<void> => {
    const suggestions = [`Check the folder ${folder} and the disk, then run this again.`] as const
    await locally({doing: `${doing} in ${path}`, suggestions}, async () => {
      await makePrivateFolder(folder)
      if (await isLink(path)) throw Object.assign(new Error('a link'), {code: 'ELOOP'})
      await withFileLock(path, async () => {
        const stored = await read(path)
        const {default: Conf} = await import('conf')
        work(
          new Conf({
            cwd: folder,
            projectName: 'aka-twilio',
            configFileMode: 0o600,
            accessPropertiesByDotNotation: false,
          }),
          stored,
        )
        // The mode is given to a new file alone.
        await chmod(path, 0o600)
      })
    })
  }

  return {
    path,
    read: () => read(path),
    set: (name, value) =>
      change(`save the setting ${name}`, (conf, {settings}) => conf.set('settings', {...settings, [name]: value})),
    unset: (name) =>
      change(`remove the setting ${name}`, (conf, {settings: {[name]: removed, ...rest}}) =>
        conf.set('settings', rest),
      ),
    saveProfile: (profile) =>
      change(profile ? 'save the login' : 'remove the login', (conf) => {
        if (profile) conf.set('profile', profile)
        else conf.delete('profile')
      }),
    saveKore: (credentials) =>
      change(credentials ? 'save the login at KORE' : 'remove the login at KORE', (conf) => {
        if (credentials) conf.set('kore', credentials)
        else conf.delete('kore')
      }),
  }
}

/** Read without conf, which takes longer to load than most commands' own work. */
async function read(path: string): Promise<Stored> {
  const suggestions = [`Fix it or delete it, then run \`${ourCommand('twilio:login')}\` again.`] as const
  const text = await locally({doing: `read ${path}`, suggestions}, () => readSmallFile(path))
  if (text === undefined) return {settings: {}, profile: undefined, kore: undefined}
  const {settings, profile, kore} = parsed(text, path)
  return {settings: checkSettings(asObject(settings)), profile: profileIn(profile), kore: koreIn(kore)}
}

/** What is in a broken file is never quoted: it may be a token. */
function parsed(text: string, path: string): {readonly [Part in keyof Stored]?: unknown} {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Told below.
  }
  throw usage(
    'SETTINGS_UNREADABLE',
    `${path} is not a JSON object.`,
    `Fix it or delete it, then run \`${ourCommand('twilio:login')}\` again.`,
  )
}

function profileIn(value: unknown): TwilioCredentials | undefined {
  const {accountSid, username, password} = asObject(value)
  if (typeof accountSid !== 'string' || typeof username !== 'string' || typeof password !== 'string') return undefined
  return {accountSid, username, password}
}

function koreIn(value: unknown): KoreCredentials | undefined {
  const {clientId, clientSecret} = asObject(value)
  return typeof clientId === 'string' && typeof clientSecret === 'string' ? {clientId, clientSecret} : undefined
}
