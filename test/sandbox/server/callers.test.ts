import {request} from 'node:http'

import {expect, it} from '@jest/globals'
import fc from 'fast-check'

import {refusalOf} from '../../../src/sandbox/server/callers.js'
import {webPath, webSegment} from '../../support/arbitraries.js'
import {runs} from '../../support/runs.js'
import {post, servedSandboxes} from './support.js'

const serve = servedSandboxes()

it.each([
  {host: '127.0.0.1:4010'},
  {host: 'LOCALHOST'},
  {host: '[::1]:4010'},
  {host: '127.0.0.1:4010', origin: 'http://127.0.0.1:4010', 'sec-fetch-site': 'same-origin'},
  {host: '127.0.0.1:4010', 'sec-fetch-site': 'none'},
])('answers %j', (headers) => {
  expect(refusalOf(headers)).toBe(undefined)
})

it.each([
  {},
  {host: ''},
  {host: 'example.com'},
  {host: '127.0.0.1.example.com'},
  {host: 'localhost@example.com'},
  {host: 'localhost:80:80'},
  {host: '10.0.0.1:4010'},
  {host: '127.0.0.1:4010', origin: 'http://example.com'},
  {host: '127.0.0.1:4010', origin: 'null'},
  {host: '127.0.0.1:4010', origin: 'http://127.0.0.1:3000'},
  {host: '127.0.0.1:4010', origin: 'https://127.0.0.1:4010'},
  {host: '127.0.0.1:4010', 'sec-fetch-site': 'cross-site'},
  {host: '127.0.0.1:4010', 'sec-fetch-site': 'same-site'},
])('refuses %j', (headers) => {
  expect(refusalOf(headers)).toEqual(expect.stringContaining('sandbox'))
})

/** With headers that fetch does not let one set. */
function ask(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, {headers}, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
      .on('error', reject)
      .end()
  })
}

it('refuses a web page everything: Twilio, Akkeris and control', async () => {
  const {url, authorization} = await serve()
  for (const path of ['/api.twilio.com/2010-04-01/Accounts.json', '/apps/api-default', '/_sandbox/credentials']) {
    expect(await ask(url + path, {authorization, host: 'rebound.example.com'})).toBe(403)
    expect(await ask(url + path, {authorization, origin: 'https://evil.example.com'})).toBe(403)
    expect(await ask(url + path, {authorization, 'sec-fetch-site': 'cross-site'})).toBe(403)
    expect(await ask(url + path, {authorization})).toBe(200)
  }
})

it('takes control requests as JSON only', async () => {
  const {get} = await serve()
  const body = JSON.stringify({advance: 5})
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; x=application/json'])
    expect((await get('/_sandbox/clock', {method: 'POST', headers: {'content-type': type}, body})).status).toBe(415)
  expect((await get('/_sandbox/clock', {method: 'POST', body})).status).toBe(415)
  for (const wrong of [null, [], 7, 'x', undefined])
    expect((await get('/_sandbox/clock', post(wrong))).status).toBe(400)
  expect((await get('/_sandbox/clock', post({advance: 5}))).status).toBe(204)
})

it.each([1e300, -1, 100 * 366 * 86_400, '5', null])('refuses to set the clock by %j', async (advance) => {
  const {get} = await serve()
  expect((await get('/_sandbox/clock', post({advance}))).status).toBe(400)
  expect((await get('/account')).status).toBe(200)
})

const path = fc.oneof(
  webPath,
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '2010-04-01',
          'v1',
          'v2',
          'Accounts',
          'Accounts.json',
          'IncomingPhoneNumbers.json',
          'Messages.json',
        ),
        fc.constantFrom('Services', 'default', 'Maps', 'Items', '__proto__', 'constructor', '%00', '%ff', '..', 'Sims'),
        fc.constantFrom('config-vars', 'addons', 'api-default', 'faults', 'clock', 'cards', 'from-sim', 'usage'),
        webSegment,
      ),
      {maxLength: 7},
    )
    .map((parts) => `/${parts.join('/')}`),
)
const field = fc.oneof(
  fc.constantFrom(
    'Key',
    'Data',
    'UniqueName',
    'FriendlyName',
    'PhoneNumber',
    'To',
    'From',
    'Body',
    'PageSize',
    'Status',
  ),
  fc.string({maxLength: 8}),
)
const form = fc
  .array(fc.tuple(field, fc.oneof(fc.string(), fc.json({maxDepth: 1}))), {maxLength: 5})
  .map((pairs) => new URLSearchParams(pairs).toString())
const calls = fc.record({
  host: fc.constantFrom('/api.twilio.com', '/sync.twilio.com', '/supersim.twilio.com', '/apps', '/_sandbox', ''),
  path,
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
  type: fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain'),
  body: fc.oneof(form, fc.json({maxDepth: 2}), fc.string()),
})

it('lives through any request, and calls none of them an error of its own', async () => {
  const {url, authorization} = await serve()
  await fc.assert(
    fc.asyncProperty(calls, async ({host, path: rest, method, type, body}) => {
      const {status} = await fetch(`${url}${host}${rest}`, {
        method,
        headers: {authorization, 'content-type': type},
        ...(method !== 'GET' && {body}),
      })
      expect(status).not.toBe(500)
      expect((await fetch(`${url}/account`, {headers: {authorization}})).status).toBe(200)
    }),
    runs(400, 5),
  )
})
