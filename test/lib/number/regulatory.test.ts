import {beforeEach, expect, it} from '@jest/globals'

import {copyRegulatory} from '../../../src/lib/number/regulatory.js'
import {ensureAddress, listAddresses} from '../../../src/lib/twilio/regulation.js'
import type {Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {freely, office} from '../../support/in-process.js'
import {type AddonInProcess, openExisting, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
let sub: Subaccount
let [addressSid, bundleSid]: [string, string] = ['', '']
beforeEach(async () => {
  world = await startAddonInProcess()
  sub = await openExisting(world, (await world.newSubaccount()).sid)
  addressSid = await ensureAddress(await openExisting(world, world.main.sid), office, freely)
  bundleSid = await world.sandbox.read(({bundles}) => bundles[0]?.sid ?? '')
})

const copy = (regulatory: Parameters<typeof copyRegulatory>[2]) =>
  copyRegulatory(world.context, sub, regulatory, freely)

it('an address and a bundle of the main account are copied into the subaccount, each once, and a person sees that', async () => {
  const copied = await copy({addressSid, bundleSid})
  expect(await listAddresses(sub.twilio)).toEqual([{...office, sid: copied.addressSid}])
  const {bundles} = await world.state()
  expect(bundles.find(({sid}) => sid === copied.bundleSid)).toMatchObject({accountSid: sub.account.sid})
  expect(await copy({addressSid, bundleSid})).toEqual(copied)
  expect(world.progress.slice(0, 2)).toEqual([
    `copying the address ${addressSid} into ${sub.account.sid}`,
    `copying the bundle ${bundleSid} into ${sub.account.sid}`,
  ])
})

it('what the number does not need is not copied', async () => {
  expect(await copy({})).toEqual({})
  expect(Object.keys(await copy({addressSid}))).toEqual(['addressSid'])
  expect(Object.keys(await copy({bundleSid}))).toEqual(['bundleSid'])
})

it('an address that the main account does not have is not copied', async () => {
  const missing = `AD${'9'.repeat(32)}`
  await expect(copy({addressSid: missing, bundleSid})).rejects.toMatchObject({exitCode: 1})
  expect(await listAddresses(sub.twilio)).toEqual([])
})
