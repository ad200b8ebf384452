import {describe, expect, it} from '@jest/globals'

import {codeOf, sdk} from '../../sdk.js'
import {ask, type Login, mainLogin, newSandbox} from '../../support.js'

const ACCOUNTS = 'https://api.twilio.com/2010-04-01/Accounts.json'

async function withSubaccount(options: Parameters<typeof newSandbox>[0] = {}) {
  const sandbox = newSandbox(options)
  const main = await mainLogin(sandbox)
  const twilio = sdk(sandbox, main)
  const {sid, authToken} = await twilio.api.v2010.accounts.create({friendlyName: 'sub'})
  const login: Login = {username: sid, password: authToken}
  return {sandbox, main, twilio, sid, login, subaccount: sdk(sandbox, login)}
}

describe('accounts', () => {
  it('are listed newest first, the main account among them, filtered by exact name and status', async () => {
    const {twilio, sid, main} = await withSubaccount()
    const list = async (filter = {}) => (await twilio.api.v2010.accounts.list(filter)).map((account) => account.sid)
    expect(await list()).toEqual([sid, main.username])
    expect(await list({friendlyName: 'sub'})).toEqual([sid])
    expect(await list({friendlyName: 'su'})).toEqual([])
    expect(await list({friendlyName: 'sub', status: 'closed'})).toEqual([])
  })

  it('come in pages that a deleted or added account does not upset', async () => {
    const {sandbox, main, twilio} = await withSubaccount()
    for (let n = 1; n <= 4; n += 1) await twilio.api.v2010.accounts.create({friendlyName: `n${n}`})
    const first = await ask(sandbox, {url: `${ACCOUNTS}?PageSize=2`, as: main})
    await twilio.api.v2010.accounts.create({friendlyName: 'late'})
    const second = await ask(sandbox, {url: `https://api.twilio.com${String(first.json.next_page_uri)}`, as: main})
    const names = (page: typeof first) =>
      (page.json.accounts as {friendly_name: string}[]).map((account) => account.friendly_name)
    expect([names(first), names(second)]).toEqual([
      ['n4', 'n3'],
      ['n2', 'n1'],
    ])
    expect((await twilio.api.v2010.accounts.list({pageSize: 2})).length).toBe(7)
  })

  it('are limited in number and in the length of their names', async () => {
    const {twilio} = await withSubaccount({account: {subaccountLimit: 1}})
    expect(await codeOf(twilio.api.v2010.accounts.create({friendlyName: 'one more'}))).toBe(21480)
    expect(await codeOf(twilio.api.v2010.accounts.create({friendlyName: 'x'.repeat(65)}))).toBe(20002)
  })

  it('once closed stay closed, and lose their numbers and their credentials', async () => {
    const {twilio, sid, subaccount, sandbox} = await withSubaccount()
    await subaccount.incomingPhoneNumbers.create({areaCode: '801'})
    await twilio.api.v2010.accounts(sid).update({status: 'closed'})
    expect(await codeOf(twilio.api.v2010.accounts(sid).update({status: 'active'}))).toBe(21479)
    expect(await codeOf(subaccount.incomingPhoneNumbers.list())).toBe(20003)
    expect(await sandbox.read((state) => state.incomingNumbers)).toEqual([])
  })

  it('while suspended answer 20005 to their own credentials', async () => {
    const {twilio, sid, subaccount} = await withSubaccount()
    await twilio.api.v2010.accounts(sid).update({status: 'suspended'})
    expect(await codeOf(subaccount.incomingPhoneNumbers.list())).toBe(20005)
    await twilio.api.v2010.accounts(sid).update({status: 'active'})
    expect(await subaccount.incomingPhoneNumbers.list()).toEqual([])
  })

  it('are the parent account’s to suspend or close', async () => {
    const {sid, subaccount, twilio, main} = await withSubaccount()
    expect(await codeOf(subaccount.api.v2010.accounts(sid).update({status: 'closed'}))).toBe(20003)
    expect(await codeOf(twilio.api.v2010.accounts(main.username).update({status: 'closed'}))).toBe(21477)
  })

  it('on trial hold one number, and none in subaccounts', async () => {
    const {twilio, subaccount} = await withSubaccount({account: {type: 'Trial'}})
    expect(await codeOf(subaccount.incomingPhoneNumbers.create({areaCode: '801'}))).toBe(21404)
    await twilio.incomingPhoneNumbers.create({areaCode: '801'})
    expect(await codeOf(twilio.incomingPhoneNumbers.create({areaCode: '801'}))).toBe(21404)
  })
})

describe('credentials', () => {
  it('are needed, and must be right', async () => {
    const {sandbox, main} = await withSubaccount()
    expect((await ask(sandbox, {url: ACCOUNTS})).json).toMatchObject({code: 20003, status: 401})
    const wrong = await ask(sandbox, {url: ACCOUNTS, as: {...main, password: 'wrong'}})
    expect(wrong.json).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    })
  })

  it('of the main account reach into its subaccounts; of a subaccount, nowhere else', async () => {
    const {sandbox, twilio, sid, main, login} = await withSubaccount()
    expect(await twilio.api.v2010.accounts(sid).incomingPhoneNumbers.list()).toEqual([])
    const outside = sdk(sandbox, login, main.username)
    expect(await codeOf(outside.incomingPhoneNumbers.list())).toBe(20003)
    expect(await codeOf(outside.api.v2010.accounts(main.username).fetch())).toBe(20003)
    expect(await codeOf(outside.api.v2010.accounts.create({}))).toBe(21101)
  })

  it('that are a Main key manage subaccounts but do nothing inside them', async () => {
    const {sandbox, sid, main} = await withSubaccount()
    const {apiKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: apiKey.sid, password: apiKey.secret}, main.username)
    expect((await keyed.api.v2010.accounts(sid).fetch()).sid).toBe(sid)
    expect(await codeOf(keyed.api.v2010.accounts.create({friendlyName: 'by key'}))).toBe(undefined)
    expect(await codeOf(keyed.api.v2010.accounts(sid).incomingPhoneNumbers.list())).toBe(20003)
  })

  it('that are a Standard key do not manage accounts', async () => {
    const {sandbox, main} = await withSubaccount()
    const {standardKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: standardKey.sid, password: standardKey.secret}, main.username)
    expect(await codeOf(keyed.api.v2010.accounts.list())).toBe(20003)
    expect((await keyed.availablePhoneNumbers('US').local.list({limit: 1})).length).toBe(1)
  })
})

it('says in its own words what it does not emulate', async () => {
  const sandbox = newSandbox()
  const as = await mainLogin(sandbox)
  expect((await ask(sandbox, {url: 'https://api.twilio.com/2010-04-01/Nonsense.json', as})).json).toEqual({
    message: 'The sandbox does not emulate GET /2010-04-01/Nonsense.json',
    status: 501,
  })
  expect((await ask(sandbox, {method: 'DELETE', url: ACCOUNTS, as})).status).toBe(501)
  expect((await ask(sandbox, {url: 'https://elsewhere.example.com/apps', as})).status).toBe(404)
  expect((await ask(sandbox, {url: ACCOUNTS.replace('api.', 'api.dublin.ie1.'), as})).status).toBe(200)
})
