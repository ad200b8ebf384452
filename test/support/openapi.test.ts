import {readFileSync} from 'node:fs'

import {describe, expect, it} from '@jest/globals'

import type {HttpRequest, HttpResponse} from '../../src/lib/transport/types.js'
import {checkExchange, readDocument} from './openapi.js'

type Method = HttpRequest['method']

interface Exchange {
  readonly method?: Method
  readonly url: string
  readonly headers?: Record<string, string>
  readonly form?: Record<string, string> | URLSearchParams
  readonly status?: number
  readonly answer?: unknown
}

const AUTHORIZATION = `Basic ${Buffer.from('ACmain:token').toString('base64')}`
const FORM = 'application/x-www-form-urlencoded'
const HEX = 'a'.repeat(32)
const ACCOUNT_URL = `https://api.twilio.com/2010-04-01/Accounts/AC${HEX}`
const ITEMS_URL = 'https://sync.twilio.com/v1/Services/default/Maps/registry/Items'

const account = {
  auth_token: 'token',
  date_created: 'Thu, 30 Jul 2015 20:00:00 +0000',
  date_updated: 'Thu, 30 Jul 2015 20:00:00 +0000',
  friendly_name: 'api-default',
  owner_account_sid: `AC${HEX}`,
  sid: `AC${HEX}`,
  status: 'active',
  subresource_uris: {usage: `/2010-04-01/Accounts/AC${HEX}/Usage.json`},
  type: 'Full',
  uri: `/2010-04-01/Accounts/AC${HEX}.json`,
}
const fetchAccount = {url: `${ACCOUNT_URL}.json`, answer: account}

const item = {
  key: 'api-default',
  account_sid: `AC${HEX}`,
  service_sid: `IS${HEX}`,
  map_sid: `MP${HEX}`,
  url: `${ITEMS_URL}/api-default`,
  revision: '0',
  data: {plan: 'small'},
  date_expires: null,
  date_created: '2015-07-30T20:00:00Z',
  date_updated: '2015-07-30T20:00:00Z',
  created_by: 'system',
}
const createItem = {
  method: 'POST',
  url: ITEMS_URL,
  form: {Key: 'api-default', Data: '{"plan":"small"}'},
  status: 201,
  answer: item,
} as const

const available = {available_phone_numbers: [], uri: '/2010-04-01/Accounts'}
const listAvailable = {url: `${ACCOUNT_URL}/AvailablePhoneNumbers/US/Local.json`, answer: available}

function problems({method = 'GET', url, headers, form, status = 200, answer}: Exchange): string[] {
  const body = form && new URLSearchParams(form).toString()
  return checkExchange(
    {
      method,
      url,
      headers: headers ?? {authorization: AUTHORIZATION, ...(form && {'content-type': FORM})},
      ...(body !== undefined && {body}),
    },
    {status, headers: {}, body: answer === undefined ? '' : JSON.stringify(answer)},
  )
}

describe('an exchange as documented has no problems', () => {
  it.each<[string, Exchange]>([
    ['an object', fetchAccount],
    ['a form', createItem],
    ['an edge and a region', {...fetchAccount, url: fetchAccount.url.replace('api.', 'api.dublin.ie1.')}],
    ['a typed query', {...listAvailable, url: `${listAvailable.url}?AreaCode=808&SmsEnabled=true`}],
    [
      'a parameter with a sign',
      {
        url: `${ACCOUNT_URL}/Conferences.json?DateCreated%3E=2015-07-30`,
        answer: {
          ...{conferences: [], end: 0, first_page_uri: '/', next_page_uri: null, page: 0, page_size: 50},
          ...{previous_page_uri: null, start: 0, uri: '/'},
        },
      },
    ],
    [
      'a delete with a revision',
      {
        method: 'DELETE',
        url: `${ITEMS_URL}/api-default`,
        headers: {authorization: AUTHORIZATION, 'if-match': '0'},
        status: 204,
      },
    ],
    [
      'a repeated parameter',
      {
        method: 'POST',
        url: `${ACCOUNT_URL}/Messages.json`,
        form: new URLSearchParams('To=%2B15005550006&MediaUrl=https://a.example&MediaUrl=https://b.example'),
        status: 400,
        answer: {
          code: 21603,
          message: 'From is missing',
          more_info: 'https://twilio.com/docs/errors/21603',
          status: 400,
        },
      },
    ],
  ])('%s', (_, exchange) => {
    expect(problems(exchange)).toEqual([])
  })
})

