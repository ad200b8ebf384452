import {describe, expect, it} from '@jest/globals'

import {
  allProfiles,
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

describe('all profiles', () => {
  const login = {twilio: {}}
  const all = (known: Partial<Parameters<typeof allProfiles>[0]>) =>
    allProfiles({sandbox: false, settings: {}, profiles: new Map(), ...known})

  it('are those of spaces, then those with a login to Twilio, each once', () => {
    const settings = {'space-profiles': 'prod=acme-prod,dev=acme-dev', profile: 'third'}
    const profiles = new Map([...Object.entries({default: login, 'acme-dev': login, kore: {twilio: undefined}})])
    expect(all({settings, profiles})).toEqual(['acme-prod', 'acme-dev', 'default', 'third'])
  })

  it('are in the sandbox the usual one and those of spaces, whatever logins there are', () => {
    const profiles = new Map([['staging', login]])
    expect(all({sandbox: true, profiles})).toEqual(['default'])
    expect(all({sandbox: true, profiles, settings: {'space-profiles': 'prod=acme'}})).toEqual(['acme', 'default'])
  })

  it('are a failure with exit code 5 where there are none', () => {
    expect(() => all({})).toThrow(expect.objectContaining({code: 'PROFILE_NOT_FOUND', exitCode: 5}))
  })
})
