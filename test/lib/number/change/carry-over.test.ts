import {expect, it} from '@jest/globals'

import {changeNumber} from '../../../../src/lib/number/change/change.js'
import {numberChangedDocument, numberChangePreviewDocument} from '../../../../src/lib/number/change/document.js'
import {planChange} from '../../../../src/lib/number/change/plan.js'
import {changeRequest} from '../../../../src/lib/number/change/request.js'
import type {GivenOptions} from '../../../../src/lib/number/options.js'
import {followRegistration} from '../../../../src/lib/registration/follow.js'
import {readForm} from '../../../../src/lib/registration/form.js'
import {readRegistration} from '../../../../src/lib/registration/read.js'
import {submitRegistration} from '../../../../src/lib/registration/submit.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../../support/in-process-addon.js'
import {REGISTRATION} from '../../../support/registration.js'

async function startRegistered(number: GivenOptions = {}): Promise<AddonInProcess> {
  const world = await startReadyAddon(number)
  const form = readForm('registration.yaml', REGISTRATION)
  const options = {mock: false, brandSid: undefined}
  const submitted = await submitRegistration(world.context, APP, form, options)
  await followRegistration(world.context, APP, form, {options, submitted})
  return world
}

async function change({context}: AddonInProcess, options: GivenOptions = {}) {
  const request = changeRequest(options, {appSpace: APP, keepOld: false, from: undefined}, 'US')
  const plan = await planChange(context, request)
  if (plan.state === 'already') throw new Error('there is nothing to change')
  const planned = numberChangePreviewDocument(plan, undefined).registration
  return {planned, ...numberChangedDocument(await changeNumber(context, request, plan))}
}

const sending = async ({context}: AddonInProcess) => (await readRegistration(context, APP)).sending.state

it('a local number passes its registration on: the new one may send before the old one goes', async () => {
  const world = await startRegistered()
  world.sandbox.faults.add({
    when: 'after',
    do: {drop: true},
    method: 'POST',
    path: 'Services/MG[0-9a-f]+/PhoneNumbers$',
  })
  const before = world.sandbox.requests.length
  expect(await change(world)).toMatchObject({planned: 'carried', registration: 'carried', pendingRegistrations: null})
  expect(await sending(world)).toBe('verified')
  const {messagingServices, campaigns} = await world.state()
  expect([messagingServices.length, campaigns.length]).toEqual([1, 1])
  const sent = world.sandbox.requests.slice(before).map(({method, path}) => `${method} ${path}`)
  const [joined, released] = [/^POST .*PhoneNumbers$/, /^DELETE .*IncomingPhoneNumbers/].map((line) =>
    sent.findIndex((each) => line.test(each) && !each.includes('Incoming') === line.source.startsWith('^POST')),
  )
  expect(joined).toBeGreaterThan(-1)
  expect(released).toBeGreaterThan(joined ?? 0)
})

it('a toll-free number, or one of another kind, is said to lose it', async () => {
  const world = await startRegistered({type: 'toll-free'})
  expect(await change(world, {type: 'toll-free'})).toMatchObject({planned: 'lost', registration: 'lost'})
  expect(await sending(world)).toBe('not-registered')
})

it('nothing is said of a number that has none', async () => {
  expect(await change(await startReadyAddon())).toMatchObject({planned: null, registration: null})
})
