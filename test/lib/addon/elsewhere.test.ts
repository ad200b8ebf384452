import {beforeEach, describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {findOwnSubaccount, isOwnName, registryOf, useItsRegistry} from '../../../src/lib/addon/elsewhere.js'
import {subaccountName} from '../../../src/lib/addon/record.js'
import {ensureAccountStatus, fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'

const host = 'apps.sandbox.invalid'
const nameIn = (registry: string, changes = {}) => subaccountName({registry, host, appSpace: APP, ...changes})

describe('the name of a subaccount', () => {
  it('says that this tool made it, for whatever app-space', () => {
    expect([APP, 'a'.repeat(60)].map((appSpace) => isOwnName(nameIn('aka-twilio', {appSpace})))).toEqual([true, true])
  })

  it.each([
    '',
    APP,
    'api-default aka-twilio',
    `api-default aka-twilio ${'a'.repeat(15)}`,
    `${nameIn('aka-twilio')} old`,
  ])('is not one of ours: %j', (name) => {
    expect(isOwnName(name)).toBe(false)
  })

  it('says with which registry it was made, if that is known', () => {
    const find = (friendlyName: string) =>
      registryOf({friendlyName}, ['aka-twilio', 'staging', 'test'], {host, appSpace: APP})
    expect(find(nameIn('staging'))).toBe('staging')
    expect(find(nameIn('of-another-machine'))).toBeUndefined()
    expect(find(nameIn('staging', {host: 'apps.example.com'}))).toBeUndefined()
    expect(find(nameIn('staging', {appSpace: 'web-default'}))).toBeUndefined()
  })
})

describe('a subaccount that config vars name', () => {
  let world: AddonInProcess
  beforeEach(async () => {
    world = await startAddonInProcess()
  })
  const find = (sid: string) => findOwnSubaccount(world.context, APP, sid)
  const make = async (friendlyName: string) => (await world.newSubaccount(friendlyName)).sid

  it.each(['active', 'suspended'] as const)('is ours while it is %s, with its registry', async (status) => {
    await new AddonRegistry(world.main, 'staging').create(addonRecord(), Promise.resolve())
    const sid = await make(nameIn('staging'))
    await ensureAccountStatus(world.main, sid, status)
    expect(await find(sid)).toMatchObject({account: {sid, status}, registry: 'staging'})
  })

  it('is ours although its registry is no longer there', async () => {
    const sid = await make(nameIn('staging'))
    expect(await find(sid)).toMatchObject({account: {sid}, registry: undefined})
  })

  it('is not ours where it is closed, has another name, or is of another main account', async () => {
    const closed = await make(nameIn('aka-twilio'))
    await ensureAccountStatus(world.main, closed, 'closed')
    for (const sid of [closed, await make('by hand'), `AC${'9'.repeat(32)}`]) expect(await find(sid)).toBeUndefined()
  })

  it('is not asked for where it is no SID', async () => {
    const from = world.sandbox.requests.length
    expect(await find('[redacted]')).toBeUndefined()
    expect(world.sandbox.requests.slice(from)).toEqual([])
  })
})

it('how to get at it names its registry, or who may know that', async () => {
  const {main} = await startAddonInProcess()
  const account = await fetchAccount(main)
  expect(useItsRegistry({account, registry: 'staging'})).toMatch(/"staging".*twilio:settings set registry staging$/)
  expect(useItsRegistry({account, registry: undefined})).toMatch(/twilio:settings get registry.*on the machine/)
})
