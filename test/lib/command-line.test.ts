import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {
  asksForSandbox,
  calledAs,
  enterSandbox,
  inProfile,
  isAbout,
  ourCommand,
  outsideSandbox,
  usesProfileOfSpace,
  wantsSandbox,
  withProfileOf,
} from '../../src/lib/command-line.js'

const fresh = () => calledAs({program: 'aka', sandbox: false})
beforeEach(fresh)
afterEach(fresh)

describe('a command line that is suggested', () => {
  it('begins with the program that was called, and names the app-space that the run is about', () => {
    expect(ourCommand('twilio:usage -a APP-SPACE')).toBe('aka twilio:usage -a APP-SPACE')
    calledAs({program: 'node bin/run.js', sandbox: false})
    isAbout('api-dev')
    expect(ourCommand('twilio:usage -a APP-SPACE')).toBe('node bin/run.js twilio:usage -a api-dev')
  })

  it('stays in the sandbox, whether a flag or the setting says so', () => {
    calledAs({program: 'aka', sandbox: true})
    expect(ourCommand('twilio')).toBe('aka twilio --sandbox')
    expect(outsideSandbox('aka auth:login')).toEqual([])
    fresh()
    expect(outsideSandbox('aka auth:login')).toEqual(['aka auth:login'])
    enterSandbox()
    expect(ourCommand('twilio')).toBe('aka twilio --sandbox')
  })

  it('names the login that was named, once', () => {
    calledAs({program: 'aka', sandbox: false, profile: 'two'})
    expect(ourCommand('twilio')).toBe('aka twilio --profile two')
    expect(ourCommand('twilio:login --profile NAME')).toBe('aka twilio:login --profile NAME')
    expect(ourCommand('twilio:profiles')).toBe('aka twilio:profiles')
  })

  it('names the login of a space only where no app-space chooses it', () => {
    usesProfileOfSpace('acme')
    expect(ourCommand('twilio:usage -a api-prod')).toBe('aka twilio:usage -a api-prod')
    expect(ourCommand('twilio:rotate --apps-from again.csv')).toBe('aka twilio:rotate --apps-from again.csv')
    expect(ourCommand('twilio')).toBe('aka twilio --profile acme')
  })

  it('names that of the part of the run that it is about', async () => {
    calledAs({program: 'aka', sandbox: false, profile: 'all'})
    const inPart = async (name: string) =>
      inProfile({name, isOfSpace: false}, async () => {
        await Promise.resolve()
        return ourCommand('twilio')
      })
    expect(await Promise.all([inPart('one'), inPart('two')])).toEqual([
      'aka twilio --profile one',
      'aka twilio --profile two',
    ])
    expect(withProfileOf({profile: 'one'}, () => ourCommand('twilio'))).toBe('aka twilio --profile one')
    expect(withProfileOf({}, () => ourCommand('twilio'))).toBe('aka twilio --profile all')
  })

  it('begins again with each run of a process', () => {
    isAbout('api-dev')
    enterSandbox()
    usesProfileOfSpace('acme')
    fresh()
    expect(ourCommand('twilio -a APP-SPACE')).toBe('aka twilio -a APP-SPACE')
  })
})

describe('the sandbox', () => {
  it.each([
    ['1', true],
    ['yes', true],
    ['0', false],
    ['False', false],
    ['off', false],
    ['no', false],
    ['', undefined],
    [undefined, undefined],
  ])('is asked for by AKA_TWILIO_SANDBOX=%s: %s', (value, isWanted) => {
    expect(wantsSandbox({AKA_TWILIO_SANDBOX: value})).toBe(isWanted)
  })

  it('is asked for by the flag, unless it stands behind --', () => {
    expect(asksForSandbox(['twilio', '--sandbox'], {AKA_TWILIO_SANDBOX: '0'})).toBe(true)
    expect(asksForSandbox(['twilio:sms:send', '--', '--sandbox'], {})).toBe(false)
    expect(asksForSandbox([], {AKA_TWILIO_SANDBOX: '1'})).toBe(true)
  })
})
