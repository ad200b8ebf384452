import {afterEach, describe, expect, it} from '@jest/globals'

import {redact} from '../../../src/lib/secrets.js'
import type {HttpRequest} from '../../../src/lib/transport/types.js'
import {connectTwilio, readerIn, subaccount, type TwilioCredentials} from '../../../src/lib/twilio/connect.js'
import {answering, transportOf} from '../../support/in-process.js'

const sid = (digit: string) => `AC${digit.repeat(32)}`
const byToken: TwilioCredentials = {accountSid: sid('1'), username: sid('1'), password: 'token-of-the-main-account'}
const byKey: TwilioCredentials = {...byToken, username: `SK${'1'.repeat(32)}`, password: 'secret-of-the-key'}

/** An account, and what it sent; Twilio answers with a list of nothing, or with this status. */
function account(credentials = byToken, {endpoint, status = 200}: {endpoint?: string; status?: number} = {}) {
  const sent: HttpRequest[] = []
  const transport = transportOf(async (request) => {
    sent.push(request)
    return answering(status, {addresses: []})(request)
  })
  return {sent, account: connectTwilio(credentials, {transport, endpoint})}
}

const list = async ({api}: Pick<ReturnType<typeof connectTwilio>, 'api'>) =>
  (await api()).v2010.account.addresses.list()
const basic = ({username, password}: TwilioCredentials) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

describe('an account', () => {
  it('asks each product of Twilio at its own address', async () => {
    const {account: main} = account()
    const products = [
      'api',
      'accounts',
      'messaging',
      'numbers',
      'pricing',
      'sync',
      'supersim',
      'trusthub',
      'wireless',
    ] as const
    for (const product of products) expect((await main[product]()).baseUrl).toBe(`https://${product}.twilio.com`)
  })

  it.each([
    ['auth token', byToken],
    ['API key', byKey],
  ])('asks with its %s, which is kept out of what is said', async (_, credentials) => {
    const {account: main, sent} = account(credentials)
    await list(main)
    expect(sent).toMatchObject([
      {url: expect.stringContaining(`/Accounts/${sid('1')}/`) as unknown, headers: {authorization: basic(credentials)}},
    ])
    const said = redact(`${credentials.password} ${basic(credentials)}`)
    for (const secret of [credentials.password, basic(credentials)]) expect(said).not.toContain(secret)
  })

  it('tells whether it asks by an API key', () => {
    expect([account(byToken).account.usesApiKey, account(byKey).account.usesApiKey]).toEqual([false, true])
  })

  it('leads to another one over the same connection', async () => {
    const {account: main, sent} = account(byToken, {endpoint: 'http://127.0.0.1:4010'})
    const other = {accountSid: sid('2'), username: sid('2'), password: 'token-of-the-other'}
    await list(main.as(other))
    expect(sent).toMatchObject([
      {
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4010\/api\.twilio\.com\//) as unknown,
        headers: {authorization: basic(other)},
      },
    ])
    expect(main.as(other)).toMatchObject({sid: sid('2'), usesApiKey: false})
  })

  it('sends as it is asked to: here once', async () => {
    const {account: main, sent} = account(byToken, {status: 503})
    await expect((await main.api({once: true})).v2010.account.addresses.list()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    })
    expect(sent).toHaveLength(1)
  })

  describe('where the environment names an edge and a region, as for Twilio’s own tools', () => {
    afterEach(() => {
      delete process.env.TWILIO_EDGE
      delete process.env.TWILIO_REGION
    })

    it('asks there', async () => {
      process.env.TWILIO_EDGE = 'dublin'
      process.env.TWILIO_REGION = 'ie1'
      const {account: main, sent} = account()
      await list(main)
      expect(sent[0]?.url).toMatch(/^https:\/\/api\.dublin\.ie1\.twilio\.com\//)
    })
  })
})

describe('who acts in a subaccount', () => {
  const own = {sid: sid('2'), authToken: 'token-of-the-subaccount'}
  const {account: main} = account(byToken)
  const {account: limited} = account(byKey)

  it('does so with its own token', async () => {
    const world = account(byToken)
    const sub = subaccount(world.account, own)
    expect(sub).toMatchObject({sid: own.sid, usesApiKey: false})
    await list(sub)
    expect(world.sent[0]?.headers.authorization).toBe(
      basic({accountSid: own.sid, username: own.sid, password: own.authToken}),
    )
  })

  it('cannot where Twilio hides the token, as it does from some keys', () => {
    const hidden = {...own, authToken: ''}
    expect(() => subaccount(limited, hidden)).toThrow(
      expect.objectContaining({
        code: 'AUTH_TOKEN_HIDDEN',
        exitCode: 5,
        suggestions: [expect.stringContaining('twilio:login')],
      }),
    )
    expect(() => subaccount(main, hidden)).toThrow(
      expect.objectContaining({code: 'TWILIO_RESPONSE_INVALID', exitCode: 7}),
    )
  })

  it('reads as the main account by its token, and by the own one of the subaccount where there is only a key', async () => {
    expect((await readerIn(main, () => Promise.reject(new Error('asked')))).sid).toBe(sid('1'))
    expect((await readerIn(limited, async () => own)).sid).toBe(own.sid)
  })
})
