import {describe, expect, it} from '@jest/globals'

import {redact} from '../../../src/lib/secrets.js'
import {type HttpRequest, NoAnswer} from '../../../src/lib/transport/types.js'
import {json, type KoreAnswer, noSims, startKore} from '../../support/in-process-kore.js'

describe('an access token', () => {
  it('is asked for as KORE documents, once for requests at the same time, and serves until shortly before it expires', async () => {
    const world = startKore()
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
    expect(redact('It is token-number-1.')).not.toContain('token-number-1')
  })

  it('that is refused is renewed once, for all who had it', async () => {
    const refused: KoreAnswer = (_, {headers}) =>
      headers.authorization === 'Bearer token-number-1' ? json(401, {message: 'Unauthorized'}) : noSims()
    const world = startKore({other: refused})
    await Promise.all([world.list(), world.list(), world.list()])
    expect(world.asked).toHaveLength(2)
  })

  it.each([
    [{error: 'invalid_client', error_description: 'Invalid client'}, 401],
    [{error: 'invalid_client'}, 400],
    [{message: 'Forbidden'}, 403],
  ])('is not given to a client that KORE does not know: %j, %i', async (body, status) => {
    const world = startKore({token: () => json(status, body)})
    await expect(world.list()).rejects.toMatchObject({code: 'KORE_CREDENTIALS_REFUSED', exitCode: 5})
    expect(world.requests).toEqual([])
  })

  it('is asked for again where no answer came, and then nothing is unknown', async () => {
    const lost: KoreAnswer = () => {
      throw new NoAnswer('lost', {sent: true})
    }
    const once = startKore({
      token: (nth) => (nth === 1 ? lost(nth, {} as HttpRequest) : json(200, {access_token: 'abcdefgh'})),
    })
    await once.list()
    const always = startKore({token: lost})
    await expect(always.list()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE', exitCode: 7})
    const failing = startKore({token: () => json(500, {code: 500, message: 'Internal'})})
    await expect(failing.list()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE'})
    expect([once.asked.length, always.asked.length, failing.asked.length]).toEqual([2, 4, 4])
  })

  it.each([{}, {access_token: ''}, {access_token: 'two words'}, {access_token: 'abcdefgh', token_type: 'mac'}, []])(
    'must be one: %j',
    async (body) => {
      await expect(startKore({token: () => json(200, body)}).list()).rejects.toMatchObject({
        code: 'KORE_RESPONSE_INVALID',
      })
    },
  )
})
