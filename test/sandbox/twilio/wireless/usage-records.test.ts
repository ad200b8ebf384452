import {expect, it} from '@jest/globals'

import {useData} from '../../../../src/sandbox/server/sim-data.js'
import {codeOf} from '../../sdk.js'
import {wirelessWorld} from '../../sim-support.js'

it('the commands and data of wireless SIMs are listed by SIM and account, and data as sessions', async () => {
  const {v1, card, sid, pass, sandbox, sub} = await wirelessWorld()
  await card.update({ratePlan: 'plan', status: 'active'})
  await pass(400)
  await v1.commands.create({sim: sid, command: 'hello'})
  await sandbox.change((state, now) => useData(state, now, {sim: sid, upload: 1_000_000, download: 500_000}))
  await pass(24 * 3_600_000)
  await sandbox.change((state, now) => useData(state, now, {sim: sid, upload: 7}))
  await pass(1000)

  const [whole] = await v1.usageRecords.list()
  expect(whole?.commands).toMatchObject({total: 1, to_sim: 1, from_sim: 0, billed: 0.05, home: {total: 1}})
  expect(whole?.data).toMatchObject({total: 1_500_007, upload: 1_000_007, download: 500_000, units: 'bytes'})
  const days = await card.usageRecords.list({granularity: 'daily'})
  expect(days.map(({data}) => (data as {total: number}).total)).toEqual([7, 1_500_000])
  expect(days[0]?.period).toEqual({start: '2026-03-02T00:00:00Z', end: '2026-03-03T00:00:00Z'})
  const sessions = await card.dataSessions.list()
  expect(sessions.map(({packetsUploaded, end}) => [packetsUploaded, Boolean(end)])).toEqual([
    [7, false],
    [1_000_000, true],
  ])
  expect((await sub.wireless.v1.usageRecords.list())[0]?.data).toMatchObject({total: 0})
  expect(await codeOf(sub.wireless.v1.sims(sid).usageRecords.list())).toBe(20404)
})
