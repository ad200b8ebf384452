import {describe, expect, it} from '@jest/globals'
import {stringify} from 'yaml'

import type {AddonRecord} from '../../../src/lib/addon/record.js'
import {setAlerts} from '../../../src/lib/alerts/set.js'
import type {GivenOptions} from '../../../src/lib/number/options.js'
import {setNumber} from '../../../src/lib/number/set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {
  addAddon,
  type AddonInProcess,
  APP,
  startAddonInProcess,
  startReadyAddon,
} from '../../support/in-process-addon.js'
import {exportOf, planOf} from '../../support/in-process-fleet.js'

async function addUrlsWithSecrets(world: AddonInProcess): Promise<void> {
  await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage?token=abcdefghij', percents: [50, 90]})
  const urls = {voiceUrl: 'https://user:password@api.example.com/voice', smsUrl: 'https://api.example.com/sms'}
  await setNumber(world.context, APP, urls)
}

it('what is exported is what is applied: nothing differs, and nothing is written', async () => {
  const world = await startReadyAddon({areaCode: '801', anyArea: true})
  await addUrlsWithSecrets(world)
  const {document, ...rest} = await exportOf(world)
  expect(document.appSpaces).toEqual({
    [APP]: {
      plan: 'small',
      number: {country: 'US', areaCode: '801', anyArea: true},
      webhooks: {voiceUrl: 'https://user:password@api.example.com/voice', smsUrl: 'https://api.example.com/sms'},
      alerts: {url: 'https://ops.example.com/usage?token=abcdefghij', at: [50, 90]},
    },
  })
  expect(rest).toEqual({secretUrls: [], unknown: [], failures: []})
  for (const text of [stringify(document), JSON.stringify({...document, sandbox: true})]) {
    const sofar = world.sandbox.requests.length
    expect(await planOf(world, text, {prune: true})).toMatchObject({
      changes: [],
      blocked: [],
      unchanged: 1,
      undeclared: [],
    })
    expect(world.sandbox.requests.slice(sofar).filter(({method}) => method !== 'GET')).toEqual([])
  }
})

it('URLs with secrets are exported only when they are asked for, and stay as they are without', async () => {
  const world = await startReadyAddon()
  await addUrlsWithSecrets(world)
  const {document, secretUrls} = await exportOf(world, false)
  expect(secretUrls).toEqual([APP])
  expect(document.appSpaces[APP]).toEqual({
    plan: 'small',
    number: {country: 'US'},
    webhooks: {smsUrl: 'https://api.example.com/sms'},
  })
  expect(await planOf(world, stringify(document))).toMatchObject({changes: [], unchanged: 1})
})

it('says of which a URL is left out, whichever it is', async () => {
  const world = await startReadyAddon()
  await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage?token=abcdefghij', percents: [50]})
  expect((await exportOf(world, false)).secretUrls).toEqual([APP])
  await setAlerts(world.context, APP, {url: 'https://ops.example.com/usage', percents: [50]})
  expect((await exportOf(world, false)).secretUrls).toEqual([])
  await setNumber(world.context, APP, {voiceUrl: 'https://user:password@api.example.com/voice'})
  expect((await exportOf(world, false)).secretUrls).toEqual([APP])
})

describe('the number', () => {
  it.each<[string, GivenOptions, object]>([
    ['in the usual country', {}, {country: 'US'}],
    ['of another type', {type: 'toll-free'}, {country: 'US', type: 'toll-free'}],
    ['of another country', {country: 'CA'}, {country: 'CA'}],
    ['that was exactly one', {phoneNumber: '+18015550100'}, {country: 'US'}],
    ['with digits in it', {contains: '55'}, {country: 'US', contains: '55'}],
  ])('%s is exported as it was chosen, so that nothing differs', async (_, given, number) => {
    const world = await startReadyAddon(given)
    const {document} = await exportOf(world)
    expect(document.appSpaces[APP]).toEqual({plan: 'small', number})
    expect(await planOf(world, stringify(document))).toMatchObject({changes: [], blocked: [], unchanged: 1})
  })

  it('of which a change is under way is that of before', async () => {
    const world = await startReadyAddon({areaCode: '801'})
    const {intent, phoneNumber} = (await world.record()) ?? {}
    const change = {
      operation: 'change-number',
      made: intent,
      old: phoneNumber,
      keepOld: false,
      source: {from: 'Twilio', candidates: []},
      country: 'US',
      type: 'local',
      areaCode: '212',
    } as AddonRecord['intent']
    await world.write({state: 'changing', intent: change})
    expect((await exportOf(world)).document.appSpaces[APP]).toEqual({
      plan: 'small',
      number: {country: 'US', areaCode: '801'},
    })
  })
})

describe('of all add-ons', () => {
  it('those of this Akkeris that are not being destroyed are exported, by name, with their labels', async () => {
    const world = await startAddonInProcess()
    await addAddon(world, 'web-prod', {state: 'provisioning', plan: 'large', labels: {team: 'web'}})
    await addAddon(world, 'a-prod', {state: 'provisioning', labels: {}})
    await addAddon(world, 'job-prod', {state: 'provisioning', host: 'apps.example.com'})
    await addAddon(world, 'old-prod', {state: 'destroying', intent: {operation: 'destroy', keepNumber: false}})
    const {document, failures} = await exportOf(world)
    expect(Object.entries(document.appSpaces)).toEqual([
      ['a-prod', {plan: 'small', number: {country: 'US'}}],
      ['web-prod', {plan: 'large', number: {country: 'US'}, labels: {team: 'web'}}],
    ])
    expect(failures).toEqual([])
  })

  it('one that cannot be read has what is recorded, and is named as not read', async () => {
    const world = await startReadyAddon({areaCode: '801'})
    await setNumber(world.context, APP, {voiceUrl: 'https://api.example.com/voice'})
    await ensureAccountStatus(world.main, (await world.record())?.accountSid ?? '', 'closed')
    const {document, failures} = await exportOf(world)
    expect(document.appSpaces).toEqual({[APP]: {plan: 'small', number: {country: 'US', areaCode: '801'}}})
    expect(failures).toMatchObject([{code: 'ADDONS_NOT_READ'}])
    expect(failures[0]?.suggestions[0]).toMatch(/^api-default: The subaccount .* was closed/)
  })

  it('what another version wrote is left out, and named', async () => {
    const world = await startAddonInProcess()
    await addAddon(world, 'web-prod')
    await world.sandbox.change(({syncMaps}) => {
      for (const {items} of syncMaps) Object.assign(items['web-prod']?.data as object, {v: 99})
    })
    expect(await exportOf(world)).toMatchObject({document: {appSpaces: {}}, unknown: ['web-prod']})
  })
})
