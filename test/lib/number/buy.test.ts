import {beforeEach, describe, expect, it} from '@jest/globals'

import {buyOne, type Purchase} from '../../../src/lib/number/buy.js'
import {fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {openSubaccount, type Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {freely} from '../../support/in-process.js'
import {type AddonInProcess, numbersIn, startAddonInProcess} from '../../support/in-process-addon.js'

const [one, two, three] = ['+18015550101', '+18015550102', '+18015550103']

let world: AddonInProcess
let sub: Subaccount
beforeEach(async () => {
  world = await startAddonInProcess()
  const {sid} = await world.newSubaccount()
  sub = openSubaccount(world.main, await fetchAccount(world.main, sid))
})

function buy(numbers: readonly string[], purchase: Partial<Purchase> = {}, claimed?: Set<string>) {
  const lease = {...freely, renew: async () => undefined}
  const context = {...world.context, ...(claimed && {claimed})}
  return buyOne(context, {lease, sub, numbers, created: {bought: []}, settings: {}, isResumed: false, ...purchase})
}

/** Somebody else is faster, for so many numbers from now on. */
const beFaster = (times: number) =>
  world.sandbox.faults.add({
    method: 'POST',
    path: String.raw`/IncomingPhoneNumbers\.json$`,
    when: 'before',
    times,
    do: {status: 400, body: '{"code": 21422, "message": "PhoneNumber is not available"}'},
  })
const triedNumbers = () =>
  world.sandbox.requests
    .filter(({method, path}) => method === 'POST' && path.includes('IncomingPhoneNumbers'))
    .map(({form}) => form?.PhoneNumber)

describe('one of several numbers', () => {
  it('is the first of them, and is written down for rolling back', async () => {
    const created: Purchase['created'] = {bought: []}
    expect(await buy([one, two], {created})).toMatchObject({e164: one, accountSid: sub.account.sid})
    expect(created.bought.map(({number, account}) => [number.e164, account.sid])).toEqual([[one, sub.account.sid]])
  })

  it('is one of a new list where somebody else took the first, as the caller hears before', async () => {
    beFaster(1)
    const told: string[] = []
    const onTaken = async (e164: string) => void told.push(e164)
    expect(await buy([one, two], {more: async () => [one, three], onTaken})).toMatchObject({e164: three})
    expect([told, triedNumbers()]).toEqual([[one], [one, three]])
  })

  it('is no other where it must be just that one: what Twilio says is passed on', async () => {
    beFaster(1)
    await expect(buy([one, two])).rejects.toMatchObject({code: 'NUMBER_TAKEN', exitCode: 1})
    expect(triedNumbers()).toEqual([one])
  })

  it('is none in the end, where others are always faster', async () => {
    beFaster(Infinity)
    let last = 100
    const more = async () => [`+18015550${String(last++)}`]
    await expect(buy([one], {more})).rejects.toMatchObject({code: 'NO_NUMBERS_AVAILABLE', exitCode: 1})
    expect(triedNumbers()).toHaveLength(30)
    expect(new Set(triedNumbers())).toHaveProperty('size', 30)
  })

  it('is none where a new list has nothing that was not tried', async () => {
    beFaster(Infinity)
    await expect(buy([one], {more: async () => [one]})).rejects.toMatchObject({code: 'NO_NUMBERS_AVAILABLE'})
    expect(triedNumbers()).toEqual([one])
  })

  it('is not given up for what is not about the number', async () => {
    const do503 = {status: 503} as const
    world.sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers', when: 'before', times: Infinity, do: do503})
    await expect(buy([one], {more: async () => [two]})).rejects.toMatchObject({exitCode: 7})
    expect((await numbersIn(world)).sub).toEqual([])
    expect(new Set(triedNumbers())).toEqual(new Set([one]))
  })
})

describe('runs of one process that buy at the same time', () => {
  it('never try the same number', async () => {
    const claimed = new Set<string>()
    const numbers = [one, two, three]
    const bought = await Promise.all(numbers.map(async () => (await buy(numbers, {}, claimed)).e164))
    expect(bought.toSorted()).toEqual(numbers)
    expect(triedNumbers()).toHaveLength(3)
  })

  it('but the one that an earlier run may have bought for this app-space', async () => {
    const claimed = new Set([one])
    expect(await buy([one, two], {isResumed: true}, claimed)).toMatchObject({e164: one})
    expect(await buy([one, two], {}, claimed)).toMatchObject({e164: two})
  })
})
