import {beforeEach, describe, expect, it} from '@jest/globals'

import {subaccountName} from '../../../src/lib/addon/record.js'
import type {AuditFinding} from '../../../src/lib/audit/document.js'
import {finding} from '../../../src/lib/audit/finding.js'
import {fixFindings} from '../../../src/lib/audit/fix.js'
import {interrupted} from '../../../src/lib/errors.js'
import {keepForInvoices} from '../../../src/lib/invoice/destroyed.js'
import {ensureAccountStatus, ensureSubaccount} from '../../../src/lib/twilio/accounts.js'
import {addUsage} from '../../../src/sandbox/server/usage.js'
import {freely} from '../../support/in-process.js'
import {
  addAddon,
  type AddonInProcess,
  addonRecord,
  APP,
  startAddonInProcess,
  startReadyAddon,
} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

const found = (kind: AuditFinding['kind'], changes: Partial<AuditFinding>) =>
  finding(kind, {appSpace: APP, detail: 'It is so.', fix: 'remove what is left of it', ...changes})
const fix = async (...findings: readonly AuditFinding[]) => fixFindings(world.context, findings)
const statusOf = async (sid: string) => (await world.state()).accounts.find((account) => account.sid === sid)?.status

/** A subaccount that belongs to no add-on, and the finding that says so. */
async function orphan(appSpace = 'old-dev') {
  const {registry, akkeris, main} = world.context
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  const {sid} = await ensureSubaccount(main, name, freely)
  return {sid, orphaned: found('orphaned-subaccount', {appSpace, accountSid: sid, fix: 'close it'})}
}

describe('an orphaned subaccount', () => {
  const use = (accountSid: string, day: string, category = 'sms') =>
    world.sandbox.change((state, now) => void addUsage(state, now, {accountSid, category, usage: 1, day}))

  it('is closed where it was used for nothing in this month and the last', async () => {
    const {sid, orphaned} = await orphan()
    await use(sid, '2026-01-31')
    expect(await fix(orphaned)).toMatchObject([{fixed: true}])
    expect(await statusOf(sid)).toBe('closed')
  })

  it.each([
    ['this month', '2026-03-09', 'sms'],
    ['last month', '2026-02-01', 'sms'],
    ['calls', '2026-03-09', 'calls'],
    ['messages of SIMs', '2026-03-09', 'wireless-super-sim-smscommands'],
  ])('stays where it has traffic: %s', async (_, day, category) => {
    const {sid, orphaned} = await orphan()
    await use(sid, day, category)
    expect(await fix(orphaned)).toEqual([
      {...orphaned, fixed: false, notFixed: `${sid} has traffic: somebody may use it.`},
    ])
    expect(await statusOf(sid)).toBe('active')
  })

  it('stays where Twilio does not say whether it has traffic', async () => {
    const {sid, orphaned} = await orphan()
    const none = {status: 200, body: JSON.stringify({usage_records: [], next_page_uri: null})}
    world.sandbox.faults.add({path: `${sid}/Usage/Records`, when: 'before', do: none})
    expect(await fix(orphaned)).toMatchObject([
      {fixed: false, notFixed: `Twilio does not say whether ${sid} is in use.`},
    ])
    expect(await statusOf(sid)).toBe('active')
  })

  it('stays where the app-space has an add-on by now', async () => {
    const {sid, orphaned} = await orphan()
    await addAddon(world, 'old-dev')
    expect(await fix(orphaned)).toMatchObject([{fixed: false, notFixed: 'old-dev now has an add-on.'}])
    expect(await statusOf(sid)).toBe('active')
  })
})

