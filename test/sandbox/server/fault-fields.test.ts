import {expect, it} from '@jest/globals'

import {readFault} from '../../../src/sandbox/server/fault-fields.js'

it.each([
  [
    {when: 'before', do: {drop: true}},
    {when: 'before', do: {drop: true}},
  ],
  [
    {when: 'after', do: {reset: true}},
    {when: 'after', do: {reset: true}},
  ],
  [
    {when: 'after', do: {status: 429, headers: {'Retry-After': 3}}, nth: 2, times: 3, method: 'POST', path: 'Maps'},
    {when: 'after', do: {status: 429, headers: {'Retry-After': '3'}}, nth: 2, times: 3, method: 'POST', path: ['Maps']},
  ],
  [
    {when: 'after', do: {status: 500, body: 'x'}},
    {when: 'after', do: {status: 500, headers: {}, body: 'x'}},
  ],
  [
    {when: 'before', do: {delayMs: 5}, path: 'api.twilio.com/*/Accounts/*.json'},
    {when: 'before', do: {delayMs: 5}, path: ['api.twilio.com/', '/Accounts/', '.json']},
  ],
])('%j is a fault', (fields: Record<string, unknown>, fault) => {
  expect(readFault(fields)).toEqual(fault)
})

it.each([
  {when: 'sometimes', do: {drop: true}},
  {do: {drop: true}},
  {when: 'before'},
  {when: 'before', do: {drop: false}},
  {when: 'before', do: {drop: true, status: 500}},
  {when: 'before', do: {status: 500, headres: {}}},
  {when: 'before', do: {delayMs: 5, body: 'x'}},
  {when: 'before', do: {status: '500'}},
  {when: 'before', do: {status: 199}},
  {when: 'before', do: {status: 600}},
  {when: 'before', do: {status: 500.5}},
  {when: 'before', do: {delayMs: -1}},
  {when: 'before', do: {delayMs: 1e12}},
  {when: 'before', do: {listsLateMs: '1'}},
  {when: 'before', do: {drop: true}, nth: '2'},
  {when: 'before', do: {drop: true}, nth: 0},
  {when: 'before', do: {drop: true}, times: 1.5},
  {when: 'before', do: {drop: true}, method: 'HEAD'},
  {when: 'before', do: {drop: true}, path: '(a+)+$'},
  {when: 'before', do: {drop: true}, path: 'x'.repeat(501)},
  {when: 'before', do: {status: 500, body: {}}},
  {when: 'before', do: {status: 500, headers: {'a b': 'c'}}},
  {when: 'before', do: {status: 500, headers: {a: 'b\r\nc: d'}}},
  {when: 'before', do: {status: 500, headers: {a: {}}}},
  {when: 'before', do: {status: 500, headers: {'Transfer-Encoding': 'chunked'}}},
])('%j is none, and what is wrong with it is said', (fields: Record<string, unknown>) => {
  expect(readFault(fields)).toEqual(expect.stringMatching(/^"/))
})
