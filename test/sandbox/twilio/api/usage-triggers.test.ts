import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {ask} from '../../support.js'
import {usageWorld} from '../../usage-support.js'

const CALLBACK = {callbackUrl: 'https://example.com/usage'}
const SMS_80 = {...CALLBACK, usageCategory: 'sms', triggerValue: '80', recurring: 'monthly'} as const

describe('usage triggers', () => {
  it('show what they watch, and how far it has come', async () => {
    const {sub, use, sid, sandbox, subLogin} = await usageWorld('2026-03-10T12:00:00Z')
    await use({day: '2026-02-28', usage: 1000})
    await use({usage: 57})
    const {sid: triggerSid} = await sub.usage.triggers.create({...SMS_80, friendlyName: '80 percent'})
    const base = `/2010-04-01/Accounts/${sid}/Usage`
    const {json} = await ask(sandbox, {url: `https://api.twilio.com${base}/Triggers/${triggerSid}.json`, as: subLogin})
    expect(json).toEqual({
      account_sid: sid,
      api_version: '2010-04-01',
      callback_method: 'POST',
      callback_url: 'https://example.com/usage',
      current_value: '57',
      date_created: 'Tue, 10 Mar 2026 12:00:00 +0000',
      date_fired: null,
      date_updated: 'Tue, 10 Mar 2026 12:00:00 +0000',
      friendly_name: '80 percent',
      recurring: 'monthly',
      sid: triggerSid,
      trigger_by: 'usage',
      trigger_value: '80',
      uri: `${base}/Triggers/${triggerSid}.json`,
      usage_category: 'sms',
      usage_record_uri: `${base}/Records.json?Category=sms`,
    })
  })

  it.each([
    ['daily', '1'],
    ['monthly', '3'],
    ['yearly', '7'],
    ['alltime', '15'],
  ] as const)('that recur %s watch %s', async (recurring, value) => {
    const {sub, use} = await usageWorld('2026-03-10T12:00:00Z')
    await use({day: '2026-03-11', usage: 100})
    await use({day: '2026-03-10', usage: 1})
    await use({day: '2026-03-01', usage: 2})
    await use({day: '2026-02-28', usage: 4})
    await use({day: '2025-12-31', usage: 8})
    expect((await sub.usage.triggers.create({...SMS_80, recurring})).currentValue).toBe(value)
  })

  it('watch the count, the usage or the price', async () => {
    const {sub, use} = await usageWorld('2026-03-10T12:00:00Z')
    await use({category: 'calls-outbound', usage: 90, count: 3, price: 1.26})
    const watch = async (triggerBy: 'count' | 'usage' | 'price', usageCategory = 'calls') =>
      (await sub.usage.triggers.create({...SMS_80, usageCategory, triggerBy})).currentValue
    expect([await watch('count'), await watch('usage'), await watch('price')]).toEqual(['3', '90', '1.26'])
    expect(await watch('price', 'totalprice')).toBe('1.26')
  })

  it('may be set to so much more than there is', async () => {
    const {sub, use} = await usageWorld('2026-03-10T12:00:00Z')
    await use({usage: 57})
    expect((await sub.usage.triggers.create({...SMS_80, triggerValue: '+30'})).triggerValue).toBe('87')
  })

  it('fire once a period, when usage comes to what they are set to', async () => {
    const {sub, use, setClock} = await usageWorld('2026-01-30T12:00:00Z')
    const {sid} = await sub.usage.triggers.create(SMS_80)
    const fired = async () => (await sub.usage.triggers(sid).fetch()).dateFired
    await use({day: '2026-01-30', usage: 79})
    expect(await fired()).toBe(null)
    await use({day: '2026-01-30', usage: 1})
    expect(await fired()).toEqual(new Date('2026-01-30T12:00:00Z'))
    await setClock('2026-02-28T12:00:00Z')
    await use({day: '2026-02-02', usage: 60})
    expect(await fired()).toEqual(new Date('2026-01-30T12:00:00Z'))
    await use({day: '2026-02-20', usage: 60})
    await use({day: '2026-02-21', usage: 60})
    expect(await fired()).toEqual(new Date('2026-02-20T00:00:00Z'))
  })

  it('change their callback and their name, and nothing else', async () => {
    const {sub} = await usageWorld('2026-03-10T12:00:00Z')
    const {sid} = await sub.usage.triggers.create(SMS_80)
    const changes = {callbackUrl: 'https://example.com/other', callbackMethod: 'GET', friendlyName: 'other'} as const
    expect(await sub.usage.triggers(sid).update(changes)).toMatchObject({...changes, triggerValue: '80'})
    await sub.usage.triggers(sid).remove()
    expect(await codeOf(sub.usage.triggers(sid).fetch())).toBe(20404)
    expect(await codeOf(sub.usage.triggers(sid).remove())).toBe(20404)
  })

  it('are listed newest first, in pages, by category, period and field', async () => {
    const {sub, main} = await usageWorld('2026-03-10T12:00:00Z')
    const sms = await sub.usage.triggers.create(SMS_80)
    const calls = await sub.usage.triggers.create({...CALLBACK, usageCategory: 'calls', triggerValue: '1'})
    const total = await sub.usage.triggers.create({...SMS_80, usageCategory: 'totalprice', triggerBy: 'price'})
    const sids = async (filter: Parameters<typeof sub.usage.triggers.list>[0] = {}) =>
      (await sub.usage.triggers.list(filter)).map(({sid}) => sid)
    expect(await sids({pageSize: 2})).toEqual([total.sid, calls.sid, sms.sid])
    expect(await sids({usageCategory: 'sms'})).toEqual([sms.sid])
    expect(await sids({recurring: 'monthly'})).toEqual([total.sid, sms.sid])
    expect(await sids({recurring: 'alltime'})).toEqual([calls.sid])
    expect(await sids({triggerBy: 'price'})).toEqual([total.sid])
    expect(await main.usage.triggers.list()).toEqual([])
  })

  it.each([
    [{CallbackUrl: ''}, 20001],
    [{TriggerValue: ''}, 20001],
    [{UsageCategory: ''}, 20001],
    [{UsageCategory: 'no-such-category'}, 20001],
    [{TriggerValue: '0'}, 20001],
    [{TriggerValue: '-5'}, 20001],
    [{TriggerValue: 'many'}, 20001],
    [{Recurring: 'weekly'}, 20001],
    [{TriggerBy: 'color'}, 20001],
    [{CallbackUrl: 'example.com/usage'}, 21502],
    [{CallbackMethod: 'PUT'}, 21403],
    [{FriendlyName: 'x'.repeat(65)}, 20002],
  ])('with %j are refused: %s', async (form: Record<string, string>, code) => {
    const {sandbox, sid, subLogin} = await usageWorld('2026-03-10T12:00:00Z')
    const usual = {CallbackUrl: CALLBACK.callbackUrl, TriggerValue: '80', UsageCategory: 'sms'}
    const url = `https://api.twilio.com/2010-04-01/Accounts/${sid}/Usage/Triggers.json`
    const {json} = await ask(sandbox, {method: 'POST', url, as: subLogin, form: {...usual, ...form}})
    expect(json).toMatchObject({code, status: 400})
    expect(await sandbox.read((state) => state.usageTriggers)).toEqual([])
  })
})