describe('an add-on', () => {
  const destruction = {state: 'destroying', intent: {operation: 'destroy', keepNumber: false}} as const

  it('whose destruction was interrupted is removed, unless it is at work again', async () => {
    await world.write(destruction)
    expect(await fix(found('unfinished', {}))).toMatchObject([{fixed: true}])
    expect(await world.record()).toBeUndefined()
    await world.write({state: 'ready'})
    expect(await fix(found('unfinished', {}))).toMatchObject([
      {fixed: false, notFixed: 'api-default is no longer being destroyed.'},
    ])
    expect(await world.record()).toMatchObject({state: 'ready'})
  })

  it('whose subaccount was closed is removed, unless it has another one by now', async () => {
    const closed = await addAddon(world)
    await ensureAccountStatus(world.main, closed, 'closed')
    const {sid} = await world.newSubaccount()
    await world.write({accountSid: sid})
    const isClosed = found('subaccount-closed', {accountSid: closed})
    expect(await fix(isClosed)).toMatchObject([{fixed: false, notFixed: `${sid} is no longer closed.`}])
    await world.write({accountSid: closed})
    expect(await fix(isClosed)).toMatchObject([{fixed: true}])
    expect(await world.record()).toBeUndefined()
    expect(await statusOf(sid)).toBe('active')
  })

  it('that is gone already is fixed', async () => {
    const before = world.sandbox.requests.length
    expect(await fix(found('unfinished', {}), found('subaccount-closed', {}))).toMatchObject([
      {fixed: true},
      {fixed: true},
    ])
    expect(world.sandbox.requests.slice(before).filter(({method}) => method !== 'GET')).toEqual([])
  })

  it('has its config vars restored', async () => {
    world = await startReadyAddon()
    const vars = await world.configVars()
    await world.sandbox.change(
      ({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_PHONE_NUMBER'),
    )
    expect(await fix(found('config-vars-missing', {fix: 'restore its config vars'}))).toMatchObject([{fixed: true}])
    expect(await world.configVars()).toEqual(vars)
  })
})

it('the records of destroyed add-ons of the app-space that invoices need no longer are removed, and no others', async () => {
  const destroyed = async (appSpace: string, destroyedAt?: string) => {
    await keepForInvoices(world.context, addonRecord({appSpace}))
    await world.sandbox.change(({syncMaps}) => {
      for (const {items} of syncMaps)
        for (const [key, {data}] of Object.entries(items))
          if (destroyedAt !== undefined && key.startsWith(`${appSpace}/destroyed-`))
            Object.assign(data as object, {destroyedAt})
    })
  }
  await destroyed(APP, '2020-01-31T00:00:00.000Z')
  await destroyed('web-prod', '2020-01-31T00:00:00.000Z')
  await destroyed('job-prod')
  expect(await fix(found('old-record', {fix: 'remove the record'}))).toMatchObject([{fixed: true}])
  const {syncMaps} = await world.state()
  const left = syncMaps.flatMap(({items}) => Object.keys(items)).map((key) => key.split('/')[0])
  expect(left.toSorted()).toEqual(['job-prod', 'web-prod'])
})

describe('of several findings', () => {
  it('those that nothing fixes stay as they are', async () => {
    const findings = [found('no-alerts', {fix: null}), found('orphaned-subaccount', {appSpace: null, fix: 'close it'})]
    expect(await fix(...findings)).toEqual(findings)
  })

  it('one that fails says why, and does not stop the others', async () => {
    const {sid, orphaned} = await orphan()
    const failing = found('config-vars-missing', {appSpace: 'gone-prod', fix: 'restore its config vars'})
    const [first, second] = await fix(failing, orphaned)
    expect(first).toMatchObject({fixed: false, notFixed: expect.stringContaining('gone-prod has no Twilio add-on')})
    expect(second).toMatchObject({fixed: true})
    expect(await statusOf(sid)).toBe('closed')
  })

  it('no more are fixed once a person ends the run', async () => {
    const {sid, orphaned} = await orphan()
    const stopping = {
      ...world.context,
      progress: async () => {
        throw interrupted()
      },
    }
    await world.write({state: 'destroying', intent: {operation: 'destroy', keepNumber: false}})
    const both = fixFindings(stopping, [found('unfinished', {}), orphaned])
    await expect(both).rejects.toMatchObject({outcome: 'interrupted'})
    expect(await statusOf(sid)).toBe('active')
  })
})
