import {describe, expect, it} from '@jest/globals'

import {checkProfileName, chooseProfile, profileAskedFor} from '../../src/lib/profiles.js'

describe('the profile of a run', () => {
  it('is that of the flag, else of the environment, else of the setting, else the usual one', () => {
    const env = {AKA_TWILIO_PROFILE: ' two\n'}
    expect(chooseProfile('one', env, {profile: 'three'})).toEqual({name: 'one', namedBy: '--profile'})
    expect(chooseProfile(undefined, env, {profile: 'three'})).toEqual({name: 'two', namedBy: 'AKA_TWILIO_PROFILE'})
    expect(chooseProfile(undefined, {AKA_TWILIO_PROFILE: ''}, {profile: 'three'}).name).toBe('three')
    expect(chooseProfile(undefined, {}, {})).toEqual({name: 'default', namedBy: undefined})
  })

  it('is read off a command line wherever it stands, and not behind --', () => {
    expect(profileAskedFor(['twilio', '--profile', 'x', '-a', 'api-dev'])).toBe('x')
    expect(profileAskedFor(['--profile=x', '--profile=y', 'twilio'])).toBe('y')
    expect(profileAskedFor(['twilio:sms:send', '--', '--profile', 'x'])).toBeUndefined()
  })

  it.each(['', '../x', '__proto__', 'a b', '-x', 'x'.repeat(41), 'ä'])('cannot be called "%s"', (name) => {
    expect(() => checkProfileName(name)).toThrow(expect.objectContaining({code: 'PROFILE_NAME_INVALID', exitCode: 2}))
  })
})
