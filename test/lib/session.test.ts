import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {calledAs, ourCommand} from '../../src/lib/command-line.js'
import {asksForSandbox} from '../../src/lib/command-line.js'
import {openSession, sandboxPath} from '../../src/lib/session.js'
import {configFolder, settingsFile} from '../../src/lib/settings-file.js'

const SID = `AC${'1'.repeat(32)}`
const login = {TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 'e'.repeat(32)}
const akkeris = {AKKERIS_API_HOST: 'apps.example.com', API_TOKEN: 'token-of-a-developer'}

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
})
afterEach(async () => {
  calledAs({program: 'aka', sandbox: false})
  await rm(home, {recursive: true})
})

const open = (env: NodeJS.ProcessEnv = {}, sandbox = false) =>
  openSession({env, home, sandbox, onServedSandbox: () => undefined, signal: new AbortController().signal})
const settings = () => settingsFile(configFolder({}, home))

describe('a run is in the sandbox', () => {
  it.each<[string, NodeJS.ProcessEnv, boolean, boolean]>([
    ['with --sandbox', {}, true, true],
    ['with the variable', {AKA_TWILIO_SANDBOX: '1'}, false, true],
    ['not without either', {}, false, false],
    ['not where the variable says no', {AKA_TWILIO_SANDBOX: 'False'}, false, false],
    ['with --sandbox, whatever the variable says', {AKA_TWILIO_SANDBOX: '0'}, true, true],
    ['not for an empty variable', {AKA_TWILIO_SANDBOX: ''}, false, false],
  ])('%s', async (_, env, flag, expected) => expect((await open(env, flag)).sandbox).toBe(expected))

  it('where the setting says so, unless the variable says no', async () => {
    await settings().set('sandbox', true)
    expect((await open()).sandbox).toBe(true)
    expect((await open({AKA_TWILIO_SANDBOX: 'off'})).sandbox).toBe(false)
  })

  it('also in the commands that it suggests', async () => {
    await open({}, true)
    expect(ourCommand('twilio')).toBe('aka twilio --sandbox')
  })

  it('by its command line alone: what stands behind -- is no flag', () => {
    expect(asksForSandbox(['twilio', '--sandbox'], {})).toBe(true)
    expect(asksForSandbox(['twilio:sms', '--', '--sandbox'], {})).toBe(false)
    expect(asksForSandbox(['twilio'], {AKA_TWILIO_SANDBOX: 'yes'})).toBe(true)
    expect(asksForSandbox(['twilio'], {AKA_TWILIO_SANDBOX: 'no'})).toBe(false)
  })
})

describe('the sandbox', () => {
  it('never gets the credentials of the real accounts, nor needs any', async () => {
    const session = await open({...login, ...akkeris, AKA_TWILIO_ENDPOINT: 'http://127.0.0.1:9'}, true)
    expect(await session.credentials()).toMatchObject({source: 'the sandbox'})
    expect((await session.main()).sid).not.toBe(SID)
    expect(session.akkeris().authorization).not.toContain(akkeris.API_TOKEN)
    expect(session.akkeris().baseUrl).not.toContain('example.com')
    expect(session.endpoint).toBeUndefined()
  })

  it('is the same one for every command of this machine, beside its settings', async () => {
    const [first, second] = [await open({}, true), await open({}, true)]
    expect((await first.main()).sid).toBe((await second.main()).sid)
    expect(sandboxPath({env: {}, home})).toBe(join(configFolder({}, home), 'sandbox.json'))
  })
})

describe('a run outside of the sandbox', () => {
  it('needs credentials only where it asks for them', async () => {
    const session = await open()
    await expect(session.credentials()).rejects.toMatchObject({code: 'CREDENTIALS_MISSING', exitCode: 5})
    expect(() => session.akkeris()).toThrow(expect.objectContaining({code: 'AKKERIS_HOST_MISSING'}))
    const {API_TOKEN, ...place} = akkeris
    const loggedOut = await open({...login, ...place})
    expect((await loggedOut.main()).sid).toBe(SID)
    expect(loggedOut.akkerisPlace().host).toBe('apps.example.com')
    expect(() => loggedOut.akkeris()).toThrow(expect.objectContaining({code: 'AKKERIS_LOGIN_MISSING'}))
  })

  it('uses what was saved by a login, and what the environment says before that', async () => {
    await settings().saveLogin('default', 'twilio', {accountSid: SID, username: SID, password: 'f'.repeat(32)})
    expect(await (await open()).credentials()).toMatchObject({password: 'f'.repeat(32)})
    expect(await (await open(login)).credentials()).toMatchObject({password: 'e'.repeat(32)})
  })

  it('uses the profile that is named, with its own login to KORE', async () => {
    const staging = {accountSid: `AC${'2'.repeat(32)}`, username: `AC${'2'.repeat(32)}`, password: 'f'.repeat(32)}
    await settings().saveLogin('staging', 'twilio', staging)
    await settings().saveLogin('default', 'kore', {clientId: 'of-default', clientSecret: 'secret-of-it'})
    const session = await open({...login, AKA_TWILIO_PROFILE: 'staging'})
    expect(await session.credentials()).toMatchObject({accountSid: staging.accountSid, profile: 'staging'})
    expect(session.koreCredentials()).toBeUndefined()
    await settings().set('profile', 'staging')
    expect(await (await open()).credentials()).toMatchObject({accountSid: staging.accountSid})
    expect(await (await open(login)).credentials()).toMatchObject({accountSid: SID})
    await expect(open({AKA_TWILIO_PROFILE: '../x'})).rejects.toMatchObject({code: 'PROFILE_NAME_INVALID', exitCode: 2})
  })

  it('sends nothing to an endpoint that would get the credentials unencrypted', async () => {
    const elsewhere = open({AKA_TWILIO_ENDPOINT: 'http://example.com'})
    await expect(elsewhere).rejects.toMatchObject({code: 'ENDPOINT_INSECURE', exitCode: 2})
    expect((await open({AKA_TWILIO_ENDPOINT: 'http://127.0.0.1:4010/'})).endpoint).toBe('http://127.0.0.1:4010')
    expect((await open({AKA_TWILIO_ENDPOINT: ''})).endpoint).toBeUndefined()
  })

  it('keeps its add-ons in the registry that is set', async () => {
    expect((await (await open(login)).registry()).name).toBe('aka-twilio')
    await settings().set('registry', 'aka-staging')
    expect((await (await open(login)).registry()).name).toBe('aka-staging')
  })
})