describe('a request that Twilio does not document', () => {
  it.each<[string, Exchange, string]>([
    ['host', {url: 'https://voice.twilio.com/v1/Calls'}, 'no document describes this host and version'],
    ['path', {url: `${ACCOUNT_URL}/Nothing.json`}, 'api_v2010 has no such path'],
    ['method', {...fetchAccount, method: 'DELETE'}, 'api_v2010 has only GET, POST'],
    [
      'SID',
      {...fetchAccount, url: fetchAccount.url.replace('/AC', '/XX')},
      'FetchAccount: path Sid must match pattern',
    ],
    [
      'parameter',
      {...listAvailable, url: `${listAvailable.url}?Colour=red`},
      'ListAvailablePhoneNumberLocal: query has undocumented Colour',
    ],
    ['type', {...listAvailable, url: `${listAvailable.url}?AreaCode=80x`}, 'query AreaCode must be integer'],
    ['repetition', {...listAvailable, url: `${listAvailable.url}?AreaCode=1&AreaCode=2`}, 'AreaCode must be integer'],
    ['boolean', {...listAvailable, url: `${listAvailable.url}?SmsEnabled=yes`}, 'query SmsEnabled must be boolean'],
    [
      'value of an enum',
      {...fetchAccount, method: 'POST', form: {Status: 'gone'}},
      'UpdateAccount: form Status must be equal to one of the allowed values (active, suspended, closed), not "gone"',
    ],
    ['field', {...createItem, form: {...createItem.form, Colour: 'red'}}, 'form has undocumented Colour'],
    ['lack of a field', {...createItem, form: {Key: 'api-default'}}, 'CreateSyncMapItem: form lacks Data'],
    ['JSON', {...createItem, form: {...createItem.form, Data: 'small'}}, 'form Data must match format "json"'],
    [
      'date',
      {url: `${ACCOUNT_URL}/Calls.json?StartTime%3C=yesterday`, status: 503},
      'query StartTime< must match format "day-or-instant"',
    ],
    ['body', {...fetchAccount, form: {Status: 'closed'}}, 'no body is documented for the request'],
    [
      'content type',
      {...createItem, headers: {authorization: AUTHORIZATION, 'content-type': 'application/json'}},
      `the body is application/json, not ${FORM}`,
    ],
    ['authorization', {...fetchAccount, headers: {}}, 'header authorization is not HTTP Basic'],
    [
      'If-Match',
      {...fetchAccount, headers: {authorization: AUTHORIZATION, 'if-match': '0'}},
      'header has undocumented If-Match',
    ],
  ])('%s', (_, exchange, problem) => {
    expect(problems(exchange)).toContainEqual(expect.stringContaining(problem))
  })
})

