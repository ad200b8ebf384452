import {describe, expect, it} from '@jest/globals'

import {mainAndSubaccount} from '../../accounts-support.js'
import {codeOf, sdk} from '../../sdk.js'
import {ask} from '../../support.js'

async function keyWorld() {
  const world = await mainAndSubaccount({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const {accountSid, apiKey, standardKey} = await world.sandbox.credentials()
  const withKey = ({sid, secret}: {sid: string; secret: string}, account = accountSid) =>
    sdk(world.sandbox, {username: sid, password: secret}, account)
  return {...world, accountSid, withKey, asMain: withKey(apiKey), asStandard: withKey(standardKey)}
}

describe.each(['api', 'iam'] as const)('keys of %s', (api) => {
  const keysOf = (client: Awaited<ReturnType<typeof keyWorld>>['main'], accountSid: string) =>
    api === 'api'
      ? {
          create: (friendlyName: string) => client.newKeys.create({friendlyName}),
          names: async () => (await client.keys.list()).map((key) => key.friendlyName),
          one: (sid: string) => client.keys(sid),
          rename: (sid: string, friendlyName: string) => client.keys(sid).update({friendlyName}),
        }
      : {
          create: (friendlyName: string) => client.iam.v1.newApiKey.create({accountSid, friendlyName}),
          names: async () => (await client.iam.v1.getApiKeys.list({accountSid})).map((key) => key.friendlyName),
          one: (sid: string) => client.iam.v1.apiKey(sid),
          rename: (sid: string, friendlyName: string) => client.iam.v1.apiKey(sid).update({friendlyName}),
        }

  it('are made, renamed, and refused once they are deleted', async () => {
    const {asMain, accountSid, withKey} = await keyWorld()
    const keys = keysOf(asMain, accountSid)
    const key = await keys.create('app')
    expect(key.secret).toMatch(/^[0-9a-f]{32}$/)
    const asKey = withKey(key)
    expect(await asKey.messages.list()).toEqual([])
    expect((await keys.rename(key.sid, 'renamed')).friendlyName).toBe('renamed')
    expect(await keys.names()).toEqual(['renamed', 'Standard key', 'Main key'])
    expect(Object.keys(await keys.one(key.sid).fetch())).not.toContain('secret')
    await keys.one(key.sid).remove()
    expect(await codeOf(asKey.messages.list())).toBe(20003)
    expect(await codeOf(keys.one(key.sid).fetch())).toBe(20404)
  })

  it('of type Standard manage neither keys nor accounts', async () => {
    const {asStandard, accountSid} = await keyWorld()
    const keys = keysOf(asStandard, accountSid)
    const refused = [keys.create('another'), keys.names(), asStandard.api.v2010.accounts.list()]
    expect(await Promise.all(refused.map((each) => codeOf(each)))).toEqual([20003, 20003, 20003])
  })

  it('reach no account but their own', async () => {
    const {main, sub, sid, withKey, asMain} = await keyWorld()
    const key = await keysOf(sub, sid).create('app')
    expect(await withKey(key, sid).messages.list()).toEqual([])
    expect(await codeOf(withKey(key).messages.list())).toBe(20003)
    if (api === 'iam') {
      expect(await codeOf(asMain.iam.v1.getApiKeys.list({accountSid: sid}))).toBe(20003)
      expect(await codeOf(asMain.iam.v1.apiKey(key.sid).fetch())).toBe(20404)
      expect((await main.iam.v1.apiKey(key.sid).fetch()).friendlyName).toBe('app')
    }
  })
})

it('restricted keys are not emulated, which is said in our words', async () => {
  const {sandbox, login} = await keyWorld()
  const form = {AccountSid: login.username, KeyType: 'restricted', Policy: '{"allow": []}'}
  const answer = await ask(sandbox, {method: 'POST', url: 'https://iam.twilio.com/v1/Keys', as: login, form})
  expect([answer.status, answer.json.message]).toEqual([
    501,
    'The sandbox does not emulate POST /v1/Keys with KeyType=restricted',
  ])
})
