import {beforeEach, describe, expect, it} from '@jest/globals'

import {type Created, releaseDuplicates, releaseDuplicatesOf} from '../../../../src/lib/lifecycle/create/created.js'
import {fetchAccount} from '../../../../src/lib/twilio/accounts.js'
import type {OwnedNumber} from '../../../../src/lib/twilio/numbers.js'
import {type AddonInProcess, APP, buyIn, numbersIn, startAddonInProcess} from '../../../support/in-process-addon.js'
import {asHeld} from '../../../support/in-process-change.js'

let world: AddonInProcess
/** A number in each of two subaccounts, of which the first is the add-on's. */
let created: Created
let accountSid: string
let first: OwnedNumber
beforeEach(async () => {
  world = await startAddonInProcess()
  const create = async () => {
    const account = await world.newSubaccount()
    return {account, number: await buyIn(world, account.sid)}
  }
  const bought = [await create(), await create()] as const
  const accounts = await Promise.all(bought.map(({account}) => fetchAccount(world.main, account.sid)))
  created = {accounts, bought: [...bought]}
  ;[accountSid, first] = [bought[0].account.sid, bought[0].number]
})

const open = async () => {
  const {accounts, mainAccountSid} = await world.state()
  return accounts.filter(({sid, status}) => sid !== mainAccountSid && status !== 'closed').map(({sid}) => sid)
}
const numbers = async () => (await numbersIn(world)).sub
const releases = () => world.sandbox.requests.filter(({method}) => method === 'DELETE')

describe('of what a run created', () => {
  it('a subaccount that the add-on does not have is closed, which releases its number', async () => {
    await releaseDuplicates(world.context, created, {accountSid, phoneNumber: asHeld(first)})
    expect([await open(), await numbers(), releases()]).toEqual([[accountSid], [first.e164], []])
  })

  it('a number that the add-on does not have is released in its subaccount', async () => {
    await releaseDuplicates(world.context, created, {accountSid})
    expect([await open(), await numbers(), releases().length]).toEqual([[accountSid], [], 1])
  })
})

describe('after a run that failed', () => {
  it('duplicates are released where the add-on is ready by now', async () => {
    await world.write({accountSid, phoneNumber: asHeld(first)})
    await releaseDuplicatesOf(world.context, created, APP)
    expect([await open(), await numbers()]).toEqual([[accountSid], [first.e164]])
  })

  it('everything is, where there is no add-on', async () => {
    await releaseDuplicatesOf(world.context, created, APP)
    expect([await open(), await numbers()]).toEqual([[], []])
  })

  it('nothing is, while another run may make use of it', async () => {
    await world.write({accountSid, state: 'provisioning'})
    await releaseDuplicatesOf(world.context, created, APP)
    expect([(await open()).length, (await numbers()).length]).toEqual([2, 2])
  })
})
