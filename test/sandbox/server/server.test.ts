import {describe, expect, it} from '@jest/globals'

import {post, servedSandboxes} from './support.js'

const serve = servedSandboxes()

describe('over HTTP, the sandbox', () => {
  it('stands in for Twilio’s hosts and for Akkeris', async () => {
    const {sandbox, get} = await serve()
    const accounts = await get('/api.twilio.com/2010-04-01/Accounts.json?Status=active')
    expect([accounts.status, accounts.headers.get('twilio-request-id')]).toEqual([200, expect.stringMatching(/^RQ/)])
    expect((await get('/sync.twilio.com/v1/Services/default/Maps')).status).toBe(200)
    expect((await get('/apps/api-default/config-vars')).status).toBe(200)
    expect(sandbox.requests.map(({url, status}) => [url, status])).toEqual([
      ['https://api.twilio.com/2010-04-01/Accounts.json?Status=active', 200],
      ['https://sync.twilio.com/v1/Services/default/Maps', 200],
      ['https://apps.sandbox.invalid/apps/api-default/config-vars', 200],
    ])
  })

  it('refuses what it does not know, never passing it on', async () => {
    const {get} = await serve()
    expect((await get('/example.com/')).status).toBe(404)
    expect((await get('/')).status).toBe(404)
    expect((await get('/_sandbox/nothing')).status).toBe(404)
    expect((await get('/api.twilio.com/', {method: 'HEAD'})).status).toBe(405)
    expect((await get('/api.twilio.com/', {method: 'OPTIONS'})).status).toBe(405)
    expect((await get('/api.twilio.com/', {method: 'POST', body: 'x'.repeat(1024 * 1024 + 1)})).status).toBe(413)
  })

  it('closes the connection of a dropped call', async () => {
    const {get} = await serve()
    await get('/_sandbox/faults', post({when: 'before', do: {drop: true}}))
    await expect(get('/account')).rejects.toThrow('fetch failed')
    expect((await get('/account')).status).toBe(200)
  })
})
