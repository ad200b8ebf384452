import {describe, expect, it} from '@jest/globals'

import {accountInPath, refuseStandardKeys} from '../../../src/sandbox/http/access.js'
import type {Caller} from '../../../src/sandbox/http/auth.js'
import {contextOf, exampleState} from '../state-support.js'

type Example = ReturnType<typeof exampleState>

describe('the account in a path', () => {
  const callers = {
    'the main account': ({main}: Example) => ({account: main, kind: 'token'}),
    'a key of the main account': ({main}: Example) => ({account: main, kind: 'main-key'}),
    'a subaccount': ({sub}: Example) => ({account: sub, kind: 'token'}),
  } satisfies Record<string, (example: Example) => Caller>
  const paths = {
    'of the main account': ({main}: Example) => main.sid,
    'of the subaccount': ({sub}: Example) => sub.sid,
    'of nobody': () => 'AC0',
  }

  it.each([
    ['the main account', 'of the main account', 200],
    ['the main account', 'of the subaccount', 200],
    ['the main account', 'of nobody', 404],
    ['a key of the main account', 'of the main account', 200],
    ['a key of the main account', 'of the subaccount', 401],
    ['a subaccount', 'of the subaccount', 200],
    ['a subaccount', 'of the main account', 401],
    ['a subaccount', 'of nobody', 401],
  ] as const)('for %s, %s: %s', (caller, path, status) => {
    const example = exampleState()
    const sid = paths[path](example)
    const find = () => accountInPath(contextOf(example, {caller: callers[caller](example), params: {AccountSid: sid}}))
    if (status === 200) expect(find().sid).toBe(sid)
    else expect(find).toThrow(expect.objectContaining({status}))
  })

  it('can be read but not changed while it is suspended', () => {
    const example = exampleState()
    const {sub} = example
    sub.status = 'suspended'
    const find = (method: 'GET' | 'POST') => accountInPath(contextOf(example, {method, params: {AccountSid: sub.sid}}))
    expect(find('GET')).toBe(sub)
    expect(() => find('POST')).toThrow(expect.objectContaining({status: 403, code: 20005}))
  })
})

it('keys of type Standard are refused where accounts are managed', () => {
  const example = exampleState()
  const check = (kind: Caller['kind']) => () =>
    refuseStandardKeys(contextOf(example, {caller: {account: example.main, kind}}))
  expect(check('standard-key')).toThrow(expect.objectContaining({code: 20003}))
  for (const kind of ['token', 'main-key'] as const) expect(check(kind)).not.toThrow()
})
