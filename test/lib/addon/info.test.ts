import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  readInfo,
  requireActive,
  requireReady,
  requireRecord,
  requireSubaccount,
  untilReady,
} from '../../../src/lib/addon/info.js'
import {subaccountName} from '../../../src/lib/addon/record.js'
import {redacted} from '../../../src/lib/akkeris/config-vars.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, APP, startAddonInProcess} from '../../support/in-process-addon.js'

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startAddonInProcess()
  accountSid = (await world.newSubaccount()).sid
  await world.write({accountSid})
})

const failure = (code: string, exitCode: number) => ({code, exitCode})

describe('the record of an app-space', () => {
  it('is there, or the app-space has no add-on', async () => {
    expect(await requireRecord(world.context, APP)).toMatchObject({accountSid})
    await expect(requireRecord(world.context, 'web-default')).rejects.toMatchObject(failure('ADDON_NOT_FOUND', 4))
  })

  it('is not taken for that of an app-space of the same name at another Akkeris', async () => {
    await world.write({host: 'other.example.com'})
    await expect(requireRecord(world.context, APP)).rejects.toMatchObject(failure('HOST_MISMATCH', 6))
    await expect(untilReady(world.context, APP)).rejects.toMatchObject(failure('HOST_MISMATCH', 6))
  })

  it('is waited for while a run works on it, and refused where one was interrupted', async () => {
    const lease = await world.lease()
    world.duringWait(2, () => lease.release())
    expect(await untilReady(world.context, APP)).toMatchObject({state: 'ready'})
    expect(world.progress.join()).toMatch(/waiting/)
    await world.write({state: 'destroying'})
    await expect(untilReady(world.context, APP)).rejects.toMatchObject(failure('ADDON_UNFINISHED', 6))
  })

  it('that is unfinished names the command that resumes it', () => {
    expect(() => requireReady(addonRecord({state: 'provisioning'}))).toThrow(
      expect.objectContaining({
        suggestions: expect.arrayContaining([expect.stringContaining('aka addons:create')]) as unknown,
      }),
    )
    requireReady(addonRecord())
  })
})

describe('the subaccount of an add-on', () => {
  const read = async () => requireSubaccount(world.main, await requireRecord(world.context, APP))
  const active = async () => requireActive(world.context, await requireRecord(world.context, APP))

  it('may be suspended, but not where it is to work', async () => {
    expect(await active()).toMatchObject({sid: accountSid})
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    expect(await read()).toMatchObject({sid: accountSid, status: 'suspended'})
    await expect(active()).rejects.toMatchObject(failure('SUBACCOUNT_NOT_ACTIVE', 1))
  })

  it('is not there once it is closed, or gone, or before it was made', async () => {
    await ensureAccountStatus(world.main, accountSid, 'closed')
    await expect(read()).rejects.toMatchObject(failure('SUBACCOUNT_CLOSED', 1))
    await world.write({accountSid: `AC${'f'.repeat(32)}`})
    await expect(read()).rejects.toMatchObject(failure('SUBACCOUNT_CLOSED', 1))
    const {accountSid: none, ...rest} = addonRecord()
    await expect(requireSubaccount(world.main, rest)).rejects.toMatchObject(failure('SUBACCOUNT_NOT_CREATED', 4))
  })
})

it('asks for the subaccount by its name at first, and for one of another name by its SID', async () => {
  const name = subaccountName({registry: 'aka-twilio', host: world.context.akkeris.host, appSpace: APP})
  await world.newSubaccount(name)
  const paths = async () => {
    const from = world.sandbox.requests.length
    expect(await readInfo(world.context, APP)).toMatchObject({account: {sid: (await world.record())?.accountSid}})
    return world.sandbox.requests.slice(from).map(({path}) => path.split('/').at(-1))
  }
  expect(await paths()).toContain(`${accountSid}.json`)
  const [named] = (await world.state()).accounts.filter(({friendlyName}) => friendlyName === name)
  await world.write({accountSid: named?.sid ?? ''})
  expect((await paths()).sort()).toEqual(['Accounts.json', 'Services', APP, 'api-default', 'config-vars'])
})

describe('the config vars of an add-on', () => {
  const theirs = 'AC0'
  it.each([
    ['set', {TWILIO_SID: 'ours', TWILIO_AUTH_TOKEN: redacted, TWILIO_PHONE_NUMBER: '+18015550100'}],
    ['wrong token', {TWILIO_SID: 'ours', TWILIO_AUTH_TOKEN: 'x', TWILIO_PHONE_NUMBER: 'y'}],
    ['incomplete', {TWILIO_SID: 'ours', TWILIO_AUTH_TOKEN: 'x'}],
    ['incomplete', {TWILIO_AUTH_TOKEN: 'x', TWILIO_PHONE_NUMBER: 'y'}],
    ['foreign', {TWILIO_SID: theirs, TWILIO_AUTH_TOKEN: 'x', TWILIO_PHONE_NUMBER: 'y'}],
    ['missing', {OTHER: 'x'}],
  ])('are %s: %j', async (state, vars) => {
    await world.setConfigVars(
      'TWILIO_SID' in vars && vars.TWILIO_SID === 'ours' ? {...vars, TWILIO_SID: accountSid} : vars,
    )
    expect(await readInfo(world.context, APP)).toMatchObject({configVars: state, account: {sid: accountSid}})
  })

  it('are not there where the app is gone, and before there is a subaccount nothing else is', async () => {
    world.sandbox.faults.add({path: 'config-vars', when: 'before', do: {status: 404}})
    expect(await readInfo(world.context, APP)).toMatchObject({configVars: 'no such app'})
    const {accountSid: none, ...rest} = addonRecord({appSpace: 'web-default'})
    await world.context.registry.create(rest, Promise.resolve())
    expect(await readInfo(world.context, 'web-default')).toMatchObject({account: undefined, configVars: 'missing'})
  })
})
