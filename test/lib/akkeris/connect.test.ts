import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {findAkkeris, findAkkerisLogin} from '../../../src/lib/akkeris/connect.js'
import {forgetSecrets, redact} from '../../../src/lib/secrets.js'

let empty: string
let home: string
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  await mkdir(join(home, '.akkeris'))
  await writeFile(join(home, '.akkeris', 'config.json'), JSON.stringify({apps: 'apps.of-profile.example.com'}))
  const machines = ['apps.example.com:5000', 'apps.example.com']
  await writeFile(
    join(home, '.netrc'),
    machines.map((name) => `machine ${name} login me password of-${name}\n`).join(''),
  )
})
afterAll(async () => {
  for (const folder of [empty, home]) await rm(folder, {recursive: true})
})

describe('where Akkeris is', () => {
  it.each([
    ['apps.example.com', 'https://apps.example.com', 'apps.example.com'],
    [' Apps.Example.com ', 'https://apps.example.com', 'apps.example.com'],
    ['https://apps.example.com/', 'https://apps.example.com', 'apps.example.com'],
    ['apps.example.com:8443', 'https://apps.example.com:8443', 'apps.example.com:8443'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000', '127.0.0.1'],
    ['http://localhost:5000', 'http://localhost:5000', '127.0.0.1'],
    ['https://[::1]', 'https://[::1]', '127.0.0.1'],
  ])('is "%s" of the environment, and its name in the registry has no port on this machine', (value, baseUrl, host) => {
    expect(findAkkeris({env: {AKKERIS_API_HOST: value}, home})).toEqual({baseUrl, host})
  })

  it('is in the profile of aka where the environment says nothing', () => {
    const place = {baseUrl: 'https://apps.of-profile.example.com', host: 'apps.of-profile.example.com'}
    for (const env of [{}, {AKKERIS_API_HOST: ''}]) expect(findAkkeris({env, home})).toEqual(place)
  })

  it('is spoken to unencrypted on this machine alone, also where aka took the http:// off', () => {
    const insecure = (host: string) => findAkkeris({env: {AKKERIS_API_HOST: host, AKKERIS_API_INSECURE: 'true'}, home})
    expect(insecure('127.0.0.1:5000').baseUrl).toBe('http://127.0.0.1:5000')
    for (const refused of [
      () => insecure('apps.example.com'),
      () => findAkkeris({env: {AKKERIS_API_HOST: 'http://x.example.com'}, home}),
    ])
      expect(refused).toThrow(expect.objectContaining({code: 'ENDPOINT_INSECURE', exitCode: 2}))
  })

  it('is not known where nobody says', () => {
    expect(() => findAkkeris({env: {}, home: empty})).toThrow(
      expect.objectContaining({code: 'AKKERIS_HOST_MISSING', exitCode: 5}),
    )
  })
})

describe('who asks Akkeris', () => {
  const place = {baseUrl: 'https://apps.example.com', host: 'apps.example.com'}

  it('is API_AUTH as it is, else API_TOKEN, else the password of the host in ~/.netrc', () => {
    const found = (env: NodeJS.ProcessEnv, baseUrl = place.baseUrl) =>
      findAkkerisLogin({env, home}, {...place, baseUrl}).authorization
    expect(found({API_AUTH: 'Basic abc', API_TOKEN: 'token'})).toBe('Basic abc')
    expect(found({API_TOKEN: 'token'})).toBe('Bearer token')
    expect(found({API_AUTH: '', API_TOKEN: ''})).toBe('Bearer of-apps.example.com')
    expect(found({}, 'https://apps.example.com:5000')).toBe('Bearer of-apps.example.com:5000')
    expect(found({}, 'https://apps.example.com:6000')).toBe('Bearer of-apps.example.com')
  })

  it('is named with where the login was found', () => {
    const source = (env: NodeJS.ProcessEnv) => findAkkerisLogin({env, home}, place).source
    expect(source({API_AUTH: 'Basic abc', API_TOKEN: 'token'})).toMatch(/API_AUTH/)
    expect(source({API_TOKEN: 'token'})).toMatch(/API_TOKEN/)
    expect(source({})).toMatch(/netrc/)
  })

  it('is not known where there is no login', () => {
    expect(() => findAkkerisLogin({env: {}, home: empty}, place)).toThrow(
      expect.objectContaining({code: 'AKKERIS_LOGIN_MISSING', exitCode: 5}),
    )
  })

  it('is taken without what a file ends with; one that no header could carry is refused before anything is sent (exit 5)', () => {
    expect(findAkkerisLogin({env: {API_TOKEN: '\uFEFFtoken\r\n'}, home}, place).authorization).toBe('Bearer token')
    for (const env of [{API_TOKEN: 'token\nof'}, {API_AUTH: 'Bearer token\u2013of'}, {API_TOKEN: 'token of\u200B'}]) {
      const find = () => findAkkerisLogin({env, home}, place)
      expect(find).toThrow(expect.objectContaining({code: 'SECRET_INVALID', exitCode: 5}))
      expect(find).not.toThrow('token')
    }
    forgetSecrets()
  })

  it('is a secret from then on, with and without "Bearer"', () => {
    findAkkerisLogin({env: {API_TOKEN: 'token-of-a-developer'}, home}, place)
    expect(redact('Bearer token-of-a-developer; token-of-a-developer')).not.toContain('token-of')
    forgetSecrets()
  })
})
