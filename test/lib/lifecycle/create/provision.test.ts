import {beforeEach, describe, expect, it} from '@jest/globals'

import {interrupted} from '../../../../src/lib/errors.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {
  type AddonInProcess,
  APP,
  createAddon,
  PURCHASE,
  startAddonInProcess,
} from '../../../support/in-process-addon.js'

const ACCOUNT = {method: 'POST', path: String.raw`/Accounts\.json$`}
const late = {method: 'GET', when: 'after', times: Infinity, do: {listsLateMs: 8000}} as const
const lost = {when: 'after', do: {drop: true}} as const

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const create = (number: GivenOptions = {}) => createAddon(world, number)

async function expectOne(): Promise<void> {
  const {accounts, incomingNumbers, mainAccountSid} = await world.state()
  const subaccounts = accounts.filter(({sid, status}) => sid !== mainAccountSid && status !== 'closed')
  expect([subaccounts.length, incomingNumbers.length]).toEqual([1, 1])
  expect(await world.record()).toMatchObject({state: 'ready', phoneNumber: {sid: incomingNumbers[0]?.sid}})
}

describe('where lists are late', () => {
  it.each([
    ['the subaccount', ACCOUNT],
    ['the number', PURCHASE],
  ])('%s is made once although its answer is lost', async (_, call) => {
    world.sandbox.faults.add(late)
    world.sandbox.faults.add({...call, ...lost})
    await create()
    await expectOne()
  })

  it('a certain number is bought once, and kept', async () => {
    const e164 = '+18015550123'
    world.sandbox.faults.add(late)
    world.sandbox.faults.add({...PURCHASE, ...lost})
    await create({phoneNumber: e164})
    await expectOne()
    expect(await world.configVars()).toMatchObject({TWILIO_PHONE_NUMBER: e164})
  })

  it('a number that was bought just before the run was stopped is that of the next run', async () => {
    world.sandbox.faults.add(late)
    // Stopped at the first thing after the purchase that is not written down.
    let isStopped = false
    const {transport} = world.main
    const sender = transport.sender.bind(transport)
    Object.assign(transport, {
      sender: (options: Parameters<typeof sender>[0]) => {
        if (isStopped && !options?.evenIfInterrupted) return () => Promise.reject(interrupted())
        return sender(options)
      },
    })
    world.sandbox.faults.add({...PURCHASE, when: 'after', do: {call: () => void (isStopped = true)}})
    await expect(create()).rejects.toMatchObject({exitCode: 130})
    isStopped = false
    await create()
    await expectOne()
  })

  it('a purchase that nobody sees is exit 7, and the next run buys one', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', do: {status: 500}})
    await expect(create()).rejects.toMatchObject({exitCode: 7, code: 'OUTCOME_UNKNOWN'})
    await create()
    await expectOne()
  })
})

it('a number that the subaccount holds already calls what is asked for', async () => {
  await create({voiceUrl: 'https://example.com/old'})
  // As a run leaves it that lost its lease: a subaccount with a number, and no item.
  await world.sandbox.change(({syncMaps: [map]}) => {
    if (map) map.items = {}
  })
  const vars = await world.configVars()
  await create({voiceUrl: 'https://example.com/new'})
  await expectOne()
  const {incomingNumbers} = await world.state()
  expect(incomingNumbers[0]?.settings).toMatchObject({voice_url: 'https://example.com/new'})
  expect(await world.configVars()).toEqual(vars)
})

describe('an add-on that is ready', () => {
  it('is looked at once', async () => {
    await create()
    const from = world.sandbox.requests.length
    expect(await create()).toMatchObject({created: false, repaired: [], vars: await world.configVars()})
    expect(world.sandbox.requests.slice(from)).toHaveLength(6)
  })

  it('is looked at again where another run was waited for, which changed it', async () => {
    await create()
    const lease = await world.lease()
    const token = 'e'.repeat(32)
    world.duringWait(1, async () => {
      await world.sandbox.change(({accounts}) => {
        for (const account of accounts) if (account.sid === lease.record.accountSid) account.authToken = token
      })
      await world.setConfigVars({TWILIO_AUTH_TOKEN: token})
      await lease.release()
    })
    expect(await create()).toMatchObject({created: false, repaired: [], vars: {TWILIO_AUTH_TOKEN: token}})
  })

  it('is looked at again where its config vars were being written', async () => {
    await create()
    const complete = await world.configVars()
    await world.sandbox.change(({apps}) => void Object.assign(apps[APP] ?? {}, {configVars: {}}))
    const writeAll = () => world.setConfigVars(complete)
    world.sandbox.faults.add({method: 'GET', path: 'Items', when: 'before', do: {call: writeAll}})
    expect(await create()).toMatchObject({created: false, repaired: []})
  })
})
