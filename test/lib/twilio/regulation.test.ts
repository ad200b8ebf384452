import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  createAddress,
  fetchAddress,
  findAddress,
  findBundle,
  listAddresses,
} from '../../../src/lib/twilio/regulation.js'
import {startInProcess, type InProcess} from '../../support/in-process.js'

const office = {
  customerName: 'ACME',
  street: '1 Main St',
  streetSecondary: '',
  city: 'Provo',
  region: 'UT',
  postalCode: '84601',
  isoCountry: 'US',
}

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

describe('an address', () => {
  it('is copied as it is, and recognised by everything that it says', async () => {
    const sub = await world.newSubaccount()
    expect(await findAddress(sub, office)).toBeUndefined()
    const sid = await createAddress(sub, office, {})
    expect(await fetchAddress(sub, sid)).toEqual(office)
    expect(await findAddress(sub, office)).toBe(sid)
    for (const part of ['street', 'streetSecondary', 'city', 'region', 'postalCode'] as const)
      expect(await findAddress(sub, {...office, [part]: 'another'})).toBeUndefined()
    const {form} =
      world.sandbox.requests.find(({method, path}) => method === 'POST' && path.includes('Addresses')) ?? {}
    expect(form).toMatchObject({AutoCorrectAddress: 'false'})
  })

  it('may have a second line', async () => {
    const floor = {...office, streetSecondary: 'Floor 3'}
    const sid = await createAddress(world.main, floor, {})
    expect(await fetchAddress(world.main, sid)).toEqual(floor)
    expect(await findAddress(world.main, office)).not.toBe(sid)
  })

  it('is listed with its SID, oldest first', async () => {
    const before = (await listAddresses(world.main)).length
    const sids = []
    for (const customerName of ['B', 'A']) {
      await world.transport.sleep(1000)
      sids.push(await createAddress(world.main, {...office, customerName}, {}))
    }
    const listed = (await listAddresses(world.main)).slice(before)
    expect(listed.map(({sid, customerName}) => [sid, customerName])).toEqual([
      [sids[0], 'B'],
      [sids[1], 'A'],
    ])
  })
})

it('a bundle is found by its whole name', async () => {
  expect(await findBundle(world.main, 'nothing of that name')).toBeUndefined()
})
