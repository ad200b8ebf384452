import {describe, expect, it} from '@jest/globals'

import {temporary} from '../../../src/lib/errors.js'
import {readForm} from '../../../src/lib/registration/form.js'
import {requireRegistrable, submitRegistration} from '../../../src/lib/registration/submit.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addAddon, addonRecord, APP, startAddonInProcess, startReadyAddon} from '../../support/in-process-addon.js'
import {putReviewed, sidAt} from '../../support/in-process-registration.js'
import {REGISTRATION} from '../../support/registration.js'

const options = {mock: false, brandSid: undefined}
const later = temporary('SERVICE_UNAVAILABLE', 'No answer.')
const form = readForm('registration.yaml', REGISTRATION)
const number = (e164: string) => ({sid: `PN${'2'.repeat(32)}`, e164, transferred: false})
const [local, tollFree, foreign] = ['+18015550100', '+18005550100', '+447400123456'].map(number)

describe('a number', () => {
  it.each([
    ['a local one', local, {mock: true, brandSid: undefined}],
    ['a local one with a brand that there is', local, {mock: false, brandSid: 'BN1'}],
    ['a toll-free one', tollFree, options],
  ])('can be registered: %s', (_, held, how) => {
    expect(() => requireRegistrable(APP, held ?? number(''), how)).not.toThrow()
  })

  it.each([
    ['one outside the US', foreign, options, 'REGISTRATION_NOT_NEEDED', 'twilio:number -a api-default'],
    ['a toll-free one with a mock brand', tollFree, {...options, mock: true}, 'REGISTRATION_HAS_NO_BRAND', '--mock'],
    ['a toll-free one with a brand', tollFree, {...options, brandSid: 'BN1'}, 'REGISTRATION_HAS_NO_BRAND', '--brand'],
  ])('cannot be registered: %s', (_, held, how, code, suggestion) => {
    expect(() => requireRegistrable(APP, held ?? number(''), how)).toThrow(
      expect.objectContaining({code, exitCode: 2, suggestions: [expect.stringContaining(suggestion)]}),
    )
  })
})

describe('an interrupted registration', () => {
  const line = 'twilio:registration:submit -a api-default'

  it.each([
    ['as it was begun', {}, `\`aka ${line}\``],
    ['with the mock brand', {mock: true}, `\`aka ${line} --mock\``],
    ['with the brand that was named', {brandSid: sidAt('BN', 1)}, `\`aka ${line} --brand ${sidAt('BN', 1)}\``],
  ])('is resumed %s', async (_, changes, command) => {
    const world = await startReadyAddon()
    const {accountSid = ''} = (await world.record()) ?? {}
    await putReviewed(world, accountSid, {profiles: [['approved']], brands: [['approved', 1]]})
    const interrupted = {...world.context, progress: async () => Promise.reject(later)}
    await expect(submitRegistration(interrupted, APP, form, {...options, ...changes})).rejects.toMatchObject({
      suggestions: [expect.stringContaining(command)],
    })
  })
})

describe('an add-on', () => {
  it.each([
    ['there is none', undefined, 'ADDON_NOT_FOUND'],
    ['it is unfinished', {state: 'provisioning'}, 'ADDON_UNFINISHED'],
    ['its number needs no registration', {phoneNumber: foreign}, 'REGISTRATION_NOT_NEEDED'],
  ] as const)('is not registered where %s, and nothing is made', async (_, changes, code) => {
    const world = await startAddonInProcess()
    if (changes) await world.write(changes as Parameters<typeof world.write>[0])
    const sofar = world.sandbox.requests.length
    await expect(submitRegistration(world.context, APP, form, options)).rejects.toMatchObject({code})
    expect(world.sandbox.requests.slice(sofar).filter(({host}) => /trusthub|messaging/.test(host))).toEqual([])
    expect((await world.record())?.lease).toBeFalsy()
  })

  it('has its number before it is registered, and a subaccount that is at work', async () => {
    const world = await startAddonInProcess()
    const {phoneNumber: _, ...without} = addonRecord({appSpace: 'web-prod'})
    await world.context.registry.create(without, Promise.resolve())
    await expect(submitRegistration(world.context, 'web-prod', form, options)).rejects.toMatchObject({
      code: 'NUMBER_NOT_FOUND',
    })
    await ensureAccountStatus(world.main, await addAddon(world), 'suspended')
    await expect(submitRegistration(world.context, APP, form, options)).rejects.toMatchObject({
      code: 'SUBACCOUNT_NOT_ACTIVE',
    })
  })
})
