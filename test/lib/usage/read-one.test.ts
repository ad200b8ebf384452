import {describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../../src/lib/addon/context.js'
import {badCredentials, temporary} from '../../../src/lib/errors.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {readAppMetering, readAppUsage} from '../../../src/lib/usage/read-one.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {APP} from '../../support/in-process-addon.js'
import {bothCarriers, type SimsInProcess, startSimsInProcess} from '../../support/in-process-sims.js'

const reserved = {reservations: [{order: 'ord-1', quantity: 3}]}

function read({sims}: SimsInProcess, changes: Partial<AddonContext> = {}, daily = false) {
  return readAppUsage({...sims, ...changes}, APP, {month: 'this', daily})
}

/** What was used of each kind; of SIMs those held and those on order. */
async function usedIn(...of: Parameters<typeof read>) {
  const {kinds} = await read(...of)
  const [voice, sms, m2m, sims] = kinds
  return {used: [voice?.used, sms?.used, m2m?.used], source: m2m?.source, sims: [sims?.held, sims?.onOrder]}
}

async function start(carrier: 'twilio' | 'kore' = 'twilio') {
  const world = await startSimsInProcess({carrier})
  const {accountSid} = world.sims
  await world.sandbox.change((state, now) => {
    addUsage(state, now, {accountSid, category: 'calls', usage: 7})
    addUsage(state, now, {accountSid, category: 'sms', usage: 5, day: '2026-03-02'})
    addUsage(state, now, {accountSid, category: 'wireless-super-sim-smscommands', usage: 2})
  })
  return world
}

describe.each(bothCarriers)('the usage of an app-space with SIMs of %s', (carrier) => {
  it('is what Twilio and the carrier count, with what is on order; nothing is changed, and nobody is waited for', async () => {
    const world = await start(carrier)
    await world.changeAddon({...reserved, simCarrier: carrier, lease: {holder: 'another run', seconds: 3600}})
    const from = world.sandbox.requests.length
    expect(await usedIn(world)).toEqual({
      used: [7, 5, carrier === 'kore' ? 0 : 2],
      source: carrier === 'kore' ? 'KORE' : undefined,
      sims: [0, 3],
    })
    expect(await readAppMetering(world.sims, await recordOf(world), 'this')).toMatchObject({used: {voice: 7, sms: 5}})
    const kinds = world.sandbox.requests.slice(from).map(({method, path}) => (path.includes('token') ? 'GET' : method))
    expect([new Set(kinds), world.waits]).toEqual([new Set(['GET']), []])
  })

  it('is that of each day, where it is asked for', async () => {
    const world = await start(carrier)
    await world.changeAddon({...reserved, simCarrier: carrier})
    expect(await read(world)).not.toHaveProperty('days')
    const {days = []} = await read(world, {}, true)
    expect(days.map(({day, sms}) => [day, sms]).filter(([, sms]) => sms !== 0)).toEqual([['2026-03-02', 5]])
    expect(days.find(({day}) => day === '2026-03-10')).toMatchObject({voice: 7, m2m: carrier === 'kore' ? 0 : 2})
  })

  it('is read while the subaccount is suspended', async () => {
    const world = await start(carrier)
    await world.changeAddon({...reserved, simCarrier: carrier})
    await ensureAccountStatus(world.main, world.sims.accountSid, 'suspended')
    expect(await usedIn(world)).toMatchObject({
      used: [7, 5, carrier === 'kore' ? 0 : 2],
      // Twilio's SIMs are in it: its credentials do not work now.
      sims: [carrier === 'kore' ? 0 : undefined, 3],
    })
    expect(world.warnings).toEqual([])
  })

  it('hides nothing behind SIMs that cannot be counted: a person is warned, and they are as recorded', async () => {
    const world = await start(carrier)
    await world.changeAddon({...reserved, simCarrier: carrier})
    world.sandbox.faults.add({
      path: '/v1/(Sims|Fleets)',
      when: 'before',
      times: 99,
      do: {status: 400, body: '{"code": 20001}'},
    })
    expect(await usedIn(world)).toMatchObject({used: [7, 5, carrier === 'kore' ? undefined : 2], sims: [undefined, 3]})
    expect(world.warnings.join('\n')).toMatch(/^SIM cards could not be counted: /m)
    const isWarned = /^M2M messages could not be counted: /m.test(world.warnings.join('\n'))
    expect(isWarned).toBe(carrier === 'kore')
  })

  it('is not read where an answer is lost: it would be wrong', async () => {
    const world = await start(carrier)
    await world.changeAddon({...reserved, simCarrier: carrier})
    world.sandbox.faults.add({path: '/v1/(Sims|Fleets)', when: 'before', times: 99, do: {status: 500}})
    await expect(read(world)).rejects.toMatchObject({exitCode: 7})
  })
})

async function recordOf({sims}: SimsInProcess) {
  const entry = await sims.registry.read(APP)
  if (!entry) throw new Error('there is none')
  return entry.record
}

describe('where nothing can be said of the SIMs', () => {
  const unknown = {used: [7, 5, undefined], source: null, sims: [undefined, 3]}

  it.each<[string, Partial<AddonContext>, string]>([
    ['they are with another carrier', {}, 'SIM_CARRIER_MISMATCH'],
    [
      'there is no login to the carrier',
      {
        simService: async () => {
          throw badCredentials('CREDENTIALS_MISSING', 'There are none.')
        },
      },
      'CREDENTIALS_MISSING',
    ],
  ])('because %s, the rest is read, and the reason given', async (_, changes, code) => {
    const world = await start()
    await world.changeAddon({...reserved, simCarrier: 'kore'})
    expect(await usedIn(world, changes)).toEqual(unknown)
    expect(await read(world, changes)).toMatchObject({problems: [{code}]})
  })

  it('for another reason, that is a failure', async () => {
    const world = await start()
    const simService = async () => {
      throw temporary('SERVICE_UNAVAILABLE', 'No answer.')
    }
    await expect(read(world, {simService})).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE'})
  })
})

it('there is no usage without an add-on, nor of a subaccount that was closed', async () => {
  const world = await start()
  await expect(readAppUsage(world.sims, 'web-prod', {month: 'this', daily: false})).rejects.toMatchObject({
    code: 'ADDON_NOT_FOUND',
  })
  await ensureAccountStatus(world.main, world.sims.accountSid, 'closed')
  await expect(read(world)).rejects.toMatchObject({code: 'SUBACCOUNT_CLOSED'})
})
