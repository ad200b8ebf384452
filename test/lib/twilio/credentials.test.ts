import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {badCredentials} from '../../../src/lib/errors.js'
import {
  checkForm,
  explainRefusal,
  findCredentials,
  type Places,
  shellWarning,
} from '../../../src/lib/twilio/credentials.js'

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

const find = async (places: Pick<Places, 'env' | 'home' | 'saved'> & Partial<Places>) =>
  findCredentials({profile: {name: 'default', namedBy: undefined}, process: undefined, ...places})

describe("the main account's credentials", () => {
  const token = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_AUTH_TOKEN: 'of-the-environment'}

  it('are those of the environment, before what was saved', async () => {
    expect(await find({env: token, home: withTwilioCli, saved})).toMatchObject({
      accountSid: sid('1'),
      username: sid('1'),
      password: 'of-the-environment',
    })
  })

  it('may be an API key, which an auth token goes before', async () => {
    const pair = {TWILIO_API_KEY: key('1'), TWILIO_API_SECRET: 'of-the-key'}
    expect(await find({env: {...token, TWILIO_AUTH_TOKEN: '', ...pair}, home: empty, saved})).toMatchObject({
      accountSid: sid('1'),
      username: key('1'),
      password: 'of-the-key',
    })
    expect(await find({env: {...token, ...pair}, home: empty, saved})).toMatchObject({username: sid('1')})
  })

  it('are what twilio:login saved, before a profile of twilio-cli', async () => {
    expect(await find({env: {}, home: withTwilioCli, saved})).toMatchObject(saved)
    expect(await find({env: {TWILIO_AUTH_TOKEN: 'alone'}, home: withTwilioCli, saved})).toMatchObject(saved)
  })

  it('are those of the active profile of twilio-cli, or of the one that TWILIO_PROFILE names', async () => {
    const found = (env: NodeJS.ProcessEnv) => find({env, home: withTwilioCli, saved: undefined})
    expect(await found({})).toMatchObject({accountSid: sid('3'), username: key('3'), password: 'secret-3'})
    expect(await found({})).toMatchObject({source: expect.stringContaining('work') as unknown})
    expect(await found({TWILIO_PROFILE: 'home'})).toMatchObject({accountSid: sid('4')})
  })

  it.each([
    ['there is no profile either', {}, () => empty],
    ['the profile is not complete', {TWILIO_PROFILE: 'half'}, () => withTwilioCli],
    ['there is no such profile', {TWILIO_PROFILE: 'nobody'}, () => withTwilioCli],
  ])('are missing where %s', async (_, env, home) => {
    await expect(find({env, home: home(), saved: undefined})).rejects.toEqual(
      expect.objectContaining({code: 'CREDENTIALS_MISSING', exitCode: 5}),
    )
  })

  it('are our own variables, before an app’s, and without what files end and begin with', async () => {
    const own = {AKA_TWILIO_ACCOUNT_SID: ` ${sid('6')}\n`, AKA_TWILIO_AUTH_TOKEN: '\uFEFFof-ours\r\n'}
    expect(await find({env: {...token, ...own}, home: empty, saved})).toMatchObject({
      accountSid: sid('6'),
      username: sid('6'),
      password: 'of-ours',
      source: expect.stringContaining('AKA_TWILIO_ACCOUNT_SID') as unknown,
    })
    const key6 = {AKA_TWILIO_ACCOUNT_SID: sid('6'), AKA_TWILIO_API_KEY: key('6'), AKA_TWILIO_API_SECRET: 's'}
    expect(await find({env: {...token, ...key6}, home: empty, saved})).toMatchObject({username: key('6')})
    // Never one half of ours, and the other of an app's.
    await expect(find({env: {...token, AKA_TWILIO_ACCOUNT_SID: sid('6')}, home: empty, saved})).rejects.toEqual(
      expect.objectContaining({code: 'CREDENTIALS_INCOMPLETE'}),
    )
  })

  it('name the profiles of twilio-cli where TWILIO_PROFILE names none of them', async () => {
    await expect(find({env: {TWILIO_PROFILE: 'wörk\u200B'}, home: withTwilioCli, saved: undefined})).rejects.toEqual(
      expect.objectContaining({
        message: expect.stringContaining('profile wörk<U+200B>,') as unknown,
        suggestions: expect.arrayContaining(['Its profiles: work, home, half.']) as unknown,
      }),
    )
  })

  it.each(['null', '[]', '7', '{"profiles": null}', '{"activeProfile": 7, "profiles": {"7": null}}', '{'])(
    'are missing where twilio-cli has %s in its file',
    async (text) => {
      const home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
      await mkdir(join(home, '.twilio-cli'))
      await writeFile(join(home, '.twilio-cli', 'config.json'), text)
      await expect(find({env: {}, home, saved: undefined})).rejects.toEqual(
        expect.objectContaining({code: 'CREDENTIALS_MISSING'}),
      )
      await rm(home, {recursive: true})
    },
  )

  it('are not put together from two places', async () => {
    const alone = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_API_KEY: key('1')}
    await expect(find({env: alone, home: withTwilioCli, saved})).rejects.toEqual(
      expect.objectContaining({code: 'CREDENTIALS_INCOMPLETE', exitCode: 5}),
    )
  })
})

