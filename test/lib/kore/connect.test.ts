import {afterEach, describe, expect, it} from '@jest/globals'

import {redact} from '../../../src/lib/secrets.js'
import {json, noSims, startKore} from '../../support/in-process-kore.js'

const SIMS = 'https://supersim.api.korewireless.com/v1/Sims?PageSize=1000'
const MAPPINGS = 'https://iam.api.korewireless.com/v1/mappings'

describe('KORE’s Super SIM', () => {
  it('is asked at its own address, or at the endpoint that stands in for it, with a token of the API client', async () => {
    const world = startKore()
    await world.list()
    expect(world.requests).toMatchObject([{url: SIMS, headers: {authorization: 'Bearer token-number-1'}}])
    expect(redact('secret of the client')).not.toContain('secret')
    const through = startKore({endpoint: 'http://127.0.0.1:4010'})
    await through.list()
    expect(through.requests).toMatchObject([{url: SIMS.replace('https:/', 'http://127.0.0.1:4010')}])
    expect(through.tokens()).toEqual(['Bearer token-number-1'])
  })

  it.each(['https://supersim.api.korewireless.com', 'https://supersim.twilio.com', 'https://evil.example.com'])(
    'has the further pages of a list, whatever their address says: %s',
    async (host) => {
      const next = `${host}/v1/Sims?PageSize=1000&Page=1&PageToken=PA1`
      const world = startKore({other: (nth) => noSims(nth === 1 ? next : null)})
      await world.list()
      expect(world.requests.map(({url}) => url)).toEqual([SIMS, `${SIMS}&Page=1&PageToken=PA1`])
    },
  )

  it('has further pages at the endpoint that stands in for it, too', async () => {
    const endpoint = 'http://127.0.0.1:4010/kore'
    const next = `${endpoint}/supersim.api.korewireless.com/v1/Sims?PageSize=1000&Page=1`
    const world = startKore({endpoint, other: (nth) => noSims(nth === 1 ? next : null)})
    await world.list()
    expect(world.requests.map(({url}) => url)).toEqual([SIMS.replace('https:/', endpoint), next])
  })

  it('sends as it is asked to: here once', async () => {
    const world = startKore({other: () => json(503, {})})
    const {v1} = await world.account.supersim({once: true})
    await expect(v1.sims.list()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE'})
    expect(world.requests).toHaveLength(1)
  })

  it('refuses in its own name', async () => {
    const world = startKore({other: () => json(400, {code: 83003, message: 'No.'})})
    await expect(world.list()).rejects.toMatchObject({code: 'KORE_REFUSED', exitCode: 1})
    const forbidden = startKore({other: () => json(403, {})})
    await expect(forbidden.list()).rejects.toMatchObject({
      code: 'KORE_CREDENTIALS_REFUSED',
      message: expect.stringContaining('/v1/Sims') as unknown,
    })
    await expect(startKore({other: () => json(200, {})}).list()).rejects.toMatchObject({code: 'KORE_RESPONSE_INVALID'})
  })

  describe('where the environment names an edge and a region of Twilio’s', () => {
    afterEach(() => {
      delete process.env.TWILIO_EDGE
      delete process.env.TWILIO_REGION
    })

    it('is where it always is, and is called so', async () => {
      process.env.TWILIO_EDGE = 'dublin'
      process.env.TWILIO_REGION = 'ie1'
      const world = startKore({other: () => json(200, {})})
      await expect(world.list()).rejects.toThrow('supersim.api.korewireless.com answered GET /v1/Sims')
      expect(world.requests).toMatchObject([{url: SIMS}])
    })
  })
})

describe('what only KORE has', () => {
  const read = (answer = json(200, {platforms: []}), endpoint?: string) => {
    const world = startKore({other: () => answer, ...(endpoint !== undefined && {endpoint})})
    return {...world, answer: () => world.account.get(MAPPINGS, {platforms: [{id: 'string'}]})}
  }

  it('is asked with a token, too', async () => {
    const world = read(json(200, {platforms: [{id: 'acct_1'}]}))
    expect(await world.answer()).toEqual({platforms: [{id: 'acct_1'}]})
    expect(world.requests).toMatchObject([
      {method: 'GET', url: MAPPINGS, headers: {authorization: 'Bearer token-number-1', accept: 'application/json'}},
    ])
    const through = read(undefined, 'http://127.0.0.1:4010')
    await through.answer()
    expect(through.requests).toMatchObject([{url: MAPPINGS.replace('https:/', 'http://127.0.0.1:4010')}])
  })

  it('may be refused', async () => {
    await expect(read(json(300, {})).answer()).rejects.toMatchObject({code: 'KORE_REFUSED'})
    await expect(read(json(403, {})).answer()).rejects.toMatchObject({
      code: 'KORE_CREDENTIALS_REFUSED',
      message: expect.stringContaining('/v1/mappings') as unknown,
    })
  })

  it.each([
    ['in another form', json(200, {platforms: [{id: 7}]})],
    ['with nothing', {status: 204, headers: {}, body: ''}],
  ])('is not believed %s', async (_, answer) => {
    await expect(read(answer).answer()).rejects.toMatchObject({
      code: 'KORE_RESPONSE_INVALID',
      exitCode: 7,
      message: expect.stringContaining('iam.api.korewireless.com answered GET /v1/mappings') as unknown,
    })
  })
})

describe('a login', () => {
  it('is verified by asking for a token, and for nothing else', async () => {
    const world = startKore()
    await world.account.verify()
    expect([world.asked.length, world.requests.length]).toEqual([1, 0])
    const unknown = startKore({token: () => json(401, {error: 'invalid_client'})})
    await expect(unknown.account.verify()).rejects.toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
  })

  it('whose token is refused is tried with one more, and then it is refused', async () => {
    const world = startKore({other: () => json(401, {message: 'Unauthorized'})})
    await expect(world.list()).rejects.toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect(world.tokens()).toEqual(['Bearer token-number-1', 'Bearer token-number-2'])
  })
})
