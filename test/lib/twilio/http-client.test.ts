import {describe, expect, it} from '@jest/globals'

import {UnknownOutcome} from '../../../src/lib/errors.js'
import type {HttpRequest, HttpResponse} from '../../../src/lib/transport/types.js'
import {TwilioRefusal} from '../../../src/lib/twilio/errors.js'
import {answeredAt, httpClient, type SdkHttpClient} from '../../../src/lib/twilio/http-client.js'

type SdkRequest = Parameters<SdkHttpClient['request']>[0]

const SID = `AC${'0a'.repeat(16)}`
const account = JSON.stringify({
  sid: SID,
  friendly_name: 'x',
  status: 'active',
  type: 'Full',
  owner_account_sid: SID,
  auth_token: 'x',
  date_created: 'Tue, 10 Mar 2026 12:00:00 +0000',
})

/** What is sent for a request of the SDK, and what the SDK gets for the answer. */
async function exchange(request: Record<string, unknown>, answer: Partial<HttpResponse> = {}, endpoint?: string) {
  let sent: HttpRequest = {method: 'GET', url: 'nothing was sent', headers: {}}
  const client = httpClient({
    endpoint,
    send: async (given) => {
      sent = given
      const lists = {accounts: []}
      return {status: 200, headers: {}, body: given.method === 'GET' ? JSON.stringify(lists) : account, ...answer}
    },
  })
  const usual = {method: 'get', uri: 'https://api.twilio.com/2010-04-01/Accounts.json', username: 'AC1', password: 'p'}
  const given = {...usual, ...request} as unknown as SdkRequest
  const result = (await client.request(given)) as {statusCode: number; body: unknown}
  return {sent, result}
}

describe('a request of the SDK', () => {
  it('is HTTP Basic, with its headers in lower case', async () => {
    const {sent} = await exchange({
      username: 'AC1',
      password: 'pä:ss',
      headers: {'If-Match': '3', Accept: 'application/json'},
    })
    expect(sent.headers).toEqual({
      'if-match': '3',
      accept: 'application/json',
      authorization: `Basic ${Buffer.from('AC1:pä:ss').toString('base64')}`,
    })
  })

  it('has lists as repeated parameters, and nothing of what is not set', async () => {
    const params = {Status: ['a', 'b'], PageSize: 20, Beta: false, Left: undefined, Out: null}
    const {sent} = await exchange({params})
    expect([...new URL(sent.url).searchParams]).toEqual([
      ['Status', 'a'],
      ['Status', 'b'],
      ['PageSize', '20'],
      ['Beta', 'false'],
    ])
    expect(sent).not.toHaveProperty('body')
  })

  it('keeps the query that a page of Twilio links to', async () => {
    const {sent} = await exchange({
      uri: 'https://api.twilio.com/2010-04-01/Accounts.json?Page=2',
      params: {PageSize: 5},
    })
    expect(sent.url).toBe('https://api.twilio.com/2010-04-01/Accounts.json?Page=2&PageSize=5')
  })

  it('is a form where it changes something, even with nothing in it', async () => {
    expect((await exchange({method: 'post', data: {FriendlyName: 'a & b', Empty: ''}})).sent).toMatchObject({
      method: 'POST',
      body: 'FriendlyName=a+%26+b&Empty=',
    })
    expect((await exchange({method: 'post'})).sent.body).toBe('')
    expect((await exchange({method: 'delete'})).sent).not.toHaveProperty('body')
  })

  it('goes to the endpoint that stands in for Twilio, and to nobody but Twilio', async () => {
    const {sent} = await exchange({}, {}, 'http://127.0.0.1:4010')
    expect(sent.url).toBe('http://127.0.0.1:4010/api.twilio.com/2010-04-01/Accounts.json')
    await expect(exchange({uri: 'https://api.example.com/2010-04-01/Accounts.json'})).rejects.toThrow(
      /not an address of Twilio/,
    )
  })
})

describe('an answer to the SDK', () => {
  it('is JSON of lines without characters that cannot be seen, or nothing; what people wrote keeps its lines', async () => {
    const fields = JSON.parse(account) as object
    const body = JSON.stringify({
      ...fields,
      name: 'a\u001B[31mb',
      lines: 'a\nb\u202E',
      body: 'a\nb\u202E',
      deep: [{text: '\u009B2J\u0007'}],
    })
    const uri = `https://api.twilio.com/2010-04-01/Accounts/${SID}.json`
    expect((await exchange({uri}, {body})).result.body).toEqual({
      ...fields,
      name: 'ab',
      lines: 'a b',
      body: 'a\nb',
      deep: [{text: ''}],
    })
    expect((await exchange({method: 'delete'}, {status: 204, body: ''})).result).toMatchObject({
      statusCode: 204,
      body: {},
    })
  })

  it('of 300 and more is a refusal that names Twilio’s own address', async () => {
    const refused = exchange(
      {uri: 'https://supersim.twilio.com/v1/Sims'},
      {status: 404, body: ''},
      'http://127.0.0.1:4010',
    )
    await expect(refused).rejects.toMatchObject({code: 'SIMS_UNAVAILABLE'})
    await expect(exchange({}, {status: 302, body: ''})).rejects.toBeInstanceOf(TwilioRefusal)
  })

  it('tells how late it is for Twilio, if it does', () => {
    expect(answeredAt({date: 'Tue, 10 Mar 2026 12:00:00 GMT'})).toEqual(new Date('2026-03-10T12:00:00Z'))
    for (const headers of [undefined, null, {}, {date: 'soon'}]) expect(answeredAt(headers)).toBeUndefined()
  })
})

