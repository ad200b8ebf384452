import {beforeEach, describe, expect, it} from '@jest/globals'

import {fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {ensureAddress, ensureBundleClone, fetchAddress, listAddresses} from '../../../src/lib/twilio/regulation.js'
import {openSubaccount, type Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {freely, type InProcess, office, startInProcess} from '../../support/in-process.js'

let world: InProcess
let sub: Subaccount
beforeEach(async () => {
  world = await startInProcess()
  sub = openSubaccount(world.main, await fetchAccount(world.main, (await world.newSubaccount()).sid))
})

const posts = () =>
  world.sandbox.requests.filter(({method, path}) => method === 'POST' && /Addresses|Clones/.test(path))

describe('the copy of an address', () => {
  it('says the same, and is not corrected: it could not be recognised then', async () => {
    const sid = await ensureAddress(sub, office, freely)
    expect(await fetchAddress(sub.twilio, sid)).toEqual(office)
    expect(posts()).toMatchObject([{form: {AutoCorrectAddress: 'false'}}])
  })

  it('is made where none says the same in every part', async () => {
    const sid = await ensureAddress(sub, office, freely)
    expect(await ensureAddress(sub, office, freely)).toBe(sid)
    for (const part of ['street', 'streetSecondary', 'city', 'region', 'postalCode'] as const)
      expect(await ensureAddress(sub, {...office, [part]: 'another'}, freely)).not.toBe(sid)
    expect(await listAddresses(sub.twilio)).toHaveLength(6)
  })

  it('is made once where the answer is lost, and the list late', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'Addresses', when: 'after', do: {drop: true}})
    world.sandbox.faults.add({method: 'GET', when: 'after', times: 4, do: {listsLateMs: 60_000}})
    const sid = await ensureAddress(sub, office, freely)
    expect((await listAddresses(sub.twilio)).map((each) => each.sid)).toEqual([sid])
  })
})

it('addresses are listed oldest first', async () => {
  for (const customerName of ['C', 'A', 'B']) {
    await ensureAddress(sub, {...office, customerName}, freely)
    await world.transport.sleep(1000)
  }
  expect((await listAddresses(sub.twilio)).map(({customerName}) => customerName)).toEqual(['C', 'A', 'B'])
})

it('a bundle is cloned once, and the clone recognised by its name', async () => {
  const bundleSid = await world.sandbox.read(({bundles}) => bundles[0]?.sid ?? '')
  world.sandbox.faults.add({method: 'POST', path: 'Clones', when: 'after', do: {drop: true}})
  const clone = await ensureBundleClone(world.main, sub, bundleSid, freely)
  expect(clone).not.toBe(bundleSid)
  expect(await ensureBundleClone(world.main, sub, bundleSid, freely)).toBe(clone)
  expect(posts()).toHaveLength(1)
})
