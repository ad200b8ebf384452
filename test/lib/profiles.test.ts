import {describe, expect, it} from '@jest/globals'

import {
  checkProfileName,
  checkSpaceProfiles,
  chooseProfile,
  profileAskedFor,
  type ProfileChoice,
} from '../../src/lib/profiles.js'

const choose = (choice: Partial<ProfileChoice>) =>
  chooseProfile({env: {}, settings: {}, hasCredentials: false, ...choice})

describe('the profile of a run', () => {
  it('is that of the flag, else of the environment, else of the setting, else the usual one', () => {
    const env = {AKA_TWILIO_PROFILE: ' two\n'}
    const settings = {profile: 'three'}
    expect(choose({asked: 'one', env, settings})).toEqual({name: 'one', namedBy: '--profile'})
    expect(choose({env, settings})).toEqual({name: 'two', namedBy: 'AKA_TWILIO_PROFILE'})
    expect(choose({env: {AKA_TWILIO_PROFILE: ''}, settings}).name).toBe('three')
    expect(choose({})).toEqual({name: 'default', namedBy: undefined})
  })

  it('is before the setting that of the app-space’s space, unless the flag or the environment says otherwise', () => {
    const settings = {profile: 'three', 'space-profiles': 'prod=acme-prod, dev-eu=acme-dev'}
    const of = (appSpace: string, more: Partial<ProfileChoice> = {}) => choose({settings, appSpace, ...more})
    expect(of('api-prod')).toEqual({name: 'acme-prod', namedBy: undefined, space: 'prod'})
    expect(of('api-dev-eu')).toMatchObject({name: 'acme-dev', space: 'dev-eu'})
    expect(of('prod-dev')).toEqual({name: 'three', namedBy: undefined})
    expect(of('api-prod', {asked: 'one'})).toEqual({name: 'one', namedBy: '--profile'})
    expect(of('api-prod', {env: {AKA_TWILIO_PROFILE: 'two'}}).name).toBe('two')
    expect(of('api-prod', {hasCredentials: true})).toEqual({name: 'three', namedBy: undefined})
  })

  it.each(['prod', 'prod=', '=x', 'prod=a,prod=b', 'Prod=a', 'prod=a b', 'prod=all', 'a=b,c'])(
    'is not found by the spaces "%s"',
    (text) => expect(() => checkSpaceProfiles(text)).toThrow(expect.objectContaining({exitCode: 2})),
  )

  it('is read off a command line wherever it stands, and not behind --', () => {
    expect(profileAskedFor(['twilio', '--profile', 'x', '-a', 'api-dev'])).toBe('x')
    expect(profileAskedFor(['--profile=x', '--profile=y', 'twilio'])).toBe('y')
    expect(profileAskedFor(['twilio:sms:send', '--', '--profile', 'x'])).toBeUndefined()
  })

  it.each(['', 'all', '../x', '__proto__', 'a b', '-x', 'x'.repeat(41), 'ä'])('cannot be called "%s"', (name) => {
    expect(() => checkProfileName(name)).toThrow(expect.objectContaining({code: 'PROFILE_NAME_INVALID', exitCode: 2}))
  })
})
