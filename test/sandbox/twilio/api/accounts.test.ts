import {describe, expect, it} from '@jest/globals'

import {mainAndSubaccount} from '../../accounts-support.js'
import {codeOf, sdk} from '../../sdk.js'
import {ask, mainLogin, newSandbox} from '../../support.js'

const ACCOUNTS = 'https://api.twilio.com/2010-04-01/Accounts.json'

describe('accounts', () => {
  it('are listed newest first, the main account among them, filtered by exact name and status', async () => {
    const {main, sid, login} = await mainAndSubaccount()
    const list = async (filter = {}) => (await main.api.v2010.accounts.list(filter)).map((account) => account.sid)
    expect(await list()).toEqual([sid, login.username])
    expect(await list({friendlyName: 'sub'})).toEqual([sid])
    expect(await list({friendlyName: 'su'})).toEqual([])
    expect(await list({friendlyName: 'sub', status: 'closed'})).toEqual([])
  })

  it('come in pages that a deleted or added account does not upset', async () => {
    const {sandbox, login, main} = await mainAndSubaccount()
    for (let n = 1; n <= 4; n += 1) await main.api.v2010.accounts.create({friendlyName: `n${n}`})
    const first = await ask(sandbox, {url: `${ACCOUNTS}?PageSize=2`, as: login})
    await main.api.v2010.accounts.create({friendlyName: 'late'})
    const second = await ask(sandbox, {url: `https://api.twilio.com${String(first.json.next_page_uri)}`, as: login})
    const names = (page: typeof first) =>
      (page.json.accounts as {friendly_name: string}[]).map((account) => account.friendly_name)
    expect([names(first), names(second)]).toEqual([
      ['n4', 'n3'],
      ['n2', 'n1'],
    ])
    expect((await main.api.v2010.accounts.list({pageSize: 2})).length).toBe(7)
  })

  it('are limited in number and in the length of their names', async () => {
    const {main} = await mainAndSubaccount({account: {subaccountLimit: 1}})
    expect(await codeOf(main.api.v2010.accounts.create({friendlyName: 'one more'}))).toBe(21480)
    expect(await codeOf(main.api.v2010.accounts.create({friendlyName: 'x'.repeat(65)}))).toBe(20002)
  })

  it('once closed stay closed, and lose their numbers and their credentials', async () => {
    const {main, sid, sub, sandbox} = await mainAndSubaccount()
    await sub.incomingPhoneNumbers.create({areaCode: '801'})
    await main.api.v2010.accounts(sid).update({status: 'closed'})
    expect(await codeOf(main.api.v2010.accounts(sid).update({status: 'active'}))).toBe(21479)
    expect(await codeOf(sub.incomingPhoneNumbers.list())).toBe(20003)
    expect(await sandbox.read((state) => state.incomingNumbers)).toEqual([])
  })

  it('while suspended answer 20005 to their own credentials', async () => {
    const {main, sid, sub} = await mainAndSubaccount()
    await main.api.v2010.accounts(sid).update({status: 'suspended'})
    expect(await codeOf(sub.incomingPhoneNumbers.list())).toBe(20005)
    await main.api.v2010.accounts(sid).update({status: 'active'})
    expect(await sub.incomingPhoneNumbers.list()).toEqual([])
  })

  it('are the parent account’s to suspend or close', async () => {
    const {sid, sub, main, login} = await mainAndSubaccount()
    expect(await codeOf(sub.api.v2010.accounts(sid).update({status: 'closed'}))).toBe(20003)
    expect(await codeOf(main.api.v2010.accounts(login.username).update({status: 'closed'}))).toBe(21477)
  })

  it('on trial hold one number, and none in subaccounts', async () => {
    const {main, sub} = await mainAndSubaccount({account: {type: 'Trial'}})
    expect(await codeOf(sub.incomingPhoneNumbers.create({areaCode: '801'}))).toBe(21404)
    await main.incomingPhoneNumbers.create({areaCode: '801'})
    expect(await codeOf(main.incomingPhoneNumbers.create({areaCode: '801'}))).toBe(21404)
  })
})

describe('credentials', () => {
  it('are needed, and must be right', async () => {
    const {sandbox, login} = await mainAndSubaccount()
    expect((await ask(sandbox, {url: ACCOUNTS})).json).toMatchObject({code: 20003, status: 401})
    const wrong = await ask(sandbox, {url: ACCOUNTS, as: {...login, password: 'wrong'}})
    expect(wrong.json).toEqual({
      code: 20003,
      message: 'Authenticate',
      more_info: 'https://www.twilio.com/docs/errors/20003',
      status: 401,
    })
  })

  it('of the main account reach into its subaccounts; of a subaccount, nowhere else', async () => {
    const {sandbox, main, sid, login, subLogin} = await mainAndSubaccount()
    expect(await main.api.v2010.accounts(sid).incomingPhoneNumbers.list()).toEqual([])
    const outside = sdk(sandbox, subLogin, login.username)
    expect(await codeOf(outside.incomingPhoneNumbers.list())).toBe(20003)
    expect(await codeOf(outside.api.v2010.accounts(login.username).fetch())).toBe(20003)
    expect(await codeOf(outside.api.v2010.accounts.create({}))).toBe(21101)
  })

  it('that are a Main key manage subaccounts but do nothing inside them', async () => {
    const {sandbox, sid, login} = await mainAndSubaccount()
    const {apiKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: apiKey.sid, password: apiKey.secret}, login.username)
    expect((await keyed.api.v2010.accounts(sid).fetch()).sid).toBe(sid)
    expect(await codeOf(keyed.api.v2010.accounts.create({friendlyName: 'by key'}))).toBe(undefined)
    expect(await codeOf(keyed.api.v2010.accounts(sid).incomingPhoneNumbers.list())).toBe(20003)
  })

  it('that are a Standard key do not manage accounts', async () => {
    const {sandbox, login} = await mainAndSubaccount()
    const {standardKey} = await sandbox.credentials()
    const keyed = sdk(sandbox, {username: standardKey.sid, password: standardKey.secret}, login.username)
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
  expect((await ask(sandbox, {url: 'https://elsewhere.example.com/pipelines', as})).status).toBe(404)
  expect((await ask(sandbox, {url: ACCOUNTS.replace('api.', 'api.dublin.ie1.'), as})).status).toBe(200)
})
