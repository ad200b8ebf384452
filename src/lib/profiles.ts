import {spaceOf} from './app-space-name.js'
import {ourCommand} from './command-line.js'
import {badCredentials, usage} from './errors.js'
import {namedValues} from './named-values.js'

/** The one of whoever needs no second. */
export const usualProfile = 'default'

/** What `--profile` says where all of them are meant: no profile has this name. */
const everyProfile = 'all'

/** @throws {Failure} `usage` */
export function checkProfileName(name: string): string {
  if (name === everyProfile) {
    throw usage(
      'PROFILE_NAME_INVALID',
      '"all" means all profiles, but this command works with one.',
      `Name one with --profile NAME; to see them: ${ourCommand('twilio:profiles')}`,
      '--profile all is for the list of add-ons (twilio), twilio:usage --all, twilio:invoice --all, twilio:audit and twilio:apply.',
    )
  }
  if (/^[a-z0-9][\w.-]{0,39}$/i.test(name)) return name
  throw usage(
    'PROFILE_NAME_INVALID',
    `"${name}" cannot be the name of a profile.`,
    'Use up to 40 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  )
}

/** The profile that a run uses. */
export interface ChosenProfile {
  readonly name: string
  /** The flag or variable that names it: then nothing else goes before it. */
  readonly namedBy: '--profile' | 'AKA_TWILIO_PROFILE' | undefined
  /** The space for which the setting `space-profiles` names it. */
  readonly space?: string
}

/** What says which profile is used. */
export interface ProfileChoice {
  /** `--profile` */
  readonly asked?: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly settings: {readonly profile?: string; readonly 'space-profiles'?: string}
  /** The app-space that the command is about. */
  readonly appSpace?: string | undefined
  /** Whether the environment has credentials: they go before what is a mere setting. */
  readonly hasCredentials: boolean
}

/**
 * As the flag says, else the environment, else what the app-space's space has, else the setting.
 * @throws {Failure} `usage`
 */
export function chooseProfile({asked, env, settings, appSpace, hasCredentials}: ProfileChoice): ChosenProfile {
  if (asked !== undefined) return {name: checkProfileName(asked), namedBy: '--profile'}
  const fromEnvironment = env.AKA_TWILIO_PROFILE?.trim()
  if (fromEnvironment) return {name: checkProfileName(fromEnvironment), namedBy: 'AKA_TWILIO_PROFILE'}
  const space = appSpace === undefined || hasCredentials ? undefined : spaceOf(appSpace)
  const ofSpace = space === undefined ? undefined : spaceProfiles(settings).get(space)
  if (space !== undefined && ofSpace !== undefined) return {name: ofSpace, namedBy: undefined, space}
  return {name: settings.profile ?? usualProfile, namedBy: undefined}
}

/** Whether all of them are asked for. */
export function asksForEveryProfile(
  asked: string | undefined,
  {AKA_TWILIO_PROFILE: variable}: NodeJS.ProcessEnv,
): boolean {
  return (asked ?? variable?.trim()) === everyProfile
}

/** What chose it, for people; undefined where nothing did. */
export function whoChose({name, namedBy, space}: ChosenProfile): string | undefined {
  if (space !== undefined) return `the setting space-profiles (${space})`
  return namedBy ?? (name === usualProfile ? undefined : 'the setting profile')
}

/** By settings alone. */
export function profileOfSpace(settings: ProfileChoice['settings'], appSpace: string): string {
  return spaceProfiles(settings).get(spaceOf(appSpace)) ?? settings.profile ?? usualProfile
}

/** The setting `space-profiles`: profiles by space. */
export function spaceProfiles({
  'space-profiles': setting = '',
}: {
  readonly 'space-profiles'?: string
}): ReadonlyMap<string, string> {
  return namedValues('space-profiles', setting).named
}

/** @throws {Failure} `usage` */
export function checkSpaceProfiles(text: string): string {
  const {forAll, named} = namedValues('space-profiles', text)
  const wrong = forAll ?? [...named.keys()].find((space) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(space))
  if (wrong !== undefined) {
    throw usage(
      'SETTING_INVALID',
      `space-profiles cannot have "${wrong}".`,
      'It has the form SPACE=PROFILE, with commas between several: prod=acme-prod,dev=acme-dev',
    )
  }
  for (const profile of named.values()) checkProfileName(profile)
  return text
}

/** What `--profile` says on a command line, whatever else is there. */
export function profileAskedFor(argv: readonly string[]): string | undefined {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const at = flags.findLastIndex((word) => word === '--profile' || word.startsWith('--profile='))
  if (at < 0) return undefined
  const word = flags[at] ?? ''
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : flags[at + 1]
}

interface Known {
  readonly sandbox: boolean
  readonly settings: {readonly profile?: string; readonly 'space-profiles'?: string}
  readonly profiles: ReadonlyMap<string, {readonly twilio?: unknown}>
}

/**
 * Those that `--profile all` means: the ones that spaces have, then those with a login. In the sandbox, where each has a main account
 * without a login, the usual one.
 * @throws {Failure} `credentials` where there are none
 */
export function allProfiles({sandbox, settings, profiles}: Known): readonly string[] {
  const saved = sandbox ? [usualProfile] : [...profiles].flatMap(([name, {twilio}]) => (twilio ? [name] : []))
  const names = new Set([
    ...spaceProfiles(settings).values(),
    ...saved,
    ...(settings.profile ? [settings.profile] : []),
  ])
  if (names.size > 0) return [...names]
  throw badCredentials(
    'PROFILE_NOT_FOUND',
    'There are no profiles.',
    `Log in: ${ourCommand('twilio:login --profile NAME')}`,
  )
}
