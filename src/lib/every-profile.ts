import {ourCommand} from './command-line.js'
import {badCredentials} from './errors.js'
import {spaceProfiles, usualProfile} from './profiles.js'

interface Known {
  readonly sandbox: boolean
  readonly settings: {readonly profile?: string; readonly 'space-profiles'?: string}
  readonly profiles: ReadonlyMap<string, {readonly twilio?: unknown}>
}

/**
 * Those that spaces have, then those that have a login. In the sandbox, where each has a main account without a login, the usual one.
 * @throws {Failure} `credentials` where there are none
 */
export function everyProfileOf({sandbox, settings, profiles}: Known): readonly string[] {
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
