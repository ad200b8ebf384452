import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {
  type CreatedNumbers,
  releaseDuplicateNumbers,
  releaseDuplicateNumbersOf,
} from '../../../src/lib/number/created.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import type {OwnedNumber} from '../../../src/lib/twilio/numbers.js'
import {type AddonInProcess, APP, buyIn, numbersIn, startAddonInProcess} from '../../support/in-process-addon.js'
import {asHeld} from '../../support/in-process-change.js'

interface Bought {
  readonly number: OwnedNumber
  readonly account: TwilioAccount
}

let world: AddonInProcess
let [kept, duplicate, elsewhere]: Bought[] = []
let created: CreatedNumbers
/** What the record says in which one of them is the add-on's. */
let ours: Partial<AddonRecord>
beforeEach(async () => {
  world = await startAddonInProcess()
  const [account, other] = [await world.newSubaccount(), await world.newSubaccount()]
  const buy = async (of: TwilioAccount) => ({number: await buyIn(world, of.sid), account: of})
  const bought = [await buy(account), await buy(account), await buy(other)]
  ;[kept, duplicate, elsewhere] = bought
  created = {bought}
  ours = {accountSid: account.sid, ...(kept && {phoneNumber: asHeld(kept.number)})}
})

async function expectHeld(...numbers: readonly (Bought | undefined)[]): Promise<void> {
  expect((await numbersIn(world)).sub).toEqual(numbers.map((each) => each?.number.e164))
}

describe('of the numbers that a run bought', () => {
  it('that which the add-on has stays; others in its account are duplicates, in other accounts nothing is released', async () => {
    await releaseDuplicateNumbers(created, ours)
    await expectHeld(kept, elsewhere)
  })

  it('all in its account are duplicates where the add-on has none of them', async () => {
    const {accountSid = ''} = ours
    await releaseDuplicateNumbers(created, {accountSid})
    await expectHeld(elsewhere)
  })
})

describe('after a run that failed', () => {
  it('duplicates are released where the add-on is ready by now', async () => {
    await world.write(ours)
    await releaseDuplicateNumbersOf(world.context, created, APP)
    await expectHeld(kept, elsewhere)
  })

  it('nothing is, while another run may make use of it, and where there is no add-on', async () => {
    await releaseDuplicateNumbersOf(world.context, created, APP)
    await world.write({...ours, state: 'changing'})
    await releaseDuplicateNumbersOf(world.context, created, APP)
    await expectHeld(kept, duplicate, elsewhere)
  })
})
