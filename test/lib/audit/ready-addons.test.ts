import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../../src/lib/addon/context.js'
import type {AddonRecord} from '../../../src/lib/addon/record.js'
import type {SeenAddon} from '../../../src/lib/addon/see-all.js'
import {blockedNumbers, withoutAlerts} from '../../../src/lib/audit/ready-addons.js'
import {listSubaccounts} from '../../../src/lib/twilio/accounts.js'
import {
  addAddon,
  type AddonInProcess,
  addonRecord,
  APP,
  buyIn,
  startAddonInProcess,
} from '../../support/in-process-addon.js'
import {putReviewed, type Reviewed} from '../../support/in-process-registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startAddonInProcess()
})

/** An add-on with a subaccount and a number. */
async function add(
  appSpace = APP,
  changes: Partial<AddonRecord> = {},
): Promise<SeenAddon & {record: {accountSid: string}}> {
  const accountSid = await addAddon(world, appSpace)
  const {sid, e164} = await buyIn(world, accountSid)
  const record = {...addonRecord({appSpace, phoneNumber: {sid, e164, transferred: false}, ...changes}), accountSid}
  return {record, accountStatus: 'active', configVars: 'set'}
}
/** The same main account, by an API key. */
const byApiKey = (): AddonContext => ({...world.context, main: {...world.context.main, usesApiKey: true}})
const notAtWork: readonly [string, (addon: SeenAddon) => SeenAddon][] = [
  ['is not ready', (addon) => ({...addon, record: {...addon.record, state: 'changing'}})],
  ['is suspended', (addon) => ({...addon, accountStatus: 'suspended'})],
]

describe('alerts', () => {
  const missing = async (addons: readonly SeenAddon[], context = world.context) => {
    const findings = await withoutAlerts(context, addons, () => undefined)
    return findings.map(({appSpace}) => appSpace)
  }
  const trigger = async ({record: {accountSid}}: {record: {accountSid: string}}, friendlyName: string) => {
    const {v2010} = await world.main.api()
    const options = {
      callbackUrl: 'https://ops.example.com',
      triggerValue: '100',
      usageCategory: 'sms',
      recurring: 'monthly',
    } as const
    await v2010.accounts(accountSid).usage.triggers.create({...options, triggerBy: 'usage', friendlyName})
  }

  it('that are not set are noted with the command that sets them', async () => {
    expect(await withoutAlerts(world.context, [await add()], () => undefined)).toMatchObject([
      {
        kind: 'no-alerts',
        severity: 'note',
        detail: 'api-default: no alerts are set.',
        commands: [expect.stringContaining('twilio:alerts:set -a api-default --url URL')],
        fix: null,
      },
    ])
  })

  it('are missing where there are none of ours', async () => {
    const [none, ours, others] = [await add(), await add('web-prod'), await add('job-prod')]
    await trigger(ours, 'aka-twilio sms 80%')
    await trigger(others, 'by hand')
    expect(await missing([none, ours, others])).toEqual([APP, 'job-prod'])
  })

  it('that cannot be read are not said to be missing, and hide no others', async () => {
    const [unread, none] = [await add(), await add('web-prod')]
    world.sandbox.faults.add({
      path: `${unread.record.accountSid}/Usage/Triggers`,
      when: 'before',
      times: 9,
      do: {status: 403},
    })
    expect(await missing([unread, none])).toEqual(['web-prod'])
  })

  it.each(notAtWork)('are not asked about where an add-on %s', async (_, changed) => {
    expect(await missing([changed(await add())])).toEqual([])
  })

  it('are not asked about with an API key: it would take a request for the token of each', async () => {
    const addon = await add()
    const before = world.sandbox.requests.length
    expect(await missing([addon], byApiKey())).toEqual([])
    expect(world.sandbox.requests.length).toBe(before)
  })
})

describe('a number', () => {
  const blocked = async (addons: readonly SeenAddon[], context = world.context) =>
    blockedNumbers(context, {addons, accounts: await listSubaccounts(world.main)}, () => undefined)
  const put = ({record}: {record: AddonRecord & {accountSid: string}}, is?: NonNullable<Reviewed['campaign']>['is']) =>
    putReviewed(world, record.accountSid, {campaign: {numberSid: record.phoneNumber?.sid ?? '', ...(is && {is})}})

  it.each([
    ['none', 'it is not registered'],
    ['in-review', 'its registration is in review'],
    ['rejected', 'its registration was rejected'],
  ] as const)('whose SMS are not delivered is noted with the reason (campaign: %s)', async (is, why) => {
    const addon = await add()
    await put(addon, is === 'none' ? undefined : is)
    const {e164} = addon.record.phoneNumber ?? {}
    expect(await blocked([addon])).toMatchObject([
      {
        kind: 'sms-blocked',
        severity: 'note',
        appSpace: APP,
        detail: `api-default: US carriers do not deliver SMS from ${e164}: ${why}.`,
        commands: [expect.stringContaining('twilio:registration -a api-default')],
      },
    ])
  })

  it('that is registered, needs no registration, or of which nothing is known, is not noted', async () => {
    const registered = await add()
    await put(registered, 'approved')
    const foreign = await add('web-prod', {
      phoneNumber: {sid: `PN${'3'.repeat(32)}`, e164: '+447400123456', transferred: false},
    })
    expect(await blocked([registered, foreign])).toEqual([])
    world.sandbox.faults.add({path: 'messaging.twilio.com', when: 'before', times: 9, do: {status: 403}})
    expect(await blocked([await add('job-prod')])).toEqual([])
  })

  it('of each add-on is looked at by itself', async () => {
    const [registered, other] = [await add(), await add('web-prod')]
    await put(registered, 'approved')
    expect((await blocked([registered, other])).map(({appSpace}) => appSpace)).toEqual(['web-prod'])
  })

  it.each(notAtWork)('is not asked about where an add-on %s', async (_, changed) => {
    expect(await blocked([changed(await add())])).toEqual([])
  })

  it('is not asked about with an API key', async () => {
    expect(await blocked([await add()], byApiKey())).toEqual([])
  })
})
