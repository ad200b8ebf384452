import {beforeEach, describe, expect, it} from '@jest/globals'

import type {Created} from '../../../../src/lib/lifecycle/create/created.js'
import {acquireSubaccount} from '../../../../src/lib/lifecycle/create/subaccount.js'
import {ensureAccountStatus, findSubaccounts, listSubaccounts} from '../../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, startAddonInProcess} from '../../../support/in-process-addon.js'

const name = 'api-default aka-twilio 0123456789abcdef'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** Acquires the subaccount of an add-on whose record says so; `seen` are those of its name when the run began. */
async function acquire({recorded, seen}: {recorded?: string; seen?: readonly string[]} = {}) {
  const {accountSid: none, ...record} = addonRecord({state: 'provisioning'})
  await world.write({...record, ...(recorded !== undefined && {accountSid: recorded})})
  const lease = await world.lease()
  const all = await listSubaccounts(world.main)
  const sameName = seen
    ? all.filter(({sid}) => seen.includes(sid))
    : all.filter(({friendlyName}) => friendlyName === name)
  const created: Created = {accounts: [], bought: []}
  const announced: string[] = []
  const onNew = (of: string) => void announced.push(of)
  const {account, isNew} = await acquireSubaccount(lease, {main: world.main, name, sameName, created, onNew})
  expect(announced).toEqual(isNew ? [name] : [])
  return {sid: account.sid, isNew, created: created.accounts.map(({sid}) => sid)}
}

const close = (sid: string) => ensureAccountStatus(world.main, sid, 'closed')

describe('the subaccount of a new add-on', () => {
  it('is created, and written down for rolling back', async () => {
    const {sid, isNew, created} = await acquire()
    expect({isNew, created}).toEqual({isNew: true, created: [sid]})
    expect(await findSubaccounts(world.main, name)).toMatchObject([{sid}])
  })

  it('is the recorded one, whatever others have its name; rolling back leaves it', async () => {
    const [{sid}] = [await world.newSubaccount('renamed'), await world.newSubaccount(name)]
    expect(await acquire({recorded: sid})).toEqual({sid, isNew: false, created: []})
  })

  it('is the orphan of its name that a lost run left', async () => {
    const {sid} = await world.newSubaccount(name)
    expect(await acquire()).toEqual({sid, isNew: false, created: []})
    await ensureAccountStatus(world.main, sid, 'suspended')
    expect(await acquire()).toMatchObject({sid})
  })

  it('is another one where the recorded one was closed', async () => {
    const {sid} = await world.newSubaccount(name)
    await close(sid)
    expect(await acquire({recorded: sid})).toMatchObject({isNew: true})
  })

  it('is no orphan that another run closed since it was seen', async () => {
    const {sid} = await world.newSubaccount(name)
    await close(sid)
    const acquired = await acquire({seen: [sid]})
    expect(acquired).toMatchObject({isNew: true, created: [acquired.sid]})
  })

  it('is for a person to choose where there are several', async () => {
    const both = [await world.newSubaccount(name), await world.newSubaccount(name)]
    await expect(acquire()).rejects.toMatchObject({
      code: 'MULTIPLE_SUBACCOUNTS',
      exitCode: 6,
      message: expect.stringMatching(new RegExp(both.map(({sid}) => `(?=.*${sid})`).join(''))),
      suggestions: [expect.stringContaining(`"${name}"`)],
    })
    expect(await findSubaccounts(world.main, name)).toHaveLength(2)
  })
})
