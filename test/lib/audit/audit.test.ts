import {beforeEach, describe, expect, it} from '@jest/globals'

import {requireEntry} from '../../../src/lib/addon/info.js'
import {subaccountName} from '../../../src/lib/addon/record.js'
import {audit} from '../../../src/lib/audit/audit.js'
import {fixFindings} from '../../../src/lib/audit/fix.js'
import {keepForInvoices} from '../../../src/lib/invoice/destroyed.js'
import {ensureAccountStatus, ensureSubaccount} from '../../../src/lib/twilio/accounts.js'
import {updateItem} from '../../../src/lib/twilio/sync-map.js'
import {freely} from '../../support/in-process.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
})

const problems = async () => {
  const {findings} = await audit(world.context)
  return findings.filter(({severity}) => severity === 'problem')
}
const fixAll = async () => fixFindings(world.context, await problems())
const orphan = async (appSpace: string) => {
  const {registry, akkeris, main} = world.context
  const name = subaccountName({registry: registry.name, host: akkeris.host, appSpace})
  return ensureSubaccount(main, name, freely)
}

it('finds no problem where there is none, and notes that no alerts are set', async () => {
  const {findings} = await audit(world.context)
  expect(findings).toMatchObject([
    {kind: 'no-alerts', severity: 'note', appSpace: APP, fix: null},
    {kind: 'sms-blocked', severity: 'note', appSpace: APP, fix: null},
  ])
  expect(findings[1]?.detail).toContain('it is not registered')
})

describe('an orphaned subaccount', () => {
  it('is found with what it costs, and closed where nobody uses it', async () => {
    const {sid} = await orphan('old-dev')
    expect(await problems()).toMatchObject([
      {
        kind: 'orphaned-subaccount',
        appSpace: 'old-dev',
        accountSid: sid,
        commands: [expect.stringContaining('addons:destroy twilio -a old-dev')],
        fix: 'close it',
      },
    ])
    expect(await fixAll()).toMatchObject([{fixed: true}])
    expect(await problems()).toEqual([])
    expect((await world.state()).accounts.find((account) => account.sid === sid)?.status).toBe('closed')
  })

  it('of an app-space that has an add-on is for a person to close', async () => {
    await orphan(APP)
    expect(await problems()).toMatchObject([{kind: 'orphaned-subaccount', fix: null}])
  })
})

it('the subaccount of an add-on whose item cannot be read is no orphan', async () => {
  const {main, registry} = world.context
  const {record, revision} = await requireEntry(world.context, APP)
  await updateItem(main, registry.name, APP, {...record, state: 'redy'}, {revision})
  expect((await audit(world.context)).findings).toMatchObject([
    {kind: 'unknown-item', detail: expect.stringMatching(new RegExp(`item ${APP} cannot be read`))},
  ])
})

it('config vars that are missing are restored, those of somebody else are not', async () => {
  await world.setConfigVars({TWILIO_PHONE_NUMBER: ''})
  const before = await world.state()
  await world.sandbox.change(
    ({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_PHONE_NUMBER'),
  )
  expect(await fixAll()).toMatchObject([{kind: 'config-vars-missing', fixed: true}])
  expect(await world.configVars()).toMatchObject({TWILIO_PHONE_NUMBER: expect.stringMatching(/^\+1/)})
  expect((await world.state()).incomingNumbers).toHaveLength(before.incomingNumbers.length)

  await world.setConfigVars({TWILIO_AUTH_TOKEN: 'of before a rotation elsewhere'})
  expect(await fixAll()).toMatchObject([{kind: 'config-vars-outdated', fixed: true}])
  const {accounts} = await world.state()
  expect((await world.configVars()).TWILIO_AUTH_TOKEN).toBe(
    accounts.find(({friendlyName}) => friendlyName.includes(APP))?.authToken,
  )

  await world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`})
  expect(await problems()).toMatchObject([{kind: 'config-vars-foreign', fix: null}])
})

it('the record of a subaccount that was closed is removed', async () => {
  const {accountSid = ''} = (await world.record()) ?? {}
  await ensureAccountStatus(world.context.main, accountSid, 'closed')
  const [found] = await problems()
  expect(found).toMatchObject({kind: 'subaccount-closed', pricePerMonth: expect.any(Number)})
  expect(found?.detail).toContain('still invoiced')
  expect(await fixAll()).toMatchObject([{fixed: true}])
  expect(await world.record()).toBeUndefined()
})

it('an interrupted destruction is finished; for an interrupted creation there is only a command', async () => {
  await world.write({state: 'provisioning'})
  expect(await problems()).toMatchObject([
    {kind: 'unfinished', fix: null, commands: [expect.stringContaining('addons:create')]},
  ])
  await world.write({state: 'destroying', intent: {operation: 'destroy', keepNumber: false}})
  expect(await fixAll()).toMatchObject([{kind: 'unfinished', fixed: true}])
  expect(await world.record()).toBeUndefined()
})

it('what a run is at work on now is no finding', async () => {
  await world.write({state: 'changing', lease: {holder: 'another run', seconds: 3600}})
  expect(await problems()).toEqual([])
})

it('records of destroyed add-ons that invoices need no longer are noted, and removed', async () => {
  const record = await world.record()
  if (!record) throw new Error('there is none')
  await keepForInvoices(world.context, record)
  expect((await audit(world.context)).findings.map(({kind}) => kind)).not.toContain('old-record')
  await world.sandbox.change(({syncMaps}) => {
    for (const {items} of syncMaps)
      for (const [key, {data}] of Object.entries(items))
        if (key.includes('/destroyed-')) Object.assign(data as object, {destroyedAt: '2020-01-31T00:00:00.000Z'})
  })
  const {findings} = await audit(world.context)
  const old = findings.filter(({kind}) => kind === 'old-record')
  expect(old).toMatchObject([{severity: 'note', appSpace: APP, fix: 'remove the record'}])
  expect(old[0]?.detail).toContain('2020-01-31')
  expect(await fixFindings(world.context, old)).toMatchObject([{fixed: true}])
  expect((await audit(world.context)).findings.map(({kind}) => kind)).not.toContain('old-record')
  expect(await world.record()).toBeDefined()
})
