import {beforeEach, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {readSendings} from '../../../src/lib/addon/sendings.js'
import {type Account, fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, buyIn, startAddonInProcess} from '../../support/in-process-addon.js'
import {asHeld} from '../../support/in-process-change.js'
import {putReviewed, type Reviewed} from '../../support/in-process-registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** An add-on with a number of its own. */
async function add(changes: Partial<AddonRecord> = {}): Promise<{record: AddonRecord; account: Account}> {
  const {sid} = await world.newSubaccount()
  const phoneNumber = asHeld(await buyIn(world, sid))
  return {record: addonRecord({accountSid: sid, phoneNumber, ...changes}), account: await fetchAccount(world.main, sid)}
}
const put = ({record: {accountSid = ''}}: {record: AddonRecord}, parts: Reviewed) =>
  putReviewed(world, accountSid, parts)

const progress: string[] = []
async function read(records: readonly AddonRecord[], accounts: readonly Account[]) {
  progress.length = 0
  const sendings = await readSendings(world.main, {records, accounts}, (done, all) => progress.push(`${done}/${all}`))
  return Object.fromEntries([...sendings].map(([sid, {state}]) => [sid, state]))
}

it('whether SMS are delivered is read for each add-on that has a number, by its subaccount', async () => {
  const [verified, none] = [await add(), await add()]
  await put(verified, {campaign: {numberSid: verified.record.phoneNumber?.sid ?? '', is: 'approved'}})
  const {accountSid: a, ...withoutAccount} = addonRecord()
  const {phoneNumber: p, ...withoutNumber} = addonRecord()
  const records = [verified.record, withoutAccount, withoutNumber, none.record]
  expect(await read(records, [verified.account, none.account])).toEqual({
    [verified.account.sid]: 'verified',
    [none.account.sid]: 'not-registered',
  })
  expect(progress).toEqual(['1/2', '2/2'])
})

it('the reviews before a campaign are looked at only where somebody began to register the number', async () => {
  const [begun, other] = [await add({registration: {}}), await add()]
  for (const each of [begun, other]) await put(each, {profiles: [['rejected']]})
  expect(await read([begun.record, other.record], [begun.account, other.account])).toEqual({
    [begun.account.sid]: 'rejected',
    [other.account.sid]: 'not-registered',
  })
})

it('an account is asked for only where the list does not show it; one that Twilio forgot has no number that sends', async () => {
  const {record, account} = await add()
  const forgotten = addonRecord({accountSid: `AC${'f'.repeat(32)}`})
  const asks = async (accounts: readonly Account[]) => {
    const from = world.sandbox.requests.length
    expect(await read([record, forgotten], accounts)).toEqual({[account.sid]: 'not-registered'})
    return world.sandbox.requests.slice(from).some(({path}) => path.endsWith(`Accounts/${account.sid}.json`))
  }
  expect([await asks([]), await asks([account])]).toEqual([true, false])
})

it('one that Twilio does not say is unknown, and hides none of the others', async () => {
  const [first, second] = [await add(), await add()]
  const refused = {when: 'before', times: Infinity, do: {status: 403}} as const
  world.sandbox.faults.add({path: `Accounts/${first.account.sid}`, ...refused})
  expect(await read([first.record, second.record], [second.account])).toEqual({
    [first.account.sid]: 'unknown',
    [second.account.sid]: 'not-registered',
  })
})
