import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonRecord} from '../../../../src/lib/addon/record.js'
import {type Journal, rollBack} from '../../../../src/lib/lifecycle/create/rollback.js'
import {Lease} from '../../../../src/lib/registry/lease.js'
import {ensureSubaccount, fetchAccount} from '../../../../src/lib/twilio/accounts.js'
import {subaccount} from '../../../../src/lib/twilio/connect.js'
import {ensureTransferredIn, listNumbers} from '../../../../src/lib/twilio/numbers.js'
import {openSubaccount, type Subaccount} from '../../../../src/lib/twilio/subaccount.js'
import {freely} from '../../../support/in-process.js'
import {
  type AddonInProcess,
  addonRecord,
  APP,
  buyIn,
  numbersIn,
  startAddonInProcess,
} from '../../../support/in-process-addon.js'

let world: AddonInProcess
let sub: Subaccount
let lease: Lease<AddonRecord>
beforeEach(async () => {
  world = await startAddonInProcess()
  sub = openSubaccount(world.main, await ensureSubaccount(world.main, 'aka-twilio api', freely))
  const {phoneNumber, ...record} = addonRecord({state: 'provisioning', accountSid: sub.account.sid})
  const taken = await Lease.create(world.context.registry, record)
  if (!taken) throw new Error('there is an item')
  lease = taken
})

const ours = () => ({
  TWILIO_AUTH_TOKEN: sub.account.authToken,
  TWILIO_PHONE_NUMBER: '+18015550123',
  TWILIO_SID: sub.account.sid,
})
const status = async () => (await fetchAccount(world.main, sub.account.sid)).status
const nothing = (): Journal => ({created: {accounts: [], bought: []}})

describe('a creation that is rolled back', () => {
  it('leaves nothing of what this run made: config vars, numbers, subaccount, item', async () => {
    const number = await buyIn(world, sub.account.sid)
    await world.setConfigVars({...ours(), OTHER: 'stays'})
    const journal: Journal = {
      created: {accounts: [sub.account], bought: [{number, account: sub.twilio}]},
      written: {before: {OTHER: 'stays'}, vars: ours()},
    }
    expect(await rollBack(world.context, lease, journal)).toBe(true)
    expect(await world.configVars()).toEqual({OTHER: 'stays'})
    expect(await status()).toBe('closed')
    expect(await numbersIn(world)).toEqual({main: [], sub: []})
    expect(await world.record()).toBeUndefined()
  })

  it('leaves what it found: the subaccount that it adopted, and the numbers in it', async () => {
    const [found, bought] = [await buyIn(world, sub.account.sid), await buyIn(world, sub.account.sid)]
    const journal = {created: {accounts: [], bought: [{number: bought, account: subaccount(world.main, sub.account)}]}}
    expect(await rollBack(world.context, lease, journal)).toBe(true)
    expect(await status()).toBe('active')
    expect((await numbersIn(world)).sub).toEqual([found.e164])
  })

  it('says that there was nothing, where there was nothing', async () => {
    expect(await rollBack(world.context, lease, nothing())).toBe(false)
  })

  it('moves a number back with the webhooks that it had, before the subaccount closes and takes it along', async () => {
    const number = await buyIn(world, world.main.sid, {voiceUrl: 'https://example.com/before'})
    const settings = {voiceUrl: 'https://example.com/new', smsUrl: 'https://example.com/new'}
    await ensureTransferredIn(world.main, sub, number, settings)
    const transferred = {number, to: sub.account.sid, settings}
    const journal: Journal = {created: {accounts: [sub.account], bought: [], transferred}}
    expect(await rollBack(world.context, lease, journal)).toBe(true)
    expect(await listNumbers(world.main)).toMatchObject([{sid: number.sid, webhooks: number.webhooks}])
    expect(await status()).toBe('closed')
  })

  it('puts config vars back that it overwrote, not those that somebody changed since', async () => {
    const before = {TWILIO_SID: 'theirs', TWILIO_AUTH_TOKEN: 'token of theirs'}
    await world.setConfigVars({...ours(), TWILIO_PHONE_NUMBER: '+18015550199'})
    await rollBack(world.context, lease, {...nothing(), written: {before, vars: ours()}})
    expect(await world.configVars()).toEqual({...before, TWILIO_PHONE_NUMBER: '+18015550199'})
  })

  it('warns of a value that it could not read before, and so cannot put back', async () => {
    await world.setConfigVars(ours())
    const before = {TWILIO_SID: 'theirs', TWILIO_AUTH_TOKEN: '[redacted]'}
    await rollBack(world.context, lease, {...nothing(), written: {before, vars: ours()}})
    expect(await world.configVars()).toEqual({TWILIO_SID: 'theirs'})
    expect(world.warnings).toEqual([expect.stringContaining('TWILIO_AUTH_TOKEN of api-default could not be put back')])
  })

  it('keeps an item that was there before, for whoever resumes', async () => {
    await lease.release()
    const resumed = await world.lease()
    await rollBack(world.context, resumed, nothing())
    expect((await world.record())?.lease).toBeUndefined()
    expect(await world.record()).toMatchObject({appSpace: APP, state: 'provisioning'})
  })

  it('keeps the item where it is interrupted, so that another run finds the rest', async () => {
    world.sandbox.faults.add({
      method: 'POST',
      path: `Accounts/${sub.account.sid}`,
      when: 'before',
      times: 99,
      do: {status: 503},
    })
    const journal: Journal = {created: {accounts: [sub.account], bought: []}}
    await expect(rollBack(world.context, lease, journal)).rejects.toMatchObject({exitCode: 7})
    expect(await world.record()).toMatchObject({accountSid: sub.account.sid})
  })
})
