import {describe, expect, it} from '@jest/globals'

import type {HttpRequest, HttpResponse} from '../../../src/lib/transport/types.js'
import {TwilioRefusal} from '../../../src/lib/twilio/errors.js'
import {answeredAt, httpClient, type SdkHttpClient} from '../../../src/lib/twilio/http-client.js'

type SdkRequest = Parameters<SdkHttpClient['request']>[0]

/** What is sent for a request of the SDK, and what the SDK gets for the answer. */
async function exchange(request: Record<string, unknown>, answer: Partial<HttpResponse> = {}, endpoint?: string) {
  let sent: HttpRequest = {method: 'GET', url: 'nothing was sent', headers: {}}
  const client = httpClient({
    endpoint,
    send: async (given) => {
      sent = given
      return {status: 200, headers: {}, body: '{}', ...answer}
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
    const {sent} = await exchange({uri: 'https://api.twilio.com/x?Page=2', params: {PageSize: 5}})
    expect(sent.url).toBe('https://api.twilio.com/x?Page=2&PageSize=5')
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
    await expect(exchange({uri: 'https://twilio.com.example.com/x'})).rejects.toThrow(/not an address of Twilio/)
  })
})

describe('an answer to the SDK', () => {
  it('is JSON of lines without characters that cannot be seen, or nothing; what people wrote keeps its lines', async () => {
    const body = JSON.stringify({
      name: 'a\u001B[31mb',
      lines: 'a\nb\u202E',
      body: 'a\nb\u202E',
      deep: [{text: '\u009B2J\u0007'}],
    })
    expect((await exchange({}, {body})).result.body).toEqual({
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
