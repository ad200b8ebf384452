import {describe, expect, it} from '@jest/globals'

import {connectKore} from '../../../src/lib/kore/connect.js'
import {redact} from '../../../src/lib/secrets.js'
import {type HttpRequest, type HttpResponse, NoAnswer} from '../../../src/lib/transport/types.js'
import {transportOf} from '../../support/in-process.js'

const TOKEN = 'https://api.korewireless.com/api-services/v1/auth/token'
const json = (status: number, body: unknown): HttpResponse => ({status, headers: {}, body: JSON.stringify(body)})
const empty = json(200, {sims: [], meta: {next_page_url: null}})

type Answer = (nth: number, request: HttpRequest) => HttpResponse

/** KORE with these answers to requests for a token, and to others. */
function kore({token, other = () => empty}: {token?: Answer; other?: Answer} = {}) {
  const [asked, requests]: [HttpRequest[], HttpRequest[]] = [[], []]
  let now = 0
  const usual: Answer = (nth) =>
    json(200, {access_token: `token-number-${nth}`, expires_in: 3600, token_type: 'Bearer', scope: ''})
  const paced = transportOf(async (request) => {
    const isToken = request.url === TOKEN
    const list = isToken ? asked : requests
    list.push(request)
    return (isToken ? (token ?? usual) : other)(list.length, request)
  })
  const transport = {...paced, now: () => now}
  const account = connectKore(
    {clientId: 'client-1', clientSecret: 'secret of the client'},
    {transport, endpoint: undefined},
  )
  return {
    asked,
    requests,
    pass: (seconds: number) => void (now += seconds * 1000),
    list: async () => (await account.supersim()).v1.sims.list({pageSize: 1000}),
    tokens: () => requests.map(({headers}) => headers.authorization),
  }
}

describe('an access token', () => {
  it('is asked for as KORE documents, once for requests at the same time, and serves until shortly before it expires', async () => {
    const world = kore()
    await Promise.all([world.list(), world.list()])
    world.pass(3500)
    await world.list()
    expect(world.asked).toMatchObject([
      {
        method: 'POST',
        headers: {'content-type': 'application/x-www-form-urlencoded'},
        body: 'grant_type=client_credentials&client_id=client-1&client_secret=secret+of+the+client',
      },
    ])
    expect(world.asked[0]?.headers).not.toHaveProperty('authorization')
    world.pass(50)
    await world.list()
    expect(world.tokens()).toEqual([...Array<string>(3).fill('Bearer token-number-1'), 'Bearer token-number-2'])
    expect(world.requests[0]?.url).toBe('https://supersim.api.korewireless.com/v1/Sims?PageSize=1000')
    expect(redact('It is token-number-1.')).not.toContain('token-number-1')
  })

  it('that is refused is renewed once, for all who had it', async () => {
    const refused: Answer = (_, {headers}) =>
      headers.authorization === 'Bearer token-number-1' ? json(401, {message: 'Unauthorized'}) : empty
    const world = kore({other: refused})
    await Promise.all([world.list(), world.list(), world.list()])
    expect(world.asked).toHaveLength(2)
    const always = kore({other: () => json(401, {message: 'Unauthorized'})})
    await expect(always.list()).rejects.toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect([always.asked.length, always.requests.length]).toEqual([2, 2])
  })

  it.each([
    [{error: 'invalid_client', error_description: 'Invalid client'}, 401],
    [{error: 'invalid_client'}, 400],
    [{message: 'Forbidden'}, 403],
  ])('is not given to a client that KORE does not know: %j, %i', async (body, status) => {
    const world = kore({token: () => json(status, body)})
    await expect(world.list()).rejects.toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect(world.requests).toEqual([])
  })

  it('is asked for again where no answer came, and then nothing is unknown', async () => {
    const lost: Answer = () => {
      throw new NoAnswer('lost', {sent: true})
    }
    const once = kore({
      token: (nth) => (nth === 1 ? lost(nth, {} as HttpRequest) : json(200, {access_token: 'abcdefgh'})),
    })
    await once.list()
    const always = kore({token: lost})
    await expect(always.list()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE', exitCode: 7})
    const failing = kore({token: () => json(500, {code: 500, message: 'Internal'})})
    await expect(failing.list()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE'})
    expect([once.asked.length, always.asked.length, failing.asked.length]).toEqual([2, 4, 4])
  })

  it.each([{}, {access_token: ''}, {access_token: 'two words'}, {access_token: 'abcdefgh', token_type: 'mac'}, []])(
    'must be one: %j',
    async (body) => {
      await expect(kore({token: () => json(200, body)}).list()).rejects.toMatchObject({code: 'KORE_RESPONSE_INVALID'})
    },
  )
})

describe('a page of a list', () => {
  it.each(['https://supersim.api.korewireless.com', 'https://supersim.twilio.com', 'https://evil.example.com'])(
    'is asked of KORE alone, whatever its address says: %s',
    async (host) => {
      const next = `${host}/v1/Sims?PageSize=1000&Page=1&PageToken=PA1`
      const world = kore({other: (nth) => json(200, {sims: [], meta: {next_page_url: nth === 1 ? next : null}})})
      await world.list()
      expect(world.requests.map(({url}) => url)).toEqual([
        'https://supersim.api.korewireless.com/v1/Sims?PageSize=1000',
        'https://supersim.api.korewireless.com/v1/Sims?PageSize=1000&Page=1&PageToken=PA1',
      ])
    },
  )
})
