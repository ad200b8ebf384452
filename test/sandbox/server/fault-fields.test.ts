import {expect, it} from '@jest/globals'

import {readFault} from '../../../src/sandbox/server/fault-fields.js'

it.each([
  [
    {when: 'before', do: {drop: true}},
    {when: 'before', do: {drop: true}},
  ],
  [
    {when: 'after', do: {status: 429, headers: {'Retry-After': 3}}, nth: 2, times: 3, method: 'POST', path: 'Maps'},
    {when: 'after', do: {status: 429, headers: {'Retry-After': '3'}}, nth: 2, times: 3, method: 'POST', path: 'Maps'},
  ],
  [
    {when: 'after', do: {status: 500, body: 'x'}, other: 1},
    {when: 'after', do: {status: 500, headers: {}, body: 'x'}},
  ],
  [
    {when: 'before', do: {delayMs: 5}, nth: '2'},
    {when: 'before', do: {delayMs: 5}},
  ],
])('%j is a fault', (fields: Record<string, unknown>, fault) => {
  expect(readFault(fields)).toEqual(fault)
})

it.each([
  {when: 'sometimes', do: {drop: true}},
  {do: {drop: true}},
  {when: 'before'},
  {when: 'before', do: {drop: false}},
  {when: 'before', do: {status: '500'}},
  {when: 'before', do: {status: 199}},
  {when: 'before', do: {status: 600}},
  {when: 'before', do: {status: 500.5}},
])('%j is none', (fields: Record<string, unknown>) => {
  expect(readFault(fields)).toBe(undefined)
})
