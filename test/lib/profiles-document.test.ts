import {expect, it} from '@jest/globals'

import {profilesDocument} from '../../src/lib/profiles-document.js'
import type {Profiles} from '../../src/lib/settings-file.js'

const [accountSid, key] = [`AC${'1'.repeat(32)}`, `SK${'1'.repeat(32)}`]
const secrets = ['token-of-acme', 'secret-of-key', 'secret-of-kore']
const [password, keySecret, clientSecret] = secrets
const profiles = new Map([
  ['acme', {twilio: {accountSid, username: accountSid, password}}],
  ['key', {twilio: {accountSid, username: key, password: keySecret}, kore: {clientId: 'kore-1', clientSecret}}],
  ['kore', {kore: {clientId: 'kore-2', clientSecret}}],
]) as unknown as Profiles

it('a login is shown with its account, its API key where it has one, and KORE’s client, but no secret', () => {
  const document = profilesDocument(profiles, {setting: 'acme', inUse: 'key'})
  expect(document).toEqual({
    default: 'acme',
    inUse: 'key',
    profiles: [
      {name: 'acme', accountSid, apiKey: null, koreClientId: null},
      {name: 'key', accountSid, apiKey: key, koreClientId: 'kore-1'},
      {name: 'kore', accountSid: null, apiKey: null, koreClientId: 'kore-2'},
    ],
  })
  for (const secret of secrets) expect(JSON.stringify(document)).not.toContain(secret)
})

it('the default profile is the usual one where nobody set another', () => {
  expect(profilesDocument(new Map(), {inUse: null})).toEqual({default: 'default', inUse: null, profiles: []})
})
