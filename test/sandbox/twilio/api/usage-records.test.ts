import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {activeSim, simWorld} from '../../sim-support.js'
import {ask} from '../../support.js'
import {spans, usageWorld} from '../../usage-support.js'

const FROM = '+15005550006'
const TO = '+14155550100'

describe('usage records', () => {
  it('count what was done: messages by their segments, calls by minutes begun', async () => {
    const {sub, sandbox} = await usageWorld('2026-03-10T12:00:00Z')
    await sub.messages.create({from: FROM, to: TO, body: 'hello'})
    await sub.messages.create({from: FROM, to: TO, body: 'x'.repeat(161)})
    await sub.messages.create({from: FROM, to: TO, mediaUrl: ['https://example.com/cat.png']})
    await sub.calls.create({from: FROM, to: TO, twiml: '<Response/>'})
    await sandbox.advanceClock(10)
    const records = await sub.usage.records.thisMonth.list()
    const amounts = Object.fromEntries(
      records.map(({category, count, usage, price}) => [category, [count, usage, String(price)]]),
    )
    expect(amounts).toMatchObject({
      sms: ['2', '3', '0.0249'],
      'sms-outbound': ['2', '3', '0.0249'],
      'sms-inbound': ['0', '0', '0'],
      mms: ['1', '1', '0.022'],
      calls: ['1', '1', '0.014'],
      'calls-outbound': ['1', '1', '0.014'],
      totalprice: [null, '0.0609', '0.0609'],
    })
  })

  it('count no call in progress, and none that was not answered', async () => {
    const {sub, sandbox} = await usageWorld('2026-03-10T12:00:00Z')
    await sub.calls.create({from: FROM, to: '+14155550000', url: 'https://example.com/'})
    await sub.calls.create({from: FROM, to: TO, url: 'https://example.com/'})
    const minutes = async () => (await sub.usage.records.list({category: 'calls'}))[0]?.usage
    expect(await minutes()).toBe('0')
    await sandbox.advanceClock(10)
    expect(await minutes()).toBe('1')
  })

  it('count commands to and from SIMs', async () => {
    const world = await simWorld()
    const {sid} = await activeSim(world)
    await world.sub.supersim.v1.smsCommands.create({sim: sid, payload: 'hello'})
    const [record] = await world.sub.usage.records.list({category: 'wireless-super-sim-smscommands'})
    expect([record?.usage, record?.usageUnit]).toEqual(['1', 'commands'])
    expect((await world.sub.usage.records.list({category: 'wireless-usage-commands'}))[0]?.usage).toBe('0')
  })

  it('say what they are about, and how recent they are', async () => {
    const {sandbox, login, sid} = await usageWorld('2026-03-10T12:00:00Z')
    const base = `/2010-04-01/Accounts/${sid}/Usage/Records`
    const url = `https://api.twilio.com${base}/ThisMonth.json?Category=calls`
    const {json} = await ask(sandbox, {url, as: login})
    expect(json.usage_records).toEqual([
      {
        account_sid: sid,
        api_version: '2010-04-01',
        as_of: '2026-03-10T12:00:00+00:00',
        category: 'calls',
        count: '0',
        count_unit: 'calls',
        description: 'Voice Minutes',
        end_date: '2026-03-10',
        price: '0',
        price_unit: 'usd',
        start_date: '2026-03-01',
        subresource_uris: expect.objectContaining({all_time: `${base}/AllTime.json?Category=calls`}),
        uri: `${base}/ThisMonth.json?Category=calls&StartDate=2026-03-01&EndDate=2026-03-10`,
        usage: '0',
        usage_unit: 'minutes',
      },
    ])
  })

  it('of a main account have its subaccounts in them unless that is not wanted', async () => {
    const {main, sub, use, login} = await usageWorld('2026-03-10T12:00:00Z')
    await use({usage: 5})
    await use({usage: 2, accountSid: login.username})
    const usage = async (client: typeof main, options: {includeSubaccounts?: boolean} = {}) =>
      (await client.usage.records.list({category: 'sms', ...options}))[0]?.usage
    expect(await usage(main)).toBe('7')
    expect(await usage(main, {includeSubaccounts: true})).toBe('7')
    expect(await usage(main, {includeSubaccounts: false})).toBe('2')
    expect(await usage(sub, {includeSubaccounts: true})).toBe('5')
  })

  it('of a subaccount can be read by the main account, and by no other', async () => {
    const {main, sub, use, sid, login} = await usageWorld('2026-03-10T12:00:00Z')
    await use({usage: 5})
    await main.api.v2010.accounts(sid).update({status: 'suspended'})
    const records = await main.api.v2010.accounts(sid).usage.records.list({category: 'sms'})
    expect(records[0]?.usage).toBe('5')
    expect(await codeOf(sub.usage.records.list())).toBe(20005)
    await main.api.v2010.accounts(sid).update({status: 'active'})
    expect(await codeOf(sub.api.v2010.accounts(login.username).usage.records.list())).toBe(20003)
  })

  it('come in pages', async () => {
    const {sub} = await usageWorld('2026-03-10T12:00:00Z')
    const all = await sub.usage.records.list()
    const pageSize = all.length - 3
    const first = await sub.usage.records.page({pageSize})
    const second = await first.nextPage()
    expect([first.instances.length, second?.instances.length, second?.nextPageUrl]).toEqual([pageSize, 3, undefined])
    const names = (await sub.usage.records.list({pageSize: 7})).map(({category}) => category)
    expect([names.length, new Set(names).size]).toEqual([all.length, all.length])
    expect(await sub.usage.records.list({category: 'no-such-category'})).toEqual([])
  })
})

