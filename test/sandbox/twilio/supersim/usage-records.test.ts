import {describe, expect, it} from '@jest/globals'

import {useData} from '../../../../src/sandbox/server/sim-data.js'
import {codeOf} from '../../sdk.js'
import {activeSim, addFleet, simWorld} from '../../sim-support.js'

const HOUR_MS = 3_600_000

async function usageWorld() {
  const world = await simWorld()
  const {sid, fleet} = await activeSim(world)
  const use = (fields: Record<string, unknown>) =>
    world.sandbox.change((state, now) => useData(state, now, {sim: sid, ...fields}))
  return {...world, sid, fleet, use, v1: world.sub.supersim.v1}
}

describe('the data usage of Super SIMs', () => {
  it('is one record of the last month, or one of each hour or day', async () => {
    const {v1, use, pass} = await usageWorld()
    const totals = async (wanted: Parameters<typeof v1.usageRecords.list>[0]) =>
      (await v1.usageRecords.list(wanted)).map(({dataTotal}) => dataTotal)
    expect(await totals({})).toEqual([0])
    await use({upload: 1_000_000, download: 2_000_000})
    await pass(HOUR_MS)
    await use({upload: 10})
    await pass(24 * HOUR_MS)
    await use({download: 100})
    await pass(1000)
    expect(await totals({})).toEqual([3_000_110])
    expect(await totals({granularity: 'day'})).toEqual([100, 3_000_010])
    expect(await totals({granularity: 'hour'})).toEqual([100, 10, 3_000_000])
    expect(await totals({startTime: new Date('2026-03-02T00:00:00Z')})).toEqual([100])
    expect(await totals({endTime: new Date('2026-03-02T00:00:00Z')})).toEqual([3_000_010])
    const [record] = await v1.usageRecords.list({granularity: 'day', endTime: new Date('2026-03-02T00:00:00Z')})
    expect(record).toMatchObject({dataUpload: 1_000_010, dataDownload: 2_000_000, billedUnit: 'USD', simSid: null})
    expect(Number(record?.dataTotalBilled)).toBeCloseTo(0.3)
    expect(record?.period).toEqual({start_time: '2026-03-01T00:00:00Z', end_time: '2026-03-02T00:00:00Z'})
  })

  it('is selected and grouped by SIM, fleet, network and country, and is the account’s own', async () => {
    const {v1, use, sid, fleet, pass, main} = await usageWorld()
    await use({upload: 1})
    await use({upload: 2, country: 'GB'})
    await pass(1000)
    const totals = async (wanted: Parameters<typeof v1.usageRecords.list>[0]) =>
      (await v1.usageRecords.list(wanted)).map((record) =>
        [record.dataTotal, record.simSid, record.isoCountry].filter(Boolean),
      )
    expect(await totals({sim: 'tracker'})).toEqual([[3, sid]])
    expect(await totals({fleet: fleet.uniqueName, isoCountry: 'GB'})).toEqual([[2, 'GB']])
    expect(await totals({group: 'isoCountry'})).toEqual([
      [2, 'GB'],
      [1, 'US'],
    ])
    expect(await totals({group: 'sim', isoCountry: 'US'})).toEqual([[1, sid, 'US']])
    expect(await totals({sim: `HS${'0'.repeat(32)}`, granularity: 'day'})).toEqual([])
    expect((await main.supersim.v1.usageRecords.list({})).map(({dataTotal}) => dataTotal)).toEqual([0])
  })

  it('is paid for by the account', async () => {
    const {use, sub, pass} = await usageWorld()
    await use({upload: 50_000_000})
    await pass(1000)
    const [record] = await sub.usage.records.list({category: 'wireless-super-sim'})
    expect(Number(record?.price)).toBeCloseTo(5)
  })

  it('is made by SIMs that are connected, in whole bytes', async () => {
    const {use, stock} = await usageWorld()
    const [idle] = await stock()
    expect(await use({sim: idle?.sid, upload: 1})).toMatch(/ready or active/)
    expect(await use({upload: 1.5})).toMatch(/numbers of bytes/)
    expect(await use({upload: -1})).toMatch(/numbers of bytes/)
    expect(await use({country: 'XX'})).toMatch(/country/)
  })
})

describe('billing periods', () => {
  it('follow each other month by month while a SIM is active, and are none of a new one', async () => {
    const {v1, sid, pass, stock, main} = await usageWorld()
    const [idle] = await stock()
    expect(await main.supersim.v1.sims(idle?.sid ?? '').billingPeriods.list()).toEqual([])
    const periods = async () =>
      (await v1.sims(sid).billingPeriods.list()).map(({periodType, startTime, endTime}) =>
        [periodType, startTime.toISOString().slice(0, 10), endTime.toISOString().slice(0, 10)].join(' '),
      )
    expect(await periods()).toEqual(['active 2026-03-01 2026-04-01'])
    await pass(40 * 24 * HOUR_MS)
    await v1.sims(sid).update({status: 'inactive'})
    await pass(60 * 24 * HOUR_MS)
    const months = ['active 2026-04-01 2026-05-01', 'active 2026-03-01 2026-04-01']
    expect(await periods()).toEqual(months)
    await v1.sims(sid).update({status: 'active'})
    expect(await periods()).toEqual(['active 2026-06-09 2026-07-09', ...months])
    expect(await codeOf(main.supersim.v1.sims(sid).billingPeriods.list())).toBe(20404)
  })

  it('are one of three months while it is ready, which ends when it becomes active', async () => {
    const {main, stock, pass} = await simWorld()
    const fleet = await addFleet(main)
    const [card] = await stock()
    const sim = main.supersim.v1.sims(card?.sid ?? '')
    await sim.update({fleet: fleet.sid, status: 'ready'})
    const types = async () =>
      (await sim.billingPeriods.list()).map(({periodType, endTime}) => [periodType, endTime.toISOString().slice(0, 10)])
    expect(await types()).toEqual([['ready', '2026-06-01']])
    await pass(24 * HOUR_MS)
    await sim.update({status: 'active'})
    expect(await types()).toEqual([
      ['active', '2026-04-02'],
      ['ready', '2026-03-02'],
    ])
  })
})
