import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {addFleet, simWorld} from '../../sim-support.js'
import {ask} from '../../support.js'

describe('fleets', () => {
  it('have documented defaults, and what they were made with', async () => {
    const {main} = await simWorld()
    const {supersim} = main
    const profile = await supersim.v1.networkAccessProfiles.create({uniqueName: 'everywhere'})
    const plain = await supersim.v1.fleets.create({networkAccessProfile: 'everywhere'})
    expect(plain).toMatchObject({
      uniqueName: null,
      dataEnabled: true,
      dataLimit: 1000,
      smsCommandsEnabled: true,
      smsCommandsMethod: 'POST',
      networkAccessProfileSid: profile.sid,
    })
    const special = await supersim.v1.fleets.create({
      networkAccessProfile: profile.sid,
      uniqueName: 'quiet',
      dataLimit: 5,
      smsCommandsEnabled: false,
      ipCommandsUrl: 'https://example.com/ip',
    })
    expect(special).toMatchObject({dataLimit: 5, smsCommandsEnabled: false, ipCommandsUrl: 'https://example.com/ip'})
    expect((await supersim.v1.fleets('quiet').fetch()).sid).toBe(special.sid)
  })

  it('are refused without a network access profile of the account’s, or with a limit out of range', async () => {
    const {main, sub, sandbox, login} = await simWorld()
    const {sid} = await main.supersim.v1.networkAccessProfiles.create({})
    expect(await codeOf(sub.supersim.v1.fleets.create({networkAccessProfile: sid}))).toBe(20422)
    expect(await codeOf(main.supersim.v1.fleets.create({networkAccessProfile: sid, dataLimit: 0}))).toBe(20422)
    const url = 'https://supersim.twilio.com/v1/Fleets'
    expect((await ask(sandbox, {method: 'POST', url, as: login, form: {}})).json.code).toBe(20422)
  })

  it('have unique names, account by account', async () => {
    const {main, sub} = await simWorld()
    await addFleet(main)
    await expect(addFleet(main)).rejects.toMatchObject({code: 20409, status: 409})
    const {sid} = await addFleet(sub)
    expect((await sub.supersim.v1.fleets.list()).map((fleet) => fleet.sid)).toEqual([sid])
    expect(await codeOf(main.supersim.v1.fleets(sid).fetch())).toBe(20404)
  })

  it('are changed, and listed by network access profile', async () => {
    const {main} = await simWorld()
    const {v1} = main.supersim
    const first = await addFleet(main, 'first')
    const second = await addFleet(main, 'second')
    const changed = await v1.fleets('first').update({uniqueName: 'renamed', dataLimit: 7, smsCommandsMethod: 'GET'})
    expect([changed.sid, changed.uniqueName, changed.dataLimit]).toEqual([first.sid, 'renamed', 7])
    expect(await codeOf(v1.fleets('renamed').update({uniqueName: 'second'}))).toBe(20409)
    expect(await codeOf(v1.fleets('renamed').update({networkAccessProfile: 'none'}))).toBe(20422)
    const {networkAccessProfileSid} = second
    const listed = await v1.fleets.list({networkAccessProfile: networkAccessProfileSid})
    expect(listed.map((fleet) => fleet.sid)).toEqual([second.sid])
    await v1.fleets('renamed').update({networkAccessProfile: networkAccessProfileSid})
    expect((await v1.fleets.list({networkAccessProfile: networkAccessProfileSid})).length).toBe(2)
  })
})
