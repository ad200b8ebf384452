import {describe, expect, it} from '@jest/globals'

import {authenticate, basicCredentials} from '../../../src/sandbox/http/auth.js'
import {exampleState} from '../state-support.js'

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

describe('a caller', () => {
  it('is known by a token of the account, or by a key', () => {
    const {state, main, sub} = exampleState()
    state.secondaryTokens.push({accountSid: sub.sid, token: 'second', createdAt: 0})
    const [mainKey, standardKey] = state.keys
    const as = (username = '', password = '') => authenticate(state, basic(username, password))
    expect(as(main.sid, main.authToken)).toEqual({account: main, kind: 'token'})
    expect(as(sub.sid, 'second')).toEqual({account: sub, kind: 'token'})
    expect(as(mainKey?.sid, mainKey?.secret)).toEqual({account: main, kind: 'main-key'})
    expect(as(standardKey?.sid, standardKey?.secret)).toEqual({account: main, kind: 'standard-key'})
  })

  const wrong: Readonly<Record<string, (example: ReturnType<typeof exampleState>) => string | undefined>> = {
    'no credentials': () => undefined,
    'another scheme': () => 'Bearer x',
    'no password': () => `Basic ${Buffer.from('AC1').toString('base64')}`,
    'a wrong password': ({main}) => basic(main.sid, 'wrong'),
    'the token of another account': ({main, sub}) => basic(main.sid, sub.authToken),
    'the secret of another key': ({state}) => basic(state.keys[0]?.sid ?? '', state.keys[1]?.secret ?? ''),
    'an account that does not exist': ({main}) => basic('AC0', main.authToken),
  }
  it.each(Object.entries(wrong))('with %s is refused', (_, authorization) => {
    const example = exampleState()
    expect(() => authenticate(example.state, authorization(example))).toThrow(
      expect.objectContaining({status: 401, code: 20003}),
    )
  })

  it('is refused with the account closed, suspended, or owned by a suspended one', () => {
    const {state, main, sub} = exampleState()
    const codeAs = ({sid, authToken}: typeof main): unknown => {
      try {
        authenticate(state, basic(sid, authToken))
        return undefined
      } catch (error) {
        return (error as {code: number}).code
      }
    }
    sub.status = 'suspended'
    expect([codeAs(sub), codeAs(main)]).toEqual([20005, undefined])
    sub.status = 'closed'
    expect(codeAs(sub)).toBe(20003)
    sub.status = 'active'
    main.status = 'suspended'
    expect([codeAs(sub), codeAs(main)]).toEqual([20005, 20005])
  })
})

it('a password may contain colons', () => {
  expect(basicCredentials(basic('a', 'b:c'))).toEqual({username: 'a', password: 'b:c'})
})
