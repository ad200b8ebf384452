import {beforeEach, describe, expect, it} from '@jest/globals'

import type {ChangeNumberIntent, DestroyIntent, HeldNumber, NumberSource} from '../../../src/lib/addon/record.js'
import {keepingOf, keepNumbers} from '../../../src/lib/number/keep.js'
import {ensureAccountStatus, fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, addonRecord, buyIn, numbersIn, startReadyAddon} from '../../support/in-process-addon.js'

const old = {sid: 'PN1', e164: '+18015550100', transferred: false}
const next = {sid: 'PN2', e164: '+18015550199', transferred: true}

function change(source: NumberSource, keepOld = false): ChangeNumberIntent {
  const made = {operation: 'create', plan: 'small', country: 'US', type: 'local'} as const
  return {...made, operation: 'change-number', made, old, keepOld, source}
}

const fromMain: NumberSource = {from: 'main account', number: next, webhooks: {}}
const fromSub: NumberSource = {from: 'subaccount', number: next, webhooks: {}}
const bought: NumberSource = {from: 'Twilio', candidates: [next.e164, '+18015550198']}

describe('the numbers that outlive an add-on', () => {
  it('are none unless it was said, now or by a run that was interrupted', () => {
    expect(keepingOf(addonRecord(), false)).toEqual({operation: 'destroy', keepNumber: false})
    expect(keepingOf(addonRecord(), true)).toEqual({operation: 'destroy', keepNumber: true})
    const intent: DestroyIntent = {operation: 'destroy', keepNumber: true, alsoKeep: [old.e164]}
    expect(keepingOf(addonRecord({state: 'destroying', intent}), false)).toEqual(intent)
  })

  it('include one that the main account had before a creation that is unfinished', () => {
    const transferred = addonRecord({phoneNumber: next})
    expect(keepingOf({...transferred, state: 'provisioning'}, false)).toMatchObject({keepNumber: true})
    expect(keepingOf({...transferred, state: 'ready'}, false)).toMatchObject({keepNumber: false})
  })

  it.each<[string, ChangeNumberIntent, boolean, string[] | undefined]>([
    ['nothing of a purchase', change(bought), false, undefined],
    ['the old one, where the change was to keep it', change(bought, true), false, [old.e164]],
    ['what the main account had before', change(fromMain), false, [next.e164]],
    ['not what the subaccount had anyway', change(fromSub), false, undefined],
    ['with --keep-number all that may be the app’s: bought', change(bought), true, [old.e164, ...bought.candidates]],
    ['with --keep-number all that may be the app’s: held', change(fromSub), true, [old.e164, next.e164]],
  ])('include, of a change that is unfinished, %s', (_, intent, keepNumber, expected) => {
    expect(keepingOf(addonRecord({state: 'changing', intent}), keepNumber).alsoKeep).toEqual(expected)
  })
})

describe('numbers that are kept', () => {
  let world: AddonInProcess
  let number: HeldNumber
  let sid: string
  beforeEach(async () => {
    world = await startReadyAddon()
    const record = await world.record()
    ;[number, sid] = [record?.phoneNumber ?? old, record?.accountSid ?? '']
  })

  const keep = async (recorded: HeldNumber | undefined, intent: Partial<DestroyIntent> = {keepNumber: true}) =>
    keepNumbers(world.context, await fetchAccount(world.main, sid), recorded, {
      operation: 'destroy',
      keepNumber: false,
      ...intent,
    })
  const buyAnother = async () => (await buyIn(world, sid)).e164

  it('are in the main account then: the add-on’s own alone', async () => {
    const another = await buyAnother()
    expect(await keep(number)).toEqual([number.e164])
    expect(await numbersIn(world)).toEqual({main: [number.e164], sub: [another]})
  })

  it('are all, where the registry does not say which is the add-on’s', async () => {
    const another = await buyAnother()
    expect((await keep(undefined)).sort()).toEqual([number.e164, another].sort())
  })

  it('may be others than the add-on’s, or with it, and no more than those', async () => {
    const [another, third] = [await buyAnother(), await buyAnother()]
    expect(await keep(number, {alsoKeep: [another, '+18015550000']})).toEqual([another])
    expect((await numbersIn(world)).main).toEqual([another])
    expect(await keep(number, {keepNumber: true, alsoKeep: [another]})).toEqual([number.e164])
    expect((await numbersIn(world)).sub).toEqual([third])
  })

  it('are moved out of a suspended subaccount, which is resumed for that', async () => {
    await ensureAccountStatus(world.main, sid, 'suspended')
    expect(await keep(number)).toEqual([number.e164])
    expect(await fetchAccount(world.main, sid)).toMatchObject({status: 'active'})
  })

  it('are reported as lost where the subaccount was closed, unless an earlier run had moved them', async () => {
    await keep(number)
    await ensureAccountStatus(world.main, sid, 'closed')
    expect(await keep(number)).toEqual([number.e164])
    expect(world.warnings).toEqual([])
    expect(await keep(old)).toEqual([])
    expect(world.warnings).toEqual([expect.stringContaining('no number left to keep')])
  })

  it('are not looked for where none is to be kept', async () => {
    const account = await fetchAccount(world.main, sid)
    const from = world.sandbox.requests.length
    expect(await keepNumbers(world.context, account, number, {operation: 'destroy', keepNumber: false})).toEqual([])
    expect(world.sandbox.requests.slice(from)).toEqual([])
  })
})
