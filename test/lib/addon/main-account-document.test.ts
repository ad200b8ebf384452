import {expect, it} from '@jest/globals'

import {loginDocument, roleOf, roles, whoamiDocument} from '../../../src/lib/addon/main-account-document.js'
import type {Account} from '../../../src/lib/twilio/accounts.js'
import type {FoundCredentials} from '../../../src/lib/twilio/credentials.js'

const accountSid = `AC${'1'.repeat(32)}`
const account: Account = {
  sid: accountSid,
  friendlyName: 'ACME',
  status: 'active',
  type: 'Full',
  ownerSid: accountSid,
  authToken: 'token-of-acme',
  createdAt: new Date(0),
}
const sims = {carrier: 'twilio', clientId: null, source: null} as const

const whoami = (username: string, profile?: string) =>
  whoamiDocument(
    account,
    {accountSid, username, password: 'secret-of-key', source: 'the test', profile} as FoundCredentials,
    {chosenBy: '--profile', akkeris: null, sims},
  )

it('the main account is shown with what its credentials are, and without a secret', () => {
  const withToken = whoami(accountSid, 'acme')
  expect(withToken).toEqual({
    accountSid,
    friendlyName: 'ACME',
    type: 'Full',
    status: 'active',
    apiKey: null,
    source: 'the test',
    profile: 'acme',
    profileChosenBy: '--profile',
    role: 'administrator',
    akkeris: null,
    sims,
  })
  expect(whoami('SK1', 'acme')).toMatchObject({apiKey: 'SK1', role: 'main-key'})
  expect(JSON.stringify([withToken, whoami('SK1')])).not.toMatch(/token-of-acme|secret-of-key/)
})

it('nothing chose a profile where there is none', () => {
  expect(whoami(accountSid)).toMatchObject({profile: null, profileChosenBy: null})
})

it('only the auth token may do everything', () => {
  expect([roles[roleOf(true)], roles[roleOf(false)]]).toEqual([
    expect.stringContaining('administrator'),
    expect.stringContaining('cannot transfer numbers'),
  ])
})

it('a login is shown with the profile and the file that it was saved in, and without its token', () => {
  expect(loginDocument(account, {profile: 'acme', savedIn: '/home/me/settings.json'})).toEqual({
    accountSid,
    friendlyName: 'ACME',
    type: 'Full',
    profile: 'acme',
    savedIn: '/home/me/settings.json',
  })
})
