import {beforeEach, describe, expect, it} from '@jest/globals'

import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {
  ensureTriggerRemoved,
  ensureTriggerUrl,
  ensureUsageTrigger,
  listUsageTriggers,
  type TriggerSettings,
} from '../../../src/lib/twilio/usage-triggers.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {freely, type InProcess, startInProcess} from '../../support/in-process.js'

const settings: TriggerSettings = {
  friendlyName: 'aka-twilio sms 80%',
  category: 'sms',
  value: 2400,
  url: 'https://example.com/usage',
}
const CREATE = {method: 'POST', path: String.raw`Triggers\.json$`} as const
const CHANGE = {method: 'POST', path: String.raw`Triggers/UT\w+\.json$`} as const

let world: InProcess
let account: TwilioAccount
beforeEach(async () => {
  world = await startInProcess()
  account = await world.newSubaccount()
})

const create = (changes: Partial<TriggerSettings> = {}) =>
  ensureUsageTrigger(account, {...settings, ...changes}, freely)
const sent = (method: string) =>
  world.sandbox.requests.filter((each) => each.method === method && each.path.includes('Triggers')).length

describe('a usage trigger', () => {
  it('fires once a month, at so much usage', async () => {
    const trigger = await create()
    expect(trigger).toMatchObject({...settings, firedAt: undefined})
    expect(await listUsageTriggers(account)).toEqual([trigger])
    expect(await world.sandbox.read(({usageTriggers}) => usageTriggers)).toMatchObject([
      {recurring: 'monthly', triggerBy: 'usage', triggerValue: 2400},
    ])
  })

  it('is made once although its answer is lost and lists are late', async () => {
    world.sandbox.faults.add({...CREATE, when: 'after', do: {drop: true}})
    world.sandbox.faults.add({method: 'GET', when: 'after', times: Infinity, do: {listsLateMs: 8000}})
    const {sid} = await create()
    world.sandbox.faults.clear()
    expect([(await listUsageTriggers(account)).map((each) => each.sid), sent('POST')]).toEqual([[sid], 1])
  })

  it.each<[string, Partial<TriggerSettings>]>([
    ['of another name', {friendlyName: 'by hand'}],
    ['of another category', {category: 'calls'}],
    ['at other usage', {value: 3000}],
  ])('is not taken for one %s, where its answer is lost', async (_, changes) => {
    await create(changes)
    world.sandbox.faults.add({...CREATE, when: 'before', do: {drop: true}})
    await expect(create()).rejects.toMatchObject({code: 'OUTCOME_UNKNOWN', exitCode: 7})
  })

  it('that fired says when', async () => {
    await create({value: 10})
    const use = {accountSid: account.sid, category: 'sms', usage: 10}
    await world.sandbox.change((state, now) => addUsage(state, now, use))
    await world.transport.sleep(5000)
    expect(await listUsageTriggers(account)).toMatchObject([{firedAt: expect.any(Date)}])
  })
})

describe('the triggers of an account', () => {
  it('are its own, the oldest first, or those of the subaccount that is named', async () => {
    const first = await create()
    await world.transport.sleep(2000)
    const second = await create({value: 3000})
    expect((await listUsageTriggers(account)).map(({sid}) => sid)).toEqual([first.sid, second.sid])
    expect(await listUsageTriggers(world.main)).toEqual([])
    expect(await listUsageTriggers(world.main, account.sid)).toHaveLength(2)
  })

  it('are those that watch the usage of a month, no others', async () => {
    const {v2010} = await account.api()
    const other = {callbackUrl: settings.url, triggerValue: '10', usageCategory: 'sms'} as const
    await v2010.account.usage.triggers.create({...other, recurring: 'daily'})
    await v2010.account.usage.triggers.create({...other, recurring: 'monthly', triggerBy: 'price'})
    expect(await listUsageTriggers(account)).toEqual([])
  })
})

describe('another URL', () => {
  const url = 'https://example.com/other'

  it.each(['before', 'after'] as const)('is set although the answer is lost (%s it takes effect)', async (when) => {
    const {sid} = await create()
    world.sandbox.faults.add({...CHANGE, when, do: {drop: true}})
    await ensureTriggerUrl(account, sid, url)
    expect(await listUsageTriggers(account)).toMatchObject([{sid, url}])
  })
})

it('a trigger is removed; one that is gone already is no error, and one that Twilio keeps is one', async () => {
  const {sid} = await create()
  await ensureTriggerRemoved(account, sid)
  expect(await listUsageTriggers(account)).toEqual([])
  await ensureTriggerRemoved(account, sid)
  world.sandbox.faults.add({method: 'DELETE', when: 'before', do: {status: 403}})
  await expect(ensureTriggerRemoved(account, sid)).rejects.toThrow()
})
