import {chmod, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../src/lib/addon/addon-registry.js'
import {examine} from '../../src/lib/doctor.js'
import {badCredentials, interrupted} from '../../src/lib/errors.js'
import type {Session} from '../../src/lib/session.js'
import {settingsFile} from '../../src/lib/settings-file.js'
import {subaccountLimit} from '../../src/lib/subaccount-limit.js'
import {twilioSims} from '../../src/lib/twilio/sims/service.js'
import {type InProcess, startInProcess} from '../support/in-process.js'

let folder: string
let world: InProcess
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  // Twilio's clock is this machine's, which is what it is compared with.
  world = await startInProcess(new Date().toISOString())
})
afterEach(() => rm(folder, {recursive: true}))

function sessionWith(changes: Partial<Session> = {}): Session {
  const {main, akkeris, transport} = world
  return {
    sandbox: false,
    settings: {},
    profile: {name: 'default', namedBy: undefined},
    profileFor: () => ({name: 'default', namedBy: undefined}),
    profiles: new Map(),
    overrides: () => ({}),
    file: settingsFile(folder),
    cacheFolder: folder,
    transport,
    endpoint: undefined,
    credentials: async () => ({accountSid: main.sid, username: main.sid, password: 'x', source: 'the environment'}),
    main: async () => main,
    connect: () => main,
    akkerisPlace: () => akkeris,
    akkeris: () => akkeris,
    akkerisLogin: () => ({authorization: akkeris.authorization, source: 'the environment (API_TOKEN)'}),
    registry: async () => new AddonRegistry(main, 'aka-twilio'),
    subaccounts: async () => ({limit: () => subaccountLimit(changes.settings ?? {}, 'default'), keptIn: undefined}),
    simService: async () => twilioSims(main, 'US'),
    twilioSims: async () => twilioSims(main, 'US'),
    koreCredentials: () => undefined,
    connectKore: () => {
      throw new Error('nobody logs in')
    },
    ...changes,
  }
}

async function findings(changes: Partial<Session> = {}, env: NodeJS.ProcessEnv = {}) {
  const document = await examine(sessionWith(changes), {env, home: folder}, '1.2.3')
  return {...document, of: (check: string) => document.findings.find((each) => each.check === check)}
}

