import {describe, expect, it} from '@jest/globals'

import {request} from '../../../src/lib/akkeris/request.js'
import {UnknownOutcome} from '../../../src/lib/errors.js'
import {forgetSecrets, rememberSecret} from '../../../src/lib/secrets.js'
import type {HttpRequest} from '../../../src/lib/transport/types.js'
import {transportOf} from '../../support/in-process.js'

/** What is sent to an Akkeris that answers like this, and what comes of it. */
function asking(status: number, body: string, ask: Partial<Parameters<typeof request>[1]> = {}) {
  const sent: HttpRequest[] = []
  const transport = transportOf(async (given) => {
    sent.push(given)
    return {status, headers: {'content-type': 'application/json'}, body}
  })
  const akkeris = {baseUrl: 'https://apps.example.com', host: 'apps.example.com', authorization: 'Bearer x', transport}
  return {
    sent,
    result: request(akkeris, {method: 'GET', path: '/apps/api-dev/config-vars', answer: {object: {}}, ...ask}),
  }
}

describe('a request to Akkeris', () => {
  it('carries the login, and JSON where it changes something', async () => {
    const {sent, result} = asking(200, '{"A":"1"}', {method: 'PATCH', json: {A: '1', B: null}})
    expect(await result).toEqual({A: '1'})
    expect(sent).toEqual([
      {
        method: 'PATCH',
        url: 'https://apps.example.com/apps/api-dev/config-vars',
        headers: {
          accept: 'application/json',
          authorization: 'Bearer x',
          'user-agent': 'aka-twilio',
          'content-type': 'application/json',
        },
        body: '{"A":"1","B":null}',
      },
    ])
  })

  it('has no body and no type of one where it only asks', async () => {
    const {sent, result} = asking(200, '[]', {answer: {list: {}}})
    expect(await result).toEqual([])
    expect(sent[0]).not.toHaveProperty('body')
    expect(sent[0]?.headers).not.toHaveProperty('content-type')
  })
})

describe('a refusal of Akkeris', () => {
  it.each([
    [401, '/apps/api-dev/config-vars', 'AKKERIS_LOGIN_REFUSED', 5],
    [403, '/apps/api-dev/config-vars', 'AKKERIS_FORBIDDEN', 5],
    [404, '/apps/api-dev/config-vars', 'APP_SPACE_NOT_FOUND', 4],
    [404, '/account', 'AKKERIS_REFUSED', 1],
    [409, '/apps/api-dev/config-vars', 'AKKERIS_REFUSED', 1],
    [422, '/apps/api-dev/config-vars', 'AKKERIS_REFUSED', 1],
    [418, '/apps/api-dev/config-vars', 'AKKERIS_REFUSED', 1],
  ])('%d of %s is %s', async (status, path, code, exitCode) => {
    const {result} = asking(status, 'Said so.', {path})
    await expect(result).rejects.toMatchObject({
      code,
      exitCode,
      suggestions: expect.arrayContaining([expect.any(String)]) as unknown,
    })
  })

  it.each([
    ['plain text', 'PORT is reserved.\n', 'PORT is reserved.'],
    ['text in JSON', '"PORT is reserved."', 'PORT is reserved.'],
    ['what a proxy says', '{"message":"PORT is reserved."}', 'PORT is reserved.'],
    ['what another proxy says', '{"error":"PORT is reserved."}', 'PORT is reserved.'],
    ['JSON of another kind', '{"why":1}', '{"why":1}'],
    ['nothing', '', 'no reason given'],
  ])('repeats %s', async (_, body, said) => {
    await expect(asking(422, body).result).rejects.toThrow(said)
  })

  it('repeats neither secrets nor control characters, nor more than a few lines', async () => {
    rememberSecret('token-of-a-developer')
    const body = `token-of-a-developer \u001B[2J ${'long '.repeat(1000)}`
    const error = (await asking(422, body).result.catch((thrown: unknown) => thrown)) as Error
    forgetSecrets()
    expect(error.message).not.toContain('token-of')
    expect(error.message).not.toContain('\u001B')
    expect(error.message.length).toBeLessThan(700)
  })
})

describe('an answer of Akkeris in another form', () => {
  const list = {list: {name: 'text'}} as const
  it.each([
    ['null', {object: {}}, 'null'],
    ['', {object: {}}, 'missing'],
    ['{"name": 7}', {object: {name: 'string?'}}, 'name is a number'],
    ['{}', list, 'an object'],
    ['[null]', list, 'null'],
    ['[{"name": null}]', list, 'name is null'],
    ['{"A": 7}', {values: {type: 'string?'}}, 'a number'],
  ] as const)('%s is temporary, and what was asked for is said', async (body, answer, problem) => {
    const {result} = asking(body === '' ? 204 : 200, body, {answer})
    await expect(result).rejects.toMatchObject({code: 'AKKERIS_RESPONSE_INVALID', exitCode: 7})
    await expect(result).rejects.toThrow(`apps.example.com answered GET /apps/api-dev/config-vars`)
    await expect(result).rejects.toThrow(problem)
  })

  it('to a change says nothing of what became of it', async () => {
    const {result} = asking(200, '[]', {method: 'PATCH', json: {A: '1'}})
    await expect(result).rejects.toBeInstanceOf(UnknownOutcome)
  })
})
