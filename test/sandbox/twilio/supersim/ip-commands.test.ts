import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {addFleet, commandWorld} from '../../sim-support.js'

describe('IP commands', () => {
  it('are queued and sent, and then show where to', async () => {
    const {v1, sid, pass} = await commandWorld()
    const command = await v1.ipCommands.create({sim: sid, payload: 'hello', devicePort: 4000})
    expect(command).toMatchObject({status: 'queued', payloadType: 'text', devicePort: 4000, deviceIp: null})
    await pass(300)
    const sent = await v1.ipCommands(command.sid).fetch()
    expect([sent.status, sent.deviceIp]).toEqual(['sent', expect.stringMatching(/^100\.64\./)])
  })

  it('carry text or Base64, at most 1300 bytes, to a port', async () => {
    const {v1} = await commandWorld()
    const create = (options: {payload: string; payloadType?: 'text' | 'binary'; devicePort?: number}) =>
      codeOf(v1.ipCommands.create({sim: 'tracker', devicePort: 1, ...options}))
    const binary = Buffer.alloc(1300).toString('base64')
    expect(await create({payload: binary, payloadType: 'binary'})).toBe(undefined)
    expect(await create({payload: Buffer.alloc(1301).toString('base64'), payloadType: 'binary'})).toBe(20422)
    expect(await create({payload: 'no base64!', payloadType: 'binary'})).toBe(20422)
    expect(await create({payload: 'x'.repeat(1301)})).toBe(20422)
    expect(await create({payload: 'hello', devicePort: 65_536})).toBe(20422)
    expect(await create({payload: 'hello', payloadType: 'other' as 'text'})).toBe(20422)
  })

  it('are listed by SIM, its number, status and direction', async () => {
    const {v1, sid, main} = await commandWorld()
    await addFleet(main)
    const command = await v1.ipCommands.create({sim: sid, payload: 'hello', devicePort: 1})
    const count = async (filter: Parameters<typeof v1.ipCommands.list>[0]) => (await v1.ipCommands.list(filter)).length
    const {simIccid} = command
    expect([await count({sim: sid}), await count({simIccid}), await count({status: 'queued'})]).toEqual([1, 1, 1])
    expect([await count({sim: 'none'}), await count({simIccid: '1'}), await count({direction: 'from_sim'})]).toEqual([
      0, 0, 0,
    ])
    expect(await codeOf(main.supersim.v1.ipCommands(command.sid).fetch())).toBe(20404)
  })
})
