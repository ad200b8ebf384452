import {execFileSync} from 'node:child_process'
import {chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {configFolder, settingsFile} from '../../src/lib/settings-file.js'

const login = {accountSid: 'AC1', username: 'AC1', password: 'a-token-that-nobody-may-see'}

describe('the settings file', () => {
  let home: string
  let folder: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
    folder = join(home, 'aka-twilio')
  })
  afterEach(async () => {
    await rm(home, {recursive: true, force: true})
  })

  it('keeps a login and settings, in a file and a folder for their owner alone', async () => {
    const file = settingsFile(folder)
    expect(await file.read()).toEqual({settings: {}, profiles: new Map()})
    await file.saveLogin('default', 'twilio', login)
    await file.set('country', 'CA')
    await file.set('sandbox', true)
    await file.unset('country')
    expect(await file.read()).toEqual({settings: {sandbox: true}, profiles: new Map([['default', {twilio: login}]])})
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await file.saveLogin('default', 'twilio', undefined)
    expect(await file.read()).toEqual({settings: {sandbox: true}, profiles: new Map()})
  })

  it('keeps several logins, each with one at Twilio and one at KORE, where earlier versions find the first', async () => {
    const file = settingsFile(folder)
    const kore = {clientId: 'id', clientSecret: 'secret'}
    await file.saveLogin('default', 'twilio', login)
    await file.saveLogin('staging', 'twilio', {...login, accountSid: 'AC2'})
    await file.saveLogin('staging', 'kore', kore)
    await file.saveLogin('constructor', 'kore', kore)
    await file.saveLogin('constructor', 'kore', undefined)
    const profiles = {default: {twilio: login}, staging: {twilio: {...login, accountSid: 'AC2'}, kore}}
    expect(Object.fromEntries((await file.read()).profiles)).toEqual(profiles)
    expect(JSON.parse(await readFile(file.path, 'utf8'))).toMatchObject({profile: login})
    await file.saveLogin('staging', 'twilio', undefined)
    await file.saveLogin('default', 'twilio', undefined)
    expect(Object.fromEntries((await file.read()).profiles)).toEqual({staging: {kore}})
  })

  it('loses no write of several at once', async () => {
    await Promise.all([
      settingsFile(folder).saveLogin('default', 'twilio', login),
      settingsFile(folder).set('country', 'GB'),
      settingsFile(folder).set('registry', 'aka-staging'),
      settingsFile(folder).set('sandbox', true),
    ])
    const settings = {country: 'GB', registry: 'aka-staging', sandbox: true}
    expect(await settingsFile(folder).read()).toEqual({settings, profiles: new Map([['default', {twilio: login}]])})
  })

  it.each([
    ['half of a document', `{"profile": {"password": "${login.password}`],
    ['null', 'null'],
    ['a list', '[1]'],
    ['nothing', ''],
  ])('is refused where it holds %s, without a word of what is in it', async (_, text) => {
    await mkdir(folder)
    await writeFile(join(folder, 'config.json'), text)
    const failure = (await settingsFile(folder)
      .read()
      .catch((error: unknown) => error)) as Error
    expect(failure).toMatchObject({code: 'SETTINGS_UNREADABLE', exitCode: 2})
    expect(JSON.stringify([failure.message, failure])).not.toContain(login.password)
  })

  it('takes what has another shape for not set, and refuses a setting that could not have been set', async () => {
    await mkdir(folder)
    const path = join(folder, 'config.json')
    await writeFile(path, JSON.stringify({profile: {accountSid: 1}, settings: [], other: true}))
    expect(await settingsFile(folder).read()).toEqual({settings: {}, profiles: new Map()})
    await writeFile(path, JSON.stringify({settings: {'sim-order-url': 'http://orders.example.com'}}))
    await expect(settingsFile(folder).read()).rejects.toMatchObject({code: 'ENDPOINT_INSECURE'})
  })

  it.each([
    ['a pipe', async (path: string) => void execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => mkdir(path)],
    ['a link', (path: string) => symlink('/etc/hostname', path)],
    ['two megabytes', (path: string) => writeFile(path, 'x'.repeat(2_000_000))],
  ])('is not read where it is %s', async (_, make) => {
    await mkdir(folder)
    await make(join(folder, 'config.json'))
    await expect(settingsFile(folder).read()).rejects.toMatchObject({code: 'FILE_NOT_ACCESSIBLE', exitCode: 1})
  })

  it('says what this machine could not do, and where', async () => {
    await writeFile(folder, 'a file where the folder should be')
    await expect(settingsFile(folder).set('country', 'CA')).rejects.toMatchObject({
      code: 'FILE_NOT_ACCESSIBLE',
      message: expect.stringMatching(
        /could not save the setting country in .*config\.json: .*(not a folder|that name)/,
      ),
    })
  })

  it('is written again for its owner alone, whatever its mode was', async () => {
    const file = settingsFile(folder)
    await file.saveLogin('default', 'twilio', login)
    await chmod(file.path, 0o644)
    await file.set('country', 'CA')
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
    expect(await readFile(file.path, 'utf8')).toContain('"CA"')
  })
})

describe('the folder of the settings', () => {
  it.each([
    ['in XDG_CONFIG_HOME', {XDG_CONFIG_HOME: '/etc/xdg'}, '/etc/xdg/aka-twilio'],
    [
      'in the home, where that is relative: it would be the current folder',
      {XDG_CONFIG_HOME: 'config'},
      '/home/me/.config/aka-twilio',
    ],
    ['in the home, where that is empty', {XDG_CONFIG_HOME: ''}, '/home/me/.config/aka-twilio'],
  ])('is %s', (_, env, folder) => {
    expect(configFolder(env, '/home/me')).toBe(folder)
  })
})
