import {expect, it} from '@jest/globals'

import {codeOf, sdk} from '../../sdk.js'
import {ask, mainLogin, newSandbox} from '../../support.js'

async function setUp() {
  const sandbox = newSandbox()
  const login = await mainLogin(sandbox)
  const main = sdk(sandbox, login)
  const {sid, authToken} = await main.api.v2010.accounts.create({friendlyName: 'sub'})
  const as = (password: string) => sdk(sandbox, {username: sid, password})
  return {
    sandbox,
    login,
    main,
    sid,
    authToken,
    as,
    sub: as(authToken),
    works: async (password: string) => (await codeOf(as(password).incomingPhoneNumbers.list())) === undefined,
    shown: async () => (await main.api.v2010.accounts(sid).fetch()).authToken,
  }
}

it('a secondary token works beside the primary one, which alone is shown', async () => {
  const {sub, works, shown, authToken, sid} = await setUp()
  const {secondaryAuthToken, accountSid} = await sub.accounts.v1.secondaryAuthToken().create()
  expect([accountSid, secondaryAuthToken]).toEqual([sid, expect.stringMatching(/^[0-9a-f]{32}$/)])
  expect([await works(authToken), await works(secondaryAuthToken)]).toEqual([true, true])
  expect([await shown(), authToken === secondaryAuthToken]).toEqual([authToken, false])
})

it.each(['primary', 'secondary'])('once promoted with the %s token it is the only one', async (which) => {
  const {sub, as, works, shown, authToken} = await setUp()
  const {secondaryAuthToken} = await sub.accounts.v1.secondaryAuthToken().create()
  const client = which === 'primary' ? sub : as(secondaryAuthToken)
  const promoted = await client.accounts.v1.authTokenPromotion().update()
  expect(promoted.authToken).toBe(secondaryAuthToken)
  expect([await works(authToken), await works(secondaryAuthToken)]).toEqual([false, true])
  expect(await shown()).toBe(secondaryAuthToken)
  expect(await codeOf(as(secondaryAuthToken).accounts.v1.authTokenPromotion().update())).toBe(20404)
})

it('once withdrawn it fails, and another one can be made', async () => {
  const {sub, works, authToken} = await setUp()
  const {secondaryAuthToken} = await sub.accounts.v1.secondaryAuthToken().create()
  await sub.accounts.v1.secondaryAuthToken().remove()
  expect([await works(authToken), await works(secondaryAuthToken)]).toEqual([true, false])
  const other = await sub.accounts.v1.secondaryAuthToken().create()
  expect(other.secondaryAuthToken).not.toBe(secondaryAuthToken)
})

it('there is at most one', async () => {
  const {sub, main, sandbox} = await setUp()
  await sub.accounts.v1.secondaryAuthToken().create()
  expect(await codeOf(sub.accounts.v1.secondaryAuthToken().create())).toBe(70002)
  await main.accounts.v1.secondaryAuthToken().create()
  expect(await sandbox.read((state) => state.secondaryTokens.length)).toBe(2)
})

it('where there is none, none is withdrawn or promoted', async () => {
  const {sandbox, login} = await setUp()
  const url = 'https://accounts.twilio.com/v1/AuthTokens'
  expect((await ask(sandbox, {method: 'DELETE', url: `${url}/Secondary`, as: login})).json).toMatchObject({
    code: 20404,
    message: 'The requested resource /AuthTokens/Secondary was not found',
    status: 404,
  })
  expect((await ask(sandbox, {method: 'POST', url: `${url}/Promote`, as: login})).json).toMatchObject({code: 20404})
})

it('keys of type Standard make none', async () => {
  const {sandbox, login} = await setUp()
  const {standardKey} = await sandbox.credentials()
  const keyed = sdk(sandbox, {username: standardKey.sid, password: standardKey.secret}, login.username)
  expect(await codeOf(keyed.accounts.v1.secondaryAuthToken().create())).toBe(20003)
  expect(await codeOf(keyed.accounts.v1.authTokenPromotion().update())).toBe(20003)
})
