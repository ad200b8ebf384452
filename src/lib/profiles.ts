import {usage} from './errors.js'

/** The one of whoever needs no second. */
export const usualProfile = 'default'

/** @throws {Failure} `usage` */
export function checkProfileName(name: string): string {
  if (/^[a-z0-9][\w.-]{0,39}$/i.test(name)) return name
  throw usage(
    'PROFILE_NAME_INVALID',
    `"${name}" cannot be the name of a profile.`,
    'Use up to 40 letters, digits, dots, dashes and underscores, the first a letter or digit.',
  )
}

/** The profile that a run uses. */
export interface ChosenProfile {
  readonly name: string
  /** The flag or variable that names it: then nothing else goes before it. */
  readonly namedBy: '--profile' | 'AKA_TWILIO_PROFILE' | undefined
}

/** As the flag says, else the environment, else the setting. @throws {Failure} `usage` */
export function chooseProfile(
  asked: string | undefined,
  {AKA_TWILIO_PROFILE: variable}: NodeJS.ProcessEnv,
  {profile}: {readonly profile?: string},
): ChosenProfile {
  if (asked !== undefined) return {name: checkProfileName(asked), namedBy: '--profile'}
  const fromEnvironment = variable?.trim()
  if (fromEnvironment) return {name: checkProfileName(fromEnvironment), namedBy: 'AKA_TWILIO_PROFILE'}
  return {name: profile ?? usualProfile, namedBy: undefined}
}

/** What `--profile` says on a command line, whatever else is there. */
export function profileAskedFor(argv: readonly string[]): string | undefined {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const at = flags.findLastIndex((word) => word === '--profile' || word.startsWith('--profile='))
  if (at < 0) return undefined
  const word = flags[at] ?? ''
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : flags[at + 1]
}
