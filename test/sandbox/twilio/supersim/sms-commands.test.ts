import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {CODE, commandWorld} from '../../sim-support.js'
import {ask} from '../../support.js'

describe('SMS commands', () => {
  it('are queued, sent and delivered, by the sandbox’s clock', async () => {
    const {v1, sid, pass} = await commandWorld()
    const command = await v1.smsCommands.create({sim: 'tracker', payload: 'hello'})
    expect([command.status, command.direction, command.simSid]).toEqual(['queued', 'to_sim', sid])
    const seen: string[] = []
    for (const ms of [299, 1, 299, 1]) {
      await pass(ms)
      seen.push((await v1.smsCommands(command.sid).fetch()).status)
    }
    expect(seen).toEqual(['queued', 'sent', 'sent', 'delivered'])
  })

  it('fail when the SIM is not ready or active', async () => {
    const {v1, sid, pass} = await commandWorld()
    await v1.sims(sid).update({status: 'inactive'})
    await pass(400)
    const command = await v1.smsCommands.create({sim: sid, payload: 'hello'})
    expect(command.status).toBe('queued')
    await pass(300)
    expect((await v1.smsCommands(command.sid).fetch()).status).toBe('failed')
  })

  it('fail in a fleet that has none', async () => {
    const {v1, sid, pass, fleet} = await commandWorld()
    const {networkAccessProfileSid} = fleet
    const options = {networkAccessProfile: networkAccessProfileSid, smsCommandsEnabled: false, dataEnabled: false}
    await v1.fleets.create({...options, uniqueName: 'quiet'})
    await v1.sims(sid).update({fleet: 'quiet'})
    await v1.smsCommands.create({sim: sid, payload: 'hello'})
    await v1.ipCommands.create({sim: sid, payload: 'hello', devicePort: 1})
    await pass(600)
    expect((await v1.smsCommands.list()).map(({status}) => status)).toEqual(['failed'])
    expect((await v1.ipCommands.list()).map(({status}) => status)).toEqual(['failed'])
  })

  it('have at most 160 single-byte characters', async () => {
    const {v1, sandbox, subLogin} = await commandWorld()
    expect(await codeOf(v1.smsCommands.create({sim: 'tracker', payload: 'x'.repeat(160)}))).toBe(undefined)
    expect(await codeOf(v1.smsCommands.create({sim: 'tracker', payload: 'x'.repeat(161)}))).toBe(20422)
    expect(await codeOf(v1.smsCommands.create({sim: 'tracker', payload: '€'.repeat(54)}))).toBe(20422)
    const url = 'https://supersim.twilio.com/v1/SmsCommands'
    for (const form of [{Sim: 'tracker'}, {Payload: 'hello'}])
      expect((await ask(sandbox, {method: 'POST', url, as: subLogin, form})).json.code).toBe(20422)
  })

  it('go to the account’s own SIMs', async () => {
    const {main, sid} = await commandWorld()
    expect(await codeOf(main.supersim.v1.smsCommands.create({sim: sid, payload: 'hello'}))).toBe(83005)
    expect(await main.supersim.v1.smsCommands.list()).toEqual([])
  })

  it('are listed newest first, page by page, by SIM, status and direction', async () => {
    const {v1, sid, pass} = await commandWorld()
    const other = await v1.sims.create({iccid: '8988307000012345670', registrationCode: CODE})
    const first = await v1.smsCommands.create({sim: sid, payload: 'one'})
    await pass(600)
    const second = await v1.smsCommands.create({sim: other.sid, payload: 'two'})
    const sids = async (filter: Parameters<typeof v1.smsCommands.list>[0]) =>
      (await v1.smsCommands.list(filter)).map((command) => command.sid)
    expect(await sids({pageSize: 1})).toEqual([second.sid, first.sid])
    expect([await sids({sim: sid}), await sids({sim: 'tracker'}), await sids({sim: 'none'})]).toEqual([
      [first.sid],
      [first.sid],
      [],
    ])
    expect(await sids({status: 'delivered'})).toEqual([first.sid])
    expect(await sids({direction: 'from_sim'})).toEqual([])
  })
})
