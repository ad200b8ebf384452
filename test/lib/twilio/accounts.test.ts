import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  countSubaccounts,
  fetchAccount,
  findSubaccounts,
  listSubaccounts,
  setAccountStatus,
} from '../../../src/lib/twilio/accounts.js'
import {readerIn, subaccount} from '../../../src/lib/twilio/connect.js'
import {startInProcess, type InProcess} from '../../support/in-process.js'

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

describe('subaccounts', () => {
  it('of exactly a name are found, oldest first, without those that are closed', async () => {
    const [first, closed] = [await world.newSubaccount('aka-twilio api'), await world.newSubaccount('aka-twilio api')]
    await world.transport.sleep(1000)
    const second = await world.newSubaccount('aka-twilio api')
    await world.newSubaccount('aka-twilio api-2')
    await setAccountStatus(world.main, closed.sid, 'closed')
    await setAccountStatus(world.main, first.sid, 'suspended')
    expect((await findSubaccounts(world.main, 'aka-twilio api')).map(({sid}) => sid)).toEqual([first.sid, second.sid])
  })

  it('never have the main account among them, whatever its name', async () => {
    const {friendlyName, ownerSid} = await fetchAccount(world.main)
    expect(ownerSid).toBe(world.main.sid)
    expect(await findSubaccounts(world.main, friendlyName)).toEqual([])
    expect(await listSubaccounts(world.main)).toEqual([])
  })

  it('are listed over as many pages as there are; closed ones do not count against the limit', async () => {
    // One more than a page holds.
    for (let count = 0; count <= 100; count++) await world.newSubaccount(`sub ${count}`)
    const all = await listSubaccounts(world.main)
    expect(new Set(all.map(({sid}) => sid)).size).toBe(101)
    await setAccountStatus(world.main, all[0]?.sid ?? '', 'closed')
    expect(await countSubaccounts(world.main)).toBe(100)
  })

  it('show their token to the main account, and are owned by it', async () => {
    const {sid} = await world.newSubaccount()
    const account = await fetchAccount(world.main, sid)
    expect(account).toMatchObject({status: 'active', ownerSid: world.main.sid})
    expect(account.authToken).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('who acts in a subaccount', () => {
  it('does so with its own token', () => {
    const sub = subaccount(world.main, {sid: 'AC2', authToken: 'its-own-token'})
    expect(sub).toMatchObject({sid: 'AC2', usesApiKey: false})
  })

  it('cannot where Twilio hides the token, as it does from some keys', () => {
    expect(() => subaccount(world.main, {sid: 'AC2', authToken: ''})).toThrow(
      expect.objectContaining({code: 'AUTH_TOKEN_HIDDEN', exitCode: 5}),
    )
  })

  it('reads as the main account by its token, and by the own one of the subaccount where there is only a key', async () => {
    const account = async () => ({sid: 'AC2', authToken: 'its-own-token'})
    expect((await readerIn(world.main, account)).sid).toBe(world.main.sid)
    const byKey = world.main.as({
      accountSid: world.main.sid,
      username: `SK${'1'.repeat(32)}`,
      password: 'secret-of-key',
    })
    expect((await readerIn(byKey, account)).sid).toBe('AC2')
  })
})
