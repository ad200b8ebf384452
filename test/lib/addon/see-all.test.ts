import {beforeEach, describe, expect, it} from '@jest/globals'

import {seeAll} from '../../../src/lib/addon/see-all.js'
import {redacted} from '../../../src/lib/akkeris/config-vars.js'
import type {Akkeris} from '../../../src/lib/akkeris/connect.js'
import {interrupted} from '../../../src/lib/errors.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addAddon, type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'

const vars = (sid: string) => ({TWILIO_SID: sid, TWILIO_AUTH_TOKEN: redacted, TWILIO_PHONE_NUMBER: '+18015550100'})

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** Each add-on with its account and its config vars, as they were seen. */
async function seen(akkeris: Akkeris | null = world.akkeris) {
  const {addons} = await seeAll(world.context.registry, akkeris ?? undefined)
  return addons.map(({record, accountStatus, configVars}) => [record.appSpace, accountStatus, configVars])
}

const asked = (part: string) =>
  world.sandbox.requests.filter(({method, path}) => method === 'GET' && path.includes(part))

describe('every add-on as it really is', () => {
  it('has the status of its account, and whose config vars the app has', async () => {
    const [sid, suspended] = [await addAddon(world), await addAddon(world, 'web-default')]
    await ensureAccountStatus(world.main, suspended, 'suspended')
    await world.setConfigVars(vars(sid))
    expect(await seen()).toEqual([
      [APP, 'active', 'set'],
      ['web-default', 'suspended', 'missing'],
    ])
    await world.setConfigVars({TWILIO_AUTH_TOKEN: 'of another time'})
    expect(await seen()).toContainEqual([APP, 'active', 'wrong token'])
    await world.setConfigVars(vars(suspended))
    expect(await seen()).toContainEqual([APP, 'active', 'foreign'])
  })

  it('asks for the accounts together, and singly only for one that the list does not show', async () => {
    await addAddon(world)
    world.sandbox.faults.add({path: 'Accounts.json', nth: 2, when: 'after', do: {listsLateMs: 60_000}})
    const one = async () => (await seen(null))[0]?.[1]
    expect([await one(), asked('/Accounts/').length]).toEqual(['active', 0])
    expect([await one(), asked('/Accounts/').length]).toEqual(['active', 1])
  })

  it('has an account that Twilio forgot as closed, and none before there is one', async () => {
    await addAddon(world, APP, {accountSid: `AC${'f'.repeat(32)}`})
    const {accountSid, ...unmade} = addonRecord({appSpace: 'new-default', state: 'provisioning'})
    await world.context.registry.create(unmade, Promise.resolve())
    expect(await seen(null)).toEqual([
      [APP, 'closed', undefined],
      ['new-default', undefined, undefined],
    ])
  })
})

describe('config vars are not known', () => {
  it('without a login at Akkeris, and of an app-space of another host', async () => {
    await addAddon(world)
    expect(await seen(null)).toEqual([[APP, 'active', undefined]])
    await world.write({host: 'other.example.com'})
    expect(await seen()).toEqual([[APP, 'active', undefined]])
  })

  it('where Akkeris does not answer: the list is of use without them; Ctrl-C ends it', async () => {
    await addAddon(world)
    const path = 'config-vars'
    world.sandbox.faults.add({path, when: 'before', times: 99, do: {status: 403}})
    expect(await seen()).toEqual([[APP, 'active', undefined]])
    const stop = () => Promise.reject(interrupted())
    const transport = {...world.transport, sender: () => stop}
    await expect(seen({...world.akkeris, transport})).rejects.toMatchObject({code: 'INTERRUPTED'})
  })

  it('of more than a hundred add-ons: that would take a request for each', async () => {
    const {accountSid, ...unmade} = addonRecord({state: 'provisioning'})
    for (let count = 0; count <= 100; count++)
      await world.context.registry.create({...unmade, appSpace: `app-${count}`}, Promise.resolve())
    expect(new Set((await seen()).map(([, , configVars]) => configVars))).toEqual(new Set([undefined]))
    expect(asked('config-vars')).toEqual([])
  })
})