describe('where all is well', () => {
  it('every check says what it found, and nothing is changed by looking', async () => {
    const {healthy, exitCode, findings: all, of} = await findings()
    expect(all.filter(({status}) => status !== 'ok')).toEqual([])
    expect({healthy, exitCode}).toEqual({healthy: true, exitCode: 0})
    expect(of('versions')?.detail).toContain('1.2.3')
    expect(of('Twilio credentials')?.detail).toBe('auth token, from the environment')
    expect(of('Twilio account')?.detail).toContain('administrator')
    expect(of('Akkeris login')?.detail).toMatch(/, from the environment \(API_TOKEN\)$/)
    expect(of('Sync')?.detail).toBe('registry aka-twilio (created with the first add-on)')
    expect(of('clock')?.detail).toMatch(/same|Twilio's/)
    expect(world.sandbox.requests.filter(({method}) => method !== 'GET')).toEqual([])
  })
})

describe('what is wrong', () => {
  it('hides nothing else that is; what failed for the same reason is not told again', async () => {
    const wrong = world.main.as({accountSid: world.main.sid, username: world.main.sid, password: 'wrong'})
    const {healthy, exitCode, of} = await findings({
      main: async () => wrong,
      akkeris: () => {
        throw badCredentials('AKKERIS_LOGIN_MISSING', 'Not logged in.', 'Run `aka auth:login`.')
      },
    })
    expect(of('Twilio account')).toMatchObject({status: 'failed', exitCode: 5})
    for (const check of ['account type', 'subaccounts', 'Sync'])
      expect(of(check)).toMatchObject({status: 'skipped', detail: 'fix first: Twilio account', exitCode: 0})
    expect(of('Akkeris login')).toMatchObject({status: 'failed', suggestions: ['Run `aka auth:login`.']})
    expect(of('Akkeris host')).toMatchObject({status: 'ok'})
    expect({healthy, exitCode}).toEqual({healthy: false, exitCode: 5})
  })

  it('ends with the highest exit code of all', async () => {
    await world.sandbox.change(({accounts}) => accounts.forEach((account) => (account.type = 'Trial')))
    expect(await findings()).toMatchObject({exitCode: 1})
    world.sandbox.faults.add({path: '/account$', when: 'before', times: Infinity, do: {status: 503}})
    const {exitCode, of} = await findings()
    expect([of('account type')?.exitCode, of('Akkeris login')?.exitCode, exitCode]).toEqual([1, 7, 7])
  })

  it('is the network, where Twilio gives no answer at all', async () => {
    world.sandbox.faults.add({path: 'twilio.com', when: 'before', times: Infinity, do: {drop: true}})
    const {of} = await findings()
    expect(of('network route')).toMatchObject({status: 'failed', exitCode: 7})
  })

  it('is not a run that was interrupted, nor a bug: those end it', async () => {
    await expect(findings({credentials: () => Promise.reject(interrupted())})).rejects.toMatchObject({exitCode: 130})
    await expect(findings({credentials: () => Promise.reject(new TypeError('a bug'))})).rejects.toThrow('a bug')
  })
})

describe('what may become wrong is a warning, and no failure', () => {
  it.each([
    [300, 'warning', /^\d+ s behind/],
    [-300, 'warning', /^\d+ s ahead of/],
    [30, 'ok', /Twilio's$/],
  ])('a clock that is off: Twilio.s is %d s further', async (seconds, status, detail) => {
    await world.sandbox.advanceClock(seconds)
    const {of, exitCode} = await findings()
    expect(of('clock')).toMatchObject({status, detail: expect.stringMatching(detail)})
    expect(exitCode).toBe(0)
  })

  it.each([
    [900, {}, 'ok', '900 used, 100 left of 1,000'],
    [901, {}, 'warning', '901 used, 99 left of 1,000'],
    [980, {'subaccount-limit': '2000'}, 'ok', '980 used, 1,020 left of 2,000'],
    [980, {'subaccount-limit': '5000,default=990'}, 'warning', '980 used, 10 left of 990'],
  ])('%d subaccounts, with the settings %j', async (count, settings, status, detail) => {
    await world.newSubaccount()
    await world.sandbox.change(({accounts}) => {
      const sub = accounts.at(-1)
      for (let at = 1; sub && at < count; at++)
        accounts.push({...sub, sid: `AC${String(at).padStart(32, '0')}`, friendlyName: `sub ${at}`})
    })
    expect((await findings({settings})).of('subaccounts')).toMatchObject({status, detail})
  })

  it('a login that others could read', async () => {
    const file = settingsFile(folder)
    await file.set('country', 'SE')
    expect((await findings()).of('settings file')).toMatchObject({status: 'ok', detail: file.path})
    await chmod(file.path, 0o644)
    expect((await findings()).of('settings file')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('mode 644'),
      suggestions: [expect.stringContaining(`chmod 600 ${file.path}`)],
    })
  })
})

describe('the network route', () => {
  it.each<[string, Partial<Session>, NodeJS.ProcessEnv, string]>([
    ['none, in the sandbox', {sandbox: true}, {HTTPS_PROXY: 'http://proxy:1'}, 'none needed: the sandbox'],
    ['direct', {}, {}, 'https://*.twilio.com, direct, no proxy'],
    [
      'past the proxy, on this machine',
      {endpoint: 'http://127.0.0.1:4010'},
      {HTTPS_PROXY: 'http://proxy:1'},
      'http://127.0.0.1:4010, on this machine, bypassing any proxy',
    ],
    [
      'through a proxy, without its login',
      {},
      {https_proxy: 'http://me:pass-of-proxy@proxy.example.com:8080'},
      'https://*.twilio.com, through the proxy proxy.example.com:8080',
    ],
    [
      'through what is no URL, which is not shown',
      {},
      {HTTPS_PROXY: 'pass of proxy'},
      'https://*.twilio.com, through the proxy in HTTPS_PROXY',
    ],
  ])('is %s', async (_, changes, env, detail) => {
    expect((await findings(changes, env)).of('network route')).toMatchObject({detail})
  })
})
