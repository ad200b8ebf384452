import {describe, expect, it} from '@jest/globals'

import {connectTwilio} from '../../../src/lib/twilio/connect.js'
import {usageReader} from '../../../src/lib/twilio/usage.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {answering, startInProcess, transportOf} from '../../support/in-process.js'

const record = {
  category: 'sms',
  usage: '12',
  price: '0.09',
  price_unit: 'usd',
  as_of: '2026-03-10T11:00:00+00:00',
  start_date: '2026-03-01',
  end_date: '2026-03-10',
}

/** What is read where Twilio answers with these records. */
async function readOf(...records: Record<string, unknown>[]) {
  const page = {usage_records: records, page: 0, page_size: 100, uri: '/x', next_page_uri: null}
  const transport = transportOf(answering(200, page, {date: 'Tue, 10 Mar 2026 12:00:00 GMT'}))
  const sid = `AC${'1'.repeat(32)}`
  const account = connectTwilio({accountSid: sid, username: sid, password: 'p'}, {transport, endpoint: undefined})
  return (await usageReader(account))(sid)({category: 'sms', span: 'this'})
}

describe('usage records', () => {
  it('have amounts, days and what Twilio says of the time', async () => {
    expect(await readOf(record)).toEqual({
      readAt: new Date('2026-03-10T12:00:00Z'),
      records: [
        {
          period: {from: '2026-03-01', to: '2026-03-10'},
          usage: 12,
          price: 0.09,
          currency: 'usd',
          asOf: new Date('2026-03-10T11:00:00Z'),
        },
      ],
    })
  })

  it.each([
    ['numbers', {usage: 12, price: 0.09}, {usage: 12, price: 0.09}],
    [
      'nothing, which is not 0,',
      {usage: null, price: null, price_unit: null, as_of: null},
      {usage: undefined, price: undefined, currency: undefined, asOf: undefined},
    ],
    ['nothing, as text,', {usage: '', as_of: 'soon'}, {usage: undefined, asOf: undefined}],
  ])('may have %s where Twilio’s examples have text', async (_, changes, expected) => {
    expect((await readOf({...record, ...changes})).records).toEqual([expect.objectContaining(expected)])
  })

  it.each([
    ['usage', {usage: 'many'}],
    ['a price', {price: 'NaN'}],
    ['a day', {start_date: null}],
  ])('are not believed without %s', async (_, changes) => {
    await expect(readOf({...record, ...changes})).rejects.toMatchObject({code: 'TWILIO_RESPONSE_INVALID', exitCode: 7})
  })
})

it('a reader asks for this month, the last, some days or each of them, of the account that is named', async () => {
  const world = await startInProcess('2026-03-10T12:00:00Z')
  const {main, sandbox} = world
  const {sid} = await world.newSubaccount()
  const use = (usage: number, day: string) =>
    sandbox.change((state, now) => addUsage(state, now, {accountSid: sid, category: 'sms', usage, day}))
  await use(3, '2026-02-28')
  await use(4, '2026-03-01')
  await use(5, '2026-03-09')
  const of = await usageReader(main)
  const amounts = async (...ask: [Parameters<ReturnType<typeof of>>[0], string?]) =>
    (await of(ask[1] ?? sid)(ask[0])).records.map(({usage}) => usage)
  const span = {from: '2026-02-28', to: '2026-03-01'}
  expect(await amounts({category: 'sms', span: 'this'})).toEqual([9])
  expect(await amounts({category: 'sms', span: 'last'})).toEqual([3])
  expect(await amounts({category: 'sms', span})).toEqual([7])
  expect((await amounts({category: 'sms', span, daily: true})).toSorted()).toEqual([3, 4])
})