describe('the periods of usage records', () => {
  it('end with the month, in UTC', async () => {
    const {sub, setClock} = await usageWorld('2026-01-31T23:59:59Z')
    await sub.messages.create({from: FROM, to: TO, body: 'in January'})
    await setClock('2026-02-01T00:00:00Z')
    await sub.messages.create({from: FROM, to: TO, body: 'in February'})
    await sub.messages.create({from: FROM, to: TO, body: 'in February'})
    const sms = {category: 'sms'} as const
    const {records} = sub.usage
    expect(spans(await records.thisMonth.list(sms))).toEqual([['2026-02-01', '2026-02-01', '2']])
    expect(spans(await records.lastMonth.list(sms))).toEqual([['2026-01-01', '2026-01-31', '1']])
    expect(spans(await records.today.list(sms))).toEqual([['2026-02-01', '2026-02-01', '2']])
    expect(spans(await records.yesterday.list(sms))).toEqual([['2026-01-31', '2026-01-31', '1']])
    expect(spans(await records.monthly.list(sms))).toEqual([
      ['2026-02-01', '2026-02-01', '2'],
      ['2026-01-31', '2026-01-31', '1'],
    ])
  })

  it('know leap days', async () => {
    const {sub, use} = await usageWorld('2028-03-01T00:00:00Z')
    for (const day of ['2028-02-28', '2028-02-29', '2028-03-01']) await use({day, usage: 1})
    const {records} = sub.usage
    expect(spans(await records.lastMonth.list({category: 'sms'}))).toEqual([['2028-02-01', '2028-02-29', '2']])
    expect(spans(await records.yesterday.list({category: 'sms'}))).toEqual([['2028-02-29', '2028-02-29', '1']])
  })

  it('have no 29 February in other years', async () => {
    const {sub, sid, login, sandbox} = await usageWorld('2026-03-01T00:00:00Z')
    expect(spans(await sub.usage.records.lastMonth.list({category: 'sms'}))).toEqual([
      ['2026-02-01', '2026-02-28', '0'],
    ])
    const url = `https://api.twilio.com/2010-04-01/Accounts/${sid}/Usage/Records.json?StartDate=2026-02-29`
    expect((await ask(sandbox, {url, as: login})).json).toMatchObject({code: 20001, status: 400})
  })

  it('are days, months or years, newest first, as far back as there was usage', async () => {
    const {sub, use} = await usageWorld('2026-01-02T08:00:00Z')
    await use({day: '2025-11-30', usage: 1})
    await use({day: '2025-12-31', usage: 2})
    const {records} = sub.usage
    const daily = spans(await records.daily.list({category: 'sms'}))
    expect([daily.length, daily[0], daily[2], daily.at(-1)]).toEqual([
      34,
      ['2026-01-02', '2026-01-02', '0'],
      ['2025-12-31', '2025-12-31', '2'],
      ['2025-11-30', '2025-11-30', '1'],
    ])
    expect(spans(await records.monthly.list({category: 'sms'}))).toEqual([
      ['2026-01-01', '2026-01-02', '0'],
      ['2025-12-01', '2025-12-31', '2'],
      ['2025-11-30', '2025-11-30', '1'],
    ])
    expect(spans(await records.yearly.list({category: 'sms'}))).toEqual([
      ['2026-01-01', '2026-01-02', '0'],
      ['2025-11-30', '2025-12-31', '3'],
    ])
    const all = [['2025-11-30', '2026-01-02', '3']]
    expect(spans(await records.allTime.list({category: 'sms'}))).toEqual(all)
    expect(spans(await records.list({category: 'sms'}))).toEqual(all)
  })

  it('are limited by days or by offsets from today', async () => {
    const {sub, use, sid, subLogin, sandbox} = await usageWorld('2026-03-10T12:00:00Z')
    for (const day of ['2026-02-07', '2026-02-08', '2026-03-09', '2026-03-10']) await use({day, usage: 1})
    const usage = async (query: string) => {
      const url = `https://api.twilio.com/2010-04-01/Accounts/${sid}/Usage/Records.json?Category=sms&${query}`
      const {json} = await ask(sandbox, {url, as: subLogin})
      return (json.usage_records as {start_date: string; end_date: string; usage: string}[]).map((record) => [
        record.start_date,
        record.end_date,
        record.usage,
      ])
    }
    expect(await usage('StartDate=2026-02-08&EndDate=2026-03-09')).toEqual([['2026-02-08', '2026-03-09', '2']])
    expect(await usage('StartDate=-30days')).toEqual([['2026-02-08', '2026-03-10', '3']])
    expect(await usage('StartDate=-30days&EndDate=-1days')).toEqual([['2026-02-08', '2026-03-09', '2']])
    expect(await usage('EndDate=%2B30days')).toEqual([['2026-02-07', '2026-03-10', '4']])
    expect(await usage('StartDate=2026-03-09&EndDate=2026-03-08')).toEqual([])
    const days = await sub.usage.records.daily.list({
      category: 'sms',
      startDate: new Date('2026-03-08'),
      endDate: new Date('2026-03-09'),
    })
    expect(spans(days)).toEqual([
      ['2026-03-09', '2026-03-09', '1'],
      ['2026-03-08', '2026-03-08', '0'],
    ])
  })
})

