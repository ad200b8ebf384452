import {beforeEach, describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {readAllRegistrations} from '../../../src/lib/registration/fleet.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {
  addAddon,
  addNewer,
  type AddonInProcess,
  addonRecord,
  startAddonInProcess,
} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})
/** As Twilio lists them, backwards. */
class Backwards extends AddonRegistry {
  override async list() {
    const {records, unknown} = await super.list()
    return {records: records.toReversed(), unknown}
  }
}
const read = (onProgress: (done: number, all: number) => void = () => undefined) =>
  readAllRegistrations(new Backwards(world.main, 'aka-twilio'), onProgress)

describe('the registrations of all add-ons', () => {
  it('are those that have a number, by name; one that cannot be read does not hide the others', async () => {
    const suspended = await addAddon(world, 'web-default')
    await ensureAccountStatus(world.main, suspended, 'suspended')
    await putReviewed(world, await addAddon(world, 'api-default'), {profiles: [['in-review']]})
    const {phoneNumber: _, ...without} = addonRecord({appSpace: 'big-default'})
    await world.context.registry.create(without, Promise.resolve())
    const {entries} = await read()
    expect(entries.map(({record}) => record.appSpace)).toEqual(['api-default', 'web-default'])
    expect(entries).toMatchObject([
      {registration: {record: {appSpace: 'api-default'}, steps: {'customer-profile': {sid: sidAt('BU', 1)}}}},
      {failure: {code: 'SUBACCOUNT_NOT_ACTIVE', exitCode: 1}},
    ])
    expect(entries.map((entry) => [entry.registration === undefined, entry.failure === undefined])).toEqual([
      [false, true],
      [true, false],
    ])
  })

  it('take one reading of the accounts, however many there are', async () => {
    for (const appSpace of ['api-default', 'web-default', 'big-default']) await addAddon(world, appSpace)
    const from = world.sandbox.requests.length
    const told: string[] = []
    await read((done, all) => void told.push(`${done} of ${all}`))
    const asked = world.sandbox.requests.slice(from).filter(({path}) => path.includes('/Accounts'))
    expect(asked).toHaveLength(1)
    expect(told).toEqual(['1 of 3', '2 of 3', '3 of 3'])
  })

  it('leave out what another version wrote, and name it', async () => {
    await addAddon(world)
    await addNewer(world, 'newer')
    const {entries, unknown} = await read()
    expect([entries.length, unknown]).toEqual([1, ['newer']])
  })
})
