import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {checkForm, findCredentials} from '../../../src/lib/twilio/credentials.js'

const sid = (digit: string) => `AC${digit.repeat(32)}`
const key = (digit: string) => `SK${digit.repeat(32)}`
const saved = {accountSid: sid('2'), username: sid('2'), password: 'of-login'}

let empty: string
let withTwilioCli: string
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  withTwilioCli = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  await mkdir(join(withTwilioCli, '.twilio-cli'))
  const profile = (digit: string) => ({accountSid: sid(digit), apiKey: key(digit), apiSecret: `secret-${digit}`})
  const config = {
    activeProfile: 'work',
    profiles: {work: profile('3'), home: profile('4'), half: {accountSid: sid('5')}},
  }
  await writeFile(join(withTwilioCli, '.twilio-cli', 'config.json'), JSON.stringify(config))
})
afterAll(async () => {
  for (const folder of [empty, withTwilioCli]) await rm(folder, {recursive: true})
})

describe("the main account's credentials", () => {
  const token = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_AUTH_TOKEN: 'of-the-environment'}

  it('are those of the environment, before what was saved', () => {
    expect(findCredentials({env: token, home: withTwilioCli, saved})).toMatchObject({
      accountSid: sid('1'),
      username: sid('1'),
      password: 'of-the-environment',
    })
  })

  it('may be an API key, which an auth token goes before', () => {
    const pair = {TWILIO_API_KEY: key('1'), TWILIO_API_SECRET: 'of-the-key'}
    expect(findCredentials({env: {...token, TWILIO_AUTH_TOKEN: '', ...pair}, home: empty, saved})).toMatchObject({
      accountSid: sid('1'),
      username: key('1'),
      password: 'of-the-key',
    })
    expect(findCredentials({env: {...token, ...pair}, home: empty, saved})).toMatchObject({username: sid('1')})
  })

  it('are what twilio:login saved, before a profile of twilio-cli', () => {
    expect(findCredentials({env: {}, home: withTwilioCli, saved})).toMatchObject(saved)
    expect(findCredentials({env: {TWILIO_AUTH_TOKEN: 'alone'}, home: withTwilioCli, saved})).toMatchObject(saved)
  })

  it('are those of the active profile of twilio-cli, or of the one that TWILIO_PROFILE names', () => {
    const found = (env: NodeJS.ProcessEnv) => findCredentials({env, home: withTwilioCli, saved: undefined})
    expect(found({})).toMatchObject({accountSid: sid('3'), username: key('3'), password: 'secret-3'})
    expect(found({})).toMatchObject({source: expect.stringContaining('work') as unknown})
    expect(found({TWILIO_PROFILE: 'home'})).toMatchObject({accountSid: sid('4')})
  })

  it.each([
    ['there is no profile either', {}, () => empty],
    ['the profile is not complete', {TWILIO_PROFILE: 'half'}, () => withTwilioCli],
    ['there is no such profile', {TWILIO_PROFILE: 'nobody'}, () => withTwilioCli],
  ])('are missing where %s', (_, env, home) => {
    expect(() => findCredentials({env, home: home(), saved: undefined})).toThrow(
      expect.objectContaining({code: 'CREDENTIALS_MISSING', exitCode: 5}),
    )
  })

  it('are not put together from two places', () => {
    const alone = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_API_KEY: key('1')}
    expect(() => findCredentials({env: alone, home: withTwilioCli, saved})).toThrow(
      expect.objectContaining({code: 'CREDENTIALS_INCOMPLETE', exitCode: 5}),
    )
  })
})

describe('the form of credentials', () => {
  it.each([
    ['', 'ACCOUNT_SID_INVALID'],
    [key('1'), 'ACCOUNT_SID_INVALID'],
    [`${sid('1')}0`, 'ACCOUNT_SID_INVALID'],
    [` ${sid('1')}`, 'ACCOUNT_SID_INVALID'],
    [sid('x'), 'ACCOUNT_SID_INVALID'],
  ])('of the account "%s" is refused before anything is sent', (accountSid, code) => {
    expect(() => checkForm({accountSid, username: accountSid, password: 'p'})).toThrow(
      expect.objectContaining({code, exitCode: 5}),
    )
  })

  it('of a key is refused that is none, another account’s SID among them', () => {
    for (const username of [sid('2'), 'SK1', ''])
      expect(() => checkForm({accountSid: sid('1'), username, password: 'p'})).toThrow(
        expect.objectContaining({code: 'API_KEY_INVALID', exitCode: 5}),
      )
  })

  it('is right in either case, and the password is never looked at', () => {
    const given = {accountSid: sid('A'), username: key('b'), password: ''}
    expect(checkForm(given)).toBe(given)
  })
})