describe('an answer that Twilio would not give', () => {
  const error = {code: 20_404, message: 'Not found', more_info: 'https://www.twilio.com/docs/errors/20404', status: 404}

  it.each<[string, Exchange, string]>([
    ['status', {...fetchAccount, status: 201}, 'FetchAccount: status 201 is not documented'],
    ['no JSON', {url: fetchAccount.url}, 'the body of status 200 is not JSON'],
    ['wrong type', {...fetchAccount, answer: {...account, friendly_name: 7}}, 'answer friendly_name must be string'],
    ['null', {...fetchAccount, answer: {...account, status: null}}, 'answer status must be equal to one of'],
    ['wrong SID', {...fetchAccount, answer: {...account, sid: 'AC1'}}, 'answer sid must match pattern'],
    ['too much', {...fetchAccount, answer: {...account, colour: 'red'}}, 'answer has undocumented colour'],
    ['too little', {...fetchAccount, answer: {...account, auth_token: undefined}}, 'answer lacks auth_token'],
    [
      'an ISO date in v2010',
      {...fetchAccount, answer: {...account, date_created: '2015-07-30T20:00:00Z'}},
      'answer date_created must match format "date-time-rfc-2822"',
    ],
    [
      'the wrong weekday',
      {...fetchAccount, answer: {...account, date_created: 'Fri, 30 Jul 2015 20:00:00 +0000'}},
      'answer date_created must match format "date-time-rfc-2822"',
    ],
    [
      'an RFC 2822 date in Sync',
      {...createItem, answer: {...item, date_created: account.date_created}},
      'answer date_created must match format "date-time"',
    ],
    ['an error without JSON', {url: fetchAccount.url, status: 404}, 'the body of status 404 is not a JSON object'],
    [
      'no code',
      {...fetchAccount, status: 404, answer: {...error, code: '20404'}},
      'code of the error is not an integer',
    ],
    ['another status', {...fetchAccount, status: 400, answer: error}, 'the status in the error is not 400'],
    [
      'a body for 204',
      {method: 'DELETE', url: `${ITEMS_URL}/api-default`, status: 204, answer: {}},
      'a body is not documented for status 204',
    ],
  ])('%s', (_, exchange, problem) => {
    expect(problems(exchange)).toContainEqual(expect.stringContaining(problem))
  })
})

describe("Twilio's own examples", () => {
  const WRONG_EXAMPLES = new Set([
    'api_v2010 UpdateAccount updateWithNumericStatus', // sends Status=1, which only the example knows
    'wireless_v1 UpdateSim update', // sends CallbackMethod=callback_method, a placeholder
  ])

  const examples = Object.entries(readExamples())
    .flatMap(([document, shown]) =>
      shown.map((example): [string, HttpRequest, HttpResponse] => [
        `${document} ${example.operationId} ${example.title}`,
        exampleRequest(document, example),
        {status: example.status, headers: {}, body: JSON.stringify(example.answer)},
      ]),
    )
    .filter(([title]) => !WRONG_EXAMPLES.has(title))

  it('are many', () => {
    expect(examples.length).toBeGreaterThan(50)
  })

  it.each(examples)('%s', (_, request, response) => {
    expect(checkExchange(request, response)).toEqual([])
  })
})

interface Example {
  readonly operationId: string
  readonly title: string
  readonly status: number
  readonly query?: Record<string, string>
  readonly form?: Record<string, string>
  readonly answer: unknown
}

function readExamples(): Record<string, Example[]> {
  return JSON.parse(readFileSync(new URL('openapi/examples.json', import.meta.url), 'utf8')) as Record<
    string,
    Example[]
  >
}

function exampleRequest(document: string, {operationId, query, form}: Example): HttpRequest {
  const {template, method, spec} = findOperation(document, operationId)
  const path = (spec.parameters ?? [])
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, {name, schema}) => {
      const prefix = /^\^([A-Z]{2})\[/.exec(schema.pattern ?? '')?.[1]
      return text.replace(`{${name}}`, prefix ? prefix + HEX : 'US')
    }, template)
  return {
    method,
    url: `https://${document.split('_')[0] ?? ''}.twilio.com${path}?${new URLSearchParams(query).toString()}`,
    headers: {authorization: AUTHORIZATION, 'content-type': FORM},
    ...(form !== undefined && {body: new URLSearchParams(form).toString()}),
  }
}

function findOperation(document: string, operationId: string) {
  for (const [template, path] of Object.entries(readDocument(document).paths)) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
      const spec = path[method.toLowerCase()]
      if (spec?.operationId === operationId) return {template, method, spec}
    }
  }
  throw new Error(`${document} has no ${operationId}.`)
}
