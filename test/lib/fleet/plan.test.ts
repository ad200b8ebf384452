import {beforeEach, expect, it} from '@jest/globals'

import {subaccountName} from '../../../src/lib/addon/record.js'
import {mergedPlans} from '../../../src/lib/fleet/plan.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {addAddon, type AddonInProcess, addonRecord, APP, startReadyAddon} from '../../support/in-process-addon.js'
import {applyFile, declaring, planOf} from '../../support/in-process-fleet.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon({areaCode: '801', anyArea: true})
})

it('what is not there is created with all that is declared, and an interrupted creation finished', async () => {
  const text = `${declaring('plan: small')}\n  web-prod:\n    plan: large\n    webhooks: {voiceUrl: https://a.example.com/v}\n    alerts: {url: https://a.example.com/u, at: [90]}\n    labels: {team: web}`
  expect(await applyFile(world, text)).toMatchObject([
    {appSpace: 'web-prod', action: 'create', price: {before: 0, after: 200}, numberPrice: {currency: 'USD'}},
  ])
  expect(await planOf(world, text)).toMatchObject({changes: [], unchanged: 2, price: {before: 250, after: 250}})
  await world.write({state: 'provisioning'})
  // It is on no invoice before it is finished.
  expect((await planOf(world, text)).price).toEqual({before: 200, after: 250})
  expect(await applyFile(world, text)).toMatchObject([{appSpace: APP, action: 'finish'}])
  expect(await planOf(world, text)).toMatchObject({changes: [], unchanged: 2})
})

it('is found out by reading alone, says how far it is, and has the order of the file', async () => {
  const names = ['web-prod', 'a-prod', APP]
  const text = `appSpaces: {${names.map((name) => `${name}: {plan: medium}`).join(', ')}}`
  const sofar = world.sandbox.requests.length
  const progress: string[] = []
  const {changes} = await planOf(world, text, {onProgress: (done, all) => void progress.push(`${done}/${all}`)})
  expect(changes.map(({appSpace, action}) => `${action} ${appSpace}`)).toEqual([
    'create web-prod',
    'create a-prod',
    `change ${APP}`,
  ])
  expect(progress).toEqual(['1/3', '2/3', '3/3'])
  expect(world.sandbox.requests.slice(sofar).filter(({method}) => method !== 'GET')).toEqual([])
})

it('says how many subaccounts would be needed, and how many are left', async () => {
  const text = `${declaring('plan: small')}\n  web-prod: {plan: small}\n  old-prod: {plan: small}`
  const {registry, akkeris, main} = world.context
  // What an interrupted run left is used again.
  await world.newSubaccount(subaccountName({registry: registry.name, host: akkeris.host, appSpace: 'old-prod'}))
  const closed = await world.newSubaccount(
    subaccountName({registry: registry.name, host: akkeris.host, appSpace: 'web-prod'}),
  )
  await ensureAccountStatus(main, closed.sid, 'closed')
  expect((await planOf(world, text)).subaccounts).toEqual([{used: 2, limit: 1000, left: 998, needed: 1}])
  // One that is there already may have a subaccount of another name: an adopted one.
  await world.sandbox.change(({accounts}) => {
    for (const account of accounts) account.friendlyName = 'adopted'
  })
  expect((await planOf(world, declaring('plan: medium'))).subaccounts).toEqual([])
})

it('what is not declared is left alone, unless it is to be pruned', async () => {
  await addAddon(world, 'web-prod', {plan: 'large'})
  const text = declaring('plan: medium')
  expect(await planOf(world, text)).toMatchObject({
    changes: [{appSpace: APP}],
    undeclared: [{appSpace: 'web-prod'}],
    price: {before: 250, after: 300},
  })
  expect(await planOf(world, text, {prune: true})).toMatchObject({
    changes: [{appSpace: APP}, {action: 'destroy', appSpace: 'web-prod', price: {before: 200, after: 0}}],
    undeclared: [],
    unchanged: 0,
    price: {before: 250, after: 100},
  })
  await applyFile(world, 'appSpaces: {}', {prune: true})
  expect(await world.record()).toBeUndefined()
})

it('what is declared for another main account, or belongs to another Akkeris, is not pruned', async () => {
  await addAddon(world, 'web-prod')
  await addAddon(world, 'job-prod', {host: 'apps.example.com'})
  const options = {prune: true, elsewhere: new Set(['web-prod'])}
  expect(await planOf(world, declaring('plan: small'), options)).toMatchObject({changes: [], undeclared: []})
  const {undeclared} = await planOf(world, declaring('plan: small'), {elsewhere: options.elsewhere})
  expect(undeclared).toEqual([])
})

it('says what is in the way of one, and plans the others', async () => {
  const text = `${declaring('plan: medium')}\n  no-numbers:\n    plan: small\n    number: {areaCode: 533}`
  expect(await planOf(world, text)).toMatchObject({
    changes: [{appSpace: APP}],
    blocked: [{appSpace: 'no-numbers', line: 4, failure: {code: 'NO_NUMBERS_AVAILABLE'}}],
    unchanged: 0,
  })
  await world.setConfigVars({TWILIO_SID: `AC${'9'.repeat(32)}`})
  expect((await planOf(world, text)).blocked).toMatchObject([{appSpace: APP}, {appSpace: 'no-numbers'}])
})

it.each([
  ['is unfinished', {state: 'destroying', intent: {operation: 'destroy', keepNumber: false}}, 'ADDON_UNFINISHED'],
  ['has its name at another Akkeris', {host: 'apps.example.com'}, 'HOST_MISMATCH'],
] as const)('one that %s is in its own way', async (_, changes, code) => {
  await world.write(changes)
  expect(await planOf(world, declaring('plan: small'))).toMatchObject({changes: [], blocked: [{failure: {code}}]})
})

it('leaves alone what another version wrote, and names it', async () => {
  await world.sandbox.change(({syncMaps}) => {
    for (const {items} of syncMaps) Object.assign(items[APP]?.data as object, {v: 99})
  })
  const {unknown, changes} = await planOf(world, 'appSpaces: {}', {prune: true})
  expect([unknown, changes]).toEqual([[APP], []])
})

it('of several main accounts is one plan, in which each part says whose it is', async () => {
  const plan = {
    changes: [],
    blocked: [],
    unchanged: 1,
    undeclared: [addonRecord()],
    price: {before: 50, after: 100},
    subaccounts: [{used: 1, limit: 1000, left: 999, needed: 1}],
    unknown: ['old'],
  }
  const merged = mergedPlans([
    {of: {profile: 'acme'}, plan},
    {of: {profile: 'other'}, plan},
  ])
  expect(merged).toMatchObject({
    unchanged: 2,
    price: {before: 100, after: 200},
    undeclared: [{profile: 'acme'}, {profile: 'other'}],
    subaccounts: [
      {profile: 'acme', needed: 1},
      {profile: 'other', needed: 1},
    ],
    unknown: ['old', 'old'],
  })
  const [blocked, change] = [{appSpace: 'web-prod'}, {appSpace: APP}] as never[]
  expect(
    mergedPlans([{of: {profile: 'acme'}, plan: {...plan, blocked: [blocked as never], changes: [change as never]}}]),
  ).toMatchObject({
    changes: [{profile: 'acme', appSpace: APP}],
    blocked: [{profile: 'acme', appSpace: 'web-prod'}],
  })
})
