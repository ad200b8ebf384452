import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  countSubaccounts,
  ensureAccountStatus,
  ensureSubaccount,
  fetchAccount,
  fetchAccountIfExists,
  findSubaccounts,
  listSubaccounts,
} from '../../../src/lib/twilio/accounts.js'
import {freely, type InProcess, startInProcess} from '../../support/in-process.js'

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
    await ensureAccountStatus(world.main, closed.sid, 'closed')
    await ensureAccountStatus(world.main, first.sid, 'suspended')
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
    await ensureAccountStatus(world.main, all[0]?.sid ?? '', 'closed')
    const open: string[] = []
    const before = world.sandbox.requests.length
    expect(await countSubaccounts(world.main, (name) => open.push(name) > 0)).toBe(100)
    expect(open).toHaveLength(100)
    expect(world.sandbox.requests).toHaveLength(before + 1)
    expect(await countSubaccounts(world.main, (name) => name !== 'sub 50')).toBe(99)
  })

  it('show their token to the main account, and are owned by it', async () => {
    const {sid} = await world.newSubaccount()
    const account = await fetchAccount(world.main, sid)
    expect(account).toMatchObject({status: 'active', ownerSid: world.main.sid})
    expect(account.authToken).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a new subaccount', () => {
  it.each([
    ['all goes well', undefined],
    ['the answer is lost', 'after'],
  ] as const)('is made once where %s', async (_, when) => {
    if (when) world.sandbox.faults.add({method: 'POST', path: 'Accounts.json', when, do: {drop: true}})
    const {sid} = await ensureSubaccount(world.main, 'aka-twilio api', freely)
    expect((await listSubaccounts(world.main)).map((each) => each.sid)).toEqual([sid])
  })

  it.each([3000, 8000])('is made once where the answer is lost and lists show it %d ms late', async (listsLateMs) => {
    world.sandbox.faults.add({method: 'POST', path: 'Accounts.json', when: 'after', do: {drop: true}})
    world.sandbox.faults.add({method: 'GET', when: 'after', times: Infinity, do: {listsLateMs}})
    const {sid} = await ensureSubaccount(world.main, 'aka-twilio api', freely)
    world.sandbox.faults.clear()
    expect((await listSubaccounts(world.main)).map((each) => each.sid)).toEqual([sid])
  })

  it('is asked for once, with an outcome that is not known, where Twilio stays away', async () => {
    world.sandbox.faults.add({method: 'POST', when: 'before', times: Infinity, do: {status: 503}})
    await expect(ensureSubaccount(world.main, 'x', freely)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      exitCode: 7,
    })
    expect(world.sandbox.requests.filter(({method}) => method === 'POST')).toHaveLength(1)
  })

  it('may take a moment to show, which is not taken for its not being there', async () => {
    const {sid} = await world.newSubaccount()
    world.sandbox.faults.add({method: 'GET', when: 'before', times: 3, do: {status: 404}})
    expect(await fetchAccountIfExists(world.main, sid)).toMatchObject({sid})
    expect(await fetchAccountIfExists(world.main, `AC${'f'.repeat(32)}`)).toBeUndefined()
  })
})

describe('the status of a subaccount', () => {
  it('is sent where it is another, and then seen', async () => {
    const {sid} = await world.newSubaccount()
    const changes = () => world.sandbox.requests.filter(({form}) => form?.Status).length
    for (const status of ['suspended', 'suspended', 'active', 'closed', 'closed'] as const)
      expect(await ensureAccountStatus(world.main, sid, status)).toBe(status)
    expect(changes()).toBe(3)
  })

  it('stays closed, whatever is wanted: that is for good, and after a month it is gone', async () => {
    const {sid} = await world.newSubaccount()
    await ensureAccountStatus(world.main, sid, 'closed')
    expect(await ensureAccountStatus(world.main, sid, 'active')).toBe('closed')
    expect(await ensureAccountStatus(world.main, `AC${'f'.repeat(32)}`, 'suspended')).toBe('closed')
  })

  it('is not read again where it was just read, and is closed for good whatever was read', async () => {
    const {sid} = await world.newSubaccount()
    const reads = () => world.sandbox.requests.filter(({method}) => method === 'GET').length
    expect(await ensureAccountStatus(world.main, sid, 'suspended', 'active')).toBe('suspended')
    // What Twilio shows afterwards.
    expect(reads()).toBe(1)
    expect(await ensureAccountStatus(world.main, sid, 'suspended', 'suspended')).toBe('suspended')
    expect(reads()).toBe(1)
    await ensureAccountStatus(world.main, sid, 'closed')
    expect(await ensureAccountStatus(world.main, sid, 'active', 'suspended')).toBe('closed')
  })

  it('is refused where Twilio refuses', async () => {
    const {sid} = await world.newSubaccount()
    world.sandbox.faults.add({method: 'POST', when: 'before', do: {status: 403}})
    await expect(ensureAccountStatus(world.main, sid, 'suspended')).rejects.toMatchObject({twilio: {status: 403}})
  })

  it('is changed once more where somebody else changes the account at that moment, and then later', async () => {
    const {sid} = await world.newSubaccount()
    const conflict = {method: 'POST', when: 'before', do: {status: 409}} as const
    world.sandbox.faults.add(conflict)
    expect(await ensureAccountStatus(world.main, sid, 'suspended')).toBe('suspended')
    world.sandbox.faults.add({...conflict, times: 2})
    const busy = ensureAccountStatus(world.main, sid, 'active')
    await expect(busy).rejects.toMatchObject({code: 'ACCOUNT_BUSY', exitCode: 7})
  })

  it('is not believed from the answer alone', async () => {
    const {sid} = await world.newSubaccount()
    const body = JSON.stringify({
      sid,
      friendly_name: 'sub',
      status: 'closed',
      type: 'Full',
      owner_account_sid: world.main.sid,
      date_created: 'Tue, 10 Mar 2026 12:00:00 +0000',
    })
    world.sandbox.faults.add({method: 'POST', when: 'before', do: {status: 200, body}})
    await expect(ensureAccountStatus(world.main, sid, 'closed')).rejects.toMatchObject({
      code: 'ACCOUNT_STATUS_UNCHANGED',
      exitCode: 7,
    })
  })
})
