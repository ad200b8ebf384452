import {beforeEach, describe, expect, it} from '@jest/globals'

import {DestroyedBook, keepForInvoices} from '../../../src/lib/invoice/destroyed.js'
import {readInvoice, readInvoices} from '../../../src/lib/invoice/read.js'
import {changePlan} from '../../../src/lib/lifecycle/change-plan.js'
import {destroy} from '../../../src/lib/lifecycle/destroy/destroy.js'
import {setLabels} from '../../../src/lib/lifecycle/set-labels.js'
import {type AddonInProcess, APP, createAddon, startReadyAddon} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
  // Twilio's clock is of that spring.
  await world.write({createdAt})
})
const createdAt = '2026-02-01T00:00:00.000Z'

const all = async () => (await readInvoices(world.context.registry, 'this', () => undefined)).invoices
const destroyIt = async () => destroy(world.context, {appSpace: APP, keepNumber: false})
const kept = async () => {
  const book = new DestroyedBook(world.main, 'aka-twilio')
  return book.items(`${APP}/destroyed-`)
}

describe('an add-on that was destroyed', () => {
  it('stays on the invoice of its month, without secrets, under a key of its own', async () => {
    await setLabels(world.context, {appSpace: APP, changes: {team: 'payments'}})
    const {accountSid} = (await world.record()) ?? {}
    await destroyIt()
    expect(await all()).toMatchObject([
      {
        record: {appSpace: APP, accountSid, labels: {team: 'payments'}, destroyedAt: expect.any(String)},
        charges: {total: 50},
      },
    ])
    expect((await readInvoice(world.context, APP, 'this')).invoice).toMatchObject({charges: {planPrice: 50}})
    const items = await kept()
    expect(items.map(({key}) => key)).toEqual([`${APP}/destroyed-${accountSid ?? ''}`])
    expect(JSON.stringify(items)).not.toMatch(/token|phone/i)
    expect((await world.context.registry.list()).records).toEqual([])
  })

  it('is beside the one that the app-space has now', async () => {
    await destroyIt()
    await createAddon(world)
    await world.write({createdAt})
    expect(await all()).toHaveLength(2)
    const {invoice, earlier} = await readInvoice(world.context, APP, 'this')
    expect(invoice.record.destroyedAt).toBeUndefined()
    expect(earlier).toMatchObject([{record: {destroyedAt: expect.any(String)}, charges: {total: 50}}])
  })

  it('is counted once while its destruction is unfinished, and kept once', async () => {
    const record = await world.record()
    if (!record) throw new Error('there is none')
    await keepForInvoices(world.context, record)
    expect(await all()).toHaveLength(1)
    await destroyIt()
    expect(await kept()).toHaveLength(1)
    expect(await all()).toHaveLength(1)
  })

  it('is on none where it was never finished', async () => {
    await world.write({state: 'provisioning'})
    await destroyIt()
    expect(await kept()).toEqual([])
    expect(await all()).toEqual([])
  })

  it('is kept for 13 months', async () => {
    await destroyIt()
    const book = new DestroyedBook(world.main, 'aka-twilio')
    const items = await kept()
    const destroyedAt = Date.parse(book.among(items)[0]?.destroyedAt ?? '')
    const later = (days: number) => destroyedAt + days * 86_400_000
    expect(book.among(items, later(394))).toHaveLength(1)
    expect(book.among(items, later(397))).toEqual([])
    await book.removeOld(items, later(394))
    expect(await kept()).toHaveLength(1)
    await book.removeOld(items, later(397))
    expect(await kept()).toEqual([])
  })
})

it.each([
  {v: 2},
  {accountSid: ''},
  {host: undefined},
  {plan: 'tiny'},
  {createdAt: 'soon'},
  {destroyedAt: null},
  {orders: undefined},
  {orders: [{createdAt: '2026-03-01T12:00:00.000Z'}]},
  {earlierPlans: [{plan: 'small'}]},
])('a destroyed add-on whose item somebody edited is on no invoice: %j', async (changes) => {
  await destroyIt()
  const book = new DestroyedBook(world.main, 'aka-twilio')
  const edited = (await kept()).map((item) => ({...item, data: {...(item.data as object), ...changes}}))
  expect(edited).toHaveLength(1)
  expect(book.among(edited)).toEqual([])
})

it('a plan that is changed is remembered with the time, and once', async () => {
  const change = async () => {
    const entry = await world.context.registry.read(APP)
    if (entry) await changePlan(world.context, entry, 'medium')
  }
  await change()
  await change()
  expect(await world.record()).toMatchObject({
    plan: 'medium',
    earlierPlans: [{plan: 'small', until: expect.stringMatching(/Z$/)}],
  })
})