describe('a profile', () => {
  const token = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_AUTH_TOKEN: 'of-the-environment'}
  const named = {name: 'staging', namedBy: '--profile'} as const
  const process = async () => ({accountSid: sid('7'), username: sid('7'), password: 'p', source: 'a program'})

  it('that is named goes before the environment, and nothing stands in for one that has no login', async () => {
    expect(await find({env: token, home: empty, profile: named, saved})).toMatchObject({...saved, profile: 'staging'})
    await expect(find({env: token, home: withTwilioCli, profile: named, saved: undefined})).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
      exitCode: 5,
      message: expect.stringContaining('--profile') as unknown,
    })
    await expect(
      find({env: {}, home: empty, profile: {name: 'old', namedBy: undefined}, saved: undefined}),
    ).rejects.toMatchObject({code: 'PROFILE_NOT_FOUND'})
  })

  it('without a login is asked of the credential process, behind the environment unless it is named', async () => {
    const of = async (places: Partial<Places>) => find({env: {}, home: empty, saved: undefined, process, ...places})
    expect(await of({})).toMatchObject({accountSid: sid('7'), source: 'a program', profile: 'default'})
    expect(await of({env: token})).toMatchObject({accountSid: sid('1')})
    expect(await of({env: token, profile: named})).toMatchObject({accountSid: sid('7')})
    expect(await of({saved})).toMatchObject(saved)
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

  it.each([
    ['a line break', 'abc\ndef', '<U+000A>'],
    ['a dash that looks like one', 'abc\u2013def', '<U+2013>'],
    ['a space without a width', 'abc\u200Bdef', '<U+200B>'],
  ])('of a token with %s is refused before anything is sent, and does not show it', (_, password, shown) => {
    const check = () => checkForm({accountSid: sid('1'), username: sid('1'), password})
    expect(check).toThrow(expect.objectContaining({code: 'SECRET_INVALID', exitCode: 5}))
    expect(check).toThrow(shown)
    expect(check).not.toThrow('abc')
  })

  it('of a SID says what one cannot see in it', () => {
    const accountSid = `${sid('1')}\u200B`
    expect(() => checkForm({accountSid, username: accountSid, password: ''})).toThrow('(it has <U+200B>)')
  })

  it('is right in either case, and without a password', () => {
    const given = {accountSid: sid('A'), username: key('b'), password: ''}
    expect(checkForm(given)).toBe(given)
  })
})

describe("an app's variables in the operator's shell", () => {
  const token = {TWILIO_ACCOUNT_SID: sid('1'), TWILIO_AUTH_TOKEN: 'a'}
  const refusal = badCredentials('CREDENTIALS_REFUSED', 'Twilio refused')
  const told = (env: NodeJS.ProcessEnv) => explainRefusal(refusal, env).suggestions.join('\n')

  it('are named where Twilio refuses: SID and token do not belong together', () => {
    expect(told({...token, TWILIO_SID: sid('2')})).toMatch(/TWILIO_SID is AC2{32}[^]*AKA_TWILIO_ACCOUNT_SID/)
    expect(told(token)).toBe('')
    expect(told({...token, TWILIO_SID: sid('1')})).toBe('')
    expect(told({...token, TWILIO_SID: sid('2'), AKA_TWILIO_ACCOUNT_SID: sid('1')})).toBe('')
    const other = badCredentials('SECRET_MISSING', 'none')
    expect(explainRefusal(other, {...token, TWILIO_SID: sid('2')})).toBe(other)
  })

  it('are warned of where they would take the place of a login', () => {
    expect(shellWarning(token)).toMatch(/AKA_TWILIO_AUTH_TOKEN/)
    expect(shellWarning({})).toBeUndefined()
    expect(shellWarning({...token, AKA_TWILIO_ACCOUNT_SID: sid('1')})).toBeUndefined()
  })
})