describe('a path that is no address of Twilio’s', () => {
  it.each([`${SID}?x`, `${SID}/..`, `${SID}#x`, `${SID}%2F..`, `${SID}.json?x=`, 'AC1', '..', '', 'null'])(
    'is not sent anywhere: an account %j',
    async (sid) => {
      for (const path of [`Accounts/${sid}/IncomingPhoneNumbers.json`, `Accounts/${sid}/Messages/${sid}.json`]) {
        const refused = exchange({uri: `https://api.twilio.com/2010-04-01/${path}`})
        await expect(refused).rejects.toMatchObject({code: 'SID_INVALID', exitCode: 2})
      }
    },
  )

  it('is not taken out of the answer of somebody else', async () => {
    const elsewhere = exchange({uri: 'https://supersim.twilio.com/v1/Elsewhere?Page=1'})
    await expect(elsewhere).rejects.toMatchObject({code: 'SID_INVALID'})
  })
})

describe('an answer that cannot be read', () => {
  const one = {uri: `https://api.twilio.com/2010-04-01/Accounts/${SID}.json`}
  const without = (...fields: readonly string[]) =>
    JSON.stringify({...(JSON.parse(account) as object), ...Object.fromEntries(fields.map((field) => [field, null]))})

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"yes"'],
    ['another object', '{"ok": true}'],
    ['one without a status', without('status')],
    ['one without a date', without('date_created')],
    ['another account', account.replaceAll('0a', '0b')],
  ])('is temporary where something was asked, and unknown where something was changed: %s', async (_, body) => {
    const status = body === '' ? 204 : 200
    const asked = exchange(one, {status, body})
    await expect(asked).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID', exitCode: 7})
    await expect(asked).rejects.toThrow(/api\.twilio\.com answered GET .*unexpected: \w+/)
    await expect(exchange({...one, method: 'post'}, {status, body})).rejects.toBeInstanceOf(UnknownOutcome)
  })

  it.each(['{}', '{"accounts": null}', '{"accounts": {}}', '{"accounts": [null]}', '{"accounts": [{"sid": "AC1"}]}'])(
    'is so in a list, too: %s',
    async (body) => {
      await expect(exchange({}, {body})).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID'})
    },
  )

  it('is never quoted: it may be a secret', async () => {
    const body = account.replace('"x"', '{"a-secret-that-is-not-known": 1}').replace('"Full"', '["another-secret"]')
    await expect(exchange(one, {body})).rejects.toThrow(/^(?!.*secret)/)
  })

  it('needs no auth token: not everybody may see it', async () => {
    expect((await exchange(one, {body: without('auth_token')})).result.statusCode).toBe(200)
  })
})

describe('pages', () => {
  const page = (next: number) => `https://api.twilio.com/2010-04-01/Accounts.json?Page=${next}`
  const send = async () => ({status: 200, headers: {}, body: '{"accounts": []}'})
  const get = (uri: string) => ({method: 'get', uri}) as unknown as SdkRequest

  it('that lead back to one that was read, or never end, are temporary', async () => {
    const looping = httpClient({send, endpoint: undefined})
    await looping.request(get(page(1)))
    await looping.request(get(page(2)))
    await expect(looping.request(get(page(1)))).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID', exitCode: 7})

    const endless = httpClient({send, endpoint: undefined})
    for (let next = 1; next <= 1000; next++) await endless.request(get(page(next)))
    await expect(endless.request(get(page(1001)))).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID'})
  })

  it('may be read again from the first one on', async () => {
    const client = httpClient({send, endpoint: undefined})
    for (const uri of [page(1), page(1).split('?')[0] ?? '', page(1)]) await client.request(get(uri))
  })

  const maps = 'https://sync.twilio.com/v1/Services/default/Maps'
  const bySids = `https://sync.twilio.com/v1/Services/IS${'1'.repeat(32)}/Maps/MP${'2'.repeat(32)}/Items?Page=1`
  const linking = (link: unknown) =>
    exchange(
      {uri: `${maps}/aka-twilio/Items`},
      {body: JSON.stringify({items: [], meta: {key: 'items', next_page_url: link}})},
    )

  it.each([
    ['as it was asked for', `${maps}/aka-twilio/Items?PageSize=50&Page=1`],
    ['by the SIDs of what was named', bySids],
  ])('of the same list are read: %s', async (_, link) => {
    const {result} = await linking(link)
    expect(result.body).toEqual({items: [], meta: {key: 'items', next_page_url: link}})
  })

  it.each([
    ['of another list', `${maps}?Page=1`],
    ['of one item', `${maps}/aka-twilio/Items/api-default?Page=1`],
    ['somewhere else', 'https://sync.twilio.com.example.com/v1/Services/default/Maps/aka-twilio/Items?Page=1'],
    ['without encryption', `${maps.replace('https', 'http')}/aka-twilio/Items?Page=1`],
    ['that is no page', `${maps}/aka-twilio/Items`],
    ['that is none', 'page 2'],
    ['that is no text', 2],
  ])('are not looked for by a link %s, which is temporary', async (_, link) => {
    await expect(linking(link)).rejects.toMatchObject({
      code: 'TWILIO_RESPONSE_INVALID',
      message: expect.stringContaining('the address of the next page is none of this list') as unknown,
    })
  })
})