describe('phone numbers', () => {
  const charges = async ({usage}: Awaited<ReturnType<typeof usageWorld>>['sub']) =>
    (await usage.records.monthly.list({category: 'phonenumbers'})).map(({count, price}) => [count, String(price)])

  it('are charged for when they are bought, and every month on that day or the last before it', async () => {
    const {sub, setClock} = await usageWorld('2026-01-31T12:00:00Z')
    await sub.incomingPhoneNumbers.create({areaCode: '801'})
    await setClock('2026-02-28T11:59:59Z')
    expect(await charges(sub)).toEqual([
      ['0', '0'],
      ['1', '1.15'],
    ])
    await setClock('2026-03-31T12:00:00Z')
    expect(await charges(sub)).toEqual([
      ['1', '1.15'],
      ['1', '1.15'],
      ['1', '1.15'],
    ])
  })

  it('that were released stay charged, and are not charged again', async () => {
    const {main, sub, sid, setClock} = await usageWorld('2026-01-10T12:00:00Z')
    const number = await sub.incomingPhoneNumbers.create({phoneNumber: '+18005550100'})
    await sub.incomingPhoneNumbers.create({areaCode: '801'})
    await sub.incomingPhoneNumbers(number.sid).remove()
    await main.api.v2010.accounts(sid).update({status: 'closed'})
    await setClock('2026-03-20T12:00:00Z')
    const records = await main.api.v2010.accounts(sid).usage.records.allTime.list({category: 'phonenumbers'})
    expect([records[0]?.count, String(records[0]?.price)]).toEqual(['2', '3.3'])
  })

  it('that move are paid for by the other account from the next month on', async () => {
    const {main, sub, sid, login, setClock} = await usageWorld('2026-01-10T12:00:00Z')
    const number = await main.incomingPhoneNumbers.create({areaCode: '801'})
    await main.incomingPhoneNumbers(number.sid).update({accountSid: sid})
    expect(await charges(sub)).toEqual([['0', '0']])
    await setClock('2026-02-10T12:00:00Z')
    expect((await charges(sub))[0]).toEqual(['1', '1.15'])
    await main.api.v2010.accounts(sid).incomingPhoneNumbers(number.sid).update({accountSid: login.username})
    const own = await main.usage.records.allTime.list({category: 'phonenumbers', includeSubaccounts: false})
    expect(own[0]?.count).toBe('1')
  })
})
