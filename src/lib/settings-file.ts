import {chmod} from 'node:fs/promises'
import {isAbsolute, join} from 'node:path'

import {ourCommand} from './command-line.js'
import {usage} from './errors.js'
import type {KoreCredentials} from './kore/credentials.js'
import {asObject, isLink, locally, makePrivateFolder, readSmallFile, withFileLock} from './local-files.js'
import {usualProfile} from './profiles.js'
import {checkSettings, type SettingName, type Settings} from './settings.js'
import type {TwilioCredentials} from './twilio/connect.js'

/** What `twilio:login` saved under one name: for each main account another one. */
interface Profile {
  readonly twilio?: TwilioCredentials
  /** What `twilio:login --kore` saved. */
  readonly kore?: KoreCredentials
}

export type Profiles = ReadonlyMap<string, Profile>

interface Stored {
  readonly settings: Settings
  /** What `twilio:login` saved. */
  readonly profiles: Profiles
}

/** The settings and credentials on this machine: one file, readable by its owner alone. */
export interface SettingsFile {
  readonly path: string
  /** @param corrected a setting that is about to be corrected: left out where it cannot be used */
  read(corrected?: SettingName): Promise<Stored>
  set<Name extends SettingName>(name: Name, value: NonNullable<Settings[Name]>): Promise<void>
  unset(name: SettingName): Promise<void>
  /** Undefined forgets it. */
  saveLogin<Kind extends keyof Profile>(profile: string, kind: Kind, login: Profile[Kind] | undefined): Promise<void>
}

/** For what can be read again, by the same rules. */
export function cacheFolder(env: NodeJS.ProcessEnv, home: string): string {
  const base = (process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME) ?? ''
  return join(isAbsolute(base) ? base : join(home, '.cache'), 'aka-twilio')
}

/** A relative XDG_CONFIG_HOME does not count (https://specifications.freedesktop.org/basedir-spec): it would be the current folder. */
export function configFolder(env: NodeJS.ProcessEnv, home: string): string {
  const base = (process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CONFIG_HOME) ?? ''
  return join(isAbsolute(base) ? base : join(home, '.config'), 'aka-twilio')
}

/** Where the login is of whoever needs no second. */
const usualKeys = {twilio: 'profile', kore: 'kore'} as const satisfies Record<keyof Profile, string>

export function settingsFile(folder: string): SettingsFile {
  const path = join(folder, 'config.json')

  const change = async (
    doing: string,
    work: (conf: {set(key: string, value: unknown): void; delete(key: string): void}, stored: Stored) => void,
    corrected?: SettingName,
  ): Promise<void> => {
    const suggestions = [`Check the folder ${folder} and the disk, then run this again.`] as const
    await locally({doing: `${doing} in ${path}`, suggestions}, async () => {
      await makePrivateFolder(folder)
      if (await isLink(path)) throw Object.assign(new Error('a link'), {code: 'ELOOP'})
      await withFileLock(path, async () => {
        const stored = await read(path, corrected)
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
    read: (corrected) => read(path, corrected),
    set: (name, value) =>
      change(
        `save the setting ${name}`,
        (conf, {settings}) => conf.set('settings', {...settings, [name]: value}),
        name,
      ),
    unset: (name) =>
      change(
        `remove the setting ${name}`,
        (conf, {settings: {[name]: removed, ...rest}}) => conf.set('settings', rest),
        name,
      ),
    saveLogin: (profile, kind, login) =>
      change(login ? 'save the login' : 'remove the login', (conf, {profiles}) => {
        if (profile === usualProfile) {
          if (login) conf.set(usualKeys[kind], login)
          else conf.delete(usualKeys[kind])
          return
        }
        const {[kind]: replaced, ...other} = profiles.get(profile) ?? {}
        const changed = {...other, ...(login && {[kind]: login})}
        const others = [...profiles].filter(([name]) => name !== profile && name !== usualProfile)
        const kept = Object.keys(changed).length === 0 ? others : [...others, [profile, changed] as const]
        if (kept.length > 0) conf.set('profiles', Object.fromEntries(kept))
        else conf.delete('profiles')
      }),
  }
}

/**
 * Read without conf, which takes longer to load than most commands' own work.
 * @param corrected a setting that is about to be corrected: left out where it cannot be used
 */
async function read(path: string, corrected?: SettingName): Promise<Stored> {
  const suggestions = [`Fix it or delete it, then run \`${ourCommand('twilio:login')}\` again.`] as const
  const text = await locally({doing: `read ${path}`, suggestions}, () => readSmallFile(path))
  if (text === undefined) return {settings: {}, profiles: new Map()}
  const {settings, profiles, ...usual} = parsed(text, path)
  const named = Object.entries(asObject(profiles)).map(([name, value]) => [name, profileIn(asObject(value))] as const)
  const all = [
    [usualProfile, profileIn({twilio: usual[usualKeys.twilio], kore: usual[usualKeys.kore]})] as const,
    ...named,
  ]
  return {
    settings: checkSettings(asObject(settings), corrected),
    profiles: new Map(all.filter(([, profile]) => Object.keys(profile).length > 0)),
  }
}

/** What is in a broken file is never quoted: it may be a token. */
function parsed(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return asObject(value)
  } catch {
    // Reported below.
  }
  throw usage(
    'SETTINGS_UNREADABLE',
    `${path} is not a JSON object.`,
    `Fix it or delete it, then run \`${ourCommand('twilio:login')}\` again.`,
  )
}

function profileIn({twilio, kore}: Readonly<Record<string, unknown>>): Profile {
  const [main, carrier] = [twilioIn(twilio), koreIn(kore)]
  return {...(main && {twilio: main}), ...(carrier && {kore: carrier})}
}

function twilioIn(value: unknown): TwilioCredentials | undefined {
  const {accountSid, username, password} = asObject(value)
  if (typeof accountSid !== 'string' || typeof username !== 'string' || typeof password !== 'string') return undefined
  return {accountSid, username, password}
}

function koreIn(value: unknown): KoreCredentials | undefined {
  const {clientId, clientSecret} = asObject(value)
  return typeof clientId === 'string' && typeof clientSecret === 'string' ? {clientId, clientSecret} : undefined
}
