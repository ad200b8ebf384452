import {expect, it} from '@jest/globals'

import {createRequestLog} from '../../../src/sandbox/http/request-log.js'

const URL_TEXT = 'https://sync.twilio.com/v1/Services/default/Maps?PageSize=1'
const BASIC = `Basic ${Buffer.from('ACuser:secret').toString('base64')}`

function logged(headers: Record<string, string>, body?: string) {
  const log = createRequestLog()
  log.start({method: 'POST', url: URL_TEXT, headers, ...(body !== undefined && {body})}, new URL(URL_TEXT))
  return log.entries[0]
}

it('describes a request without its secrets', () => {
  const entry = logged({authorization: BASIC, 'if-match': '2a'}, 'Key=a&Tag=1&Tag=2')
  expect(entry).toMatchObject({
    method: 'POST',
    url: URL_TEXT,
    host: 'sync.twilio.com',
    path: '/v1/Services/default/Maps',
    form: {Key: 'a', Tag: ['1', '2']},
    ifMatch: '2a',
    username: 'ACuser',
  })
  expect(JSON.stringify(entry)).not.toContain('secret')
})

it('reads a body of JSON, and keeps one that is broken as text', () => {
  const json = {'content-type': 'application/json'}
  expect(logged(json, '{"A":null}')?.json).toEqual({A: null})
  expect(logged(json, '{"A":')?.json).toBe('{"A":')
  expect(logged({})).not.toHaveProperty('form')
})

it('tells which requests were in flight together', () => {
  const log = createRequestLog()
  const start = () => log.start({method: 'GET', url: URL_TEXT, headers: {}}, new URL(URL_TEXT))
  const [first, second] = [start(), start()]
  first(200)
  second(undefined)
  start()(201)
  expect(log.entries.map(({startedAfter, status}) => [startedAfter, status])).toEqual([
    [0, 200],
    [0, undefined],
    [2, 201],
  ])
})

it('forgets the oldest requests, and what a body says that is too long', () => {
  const log = createRequestLog(100)
  for (let i = 0; i < 1000; i++) {
    log.start({method: 'GET', url: URL_TEXT, headers: {}}, new URL(`https://api.twilio.com/${i}`))(200)
    expect(log.entries.length).toBeLessThanOrEqual(100)
  }
  expect(log.entries.at(-1)?.path).toBe('/999')
  expect(logged({}, 'x'.repeat(1_000_000))?.json).toBe('1000000 characters')
})
