import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../../../src/lib/addon/context.js'
import {countRoom, recentRoom} from '../../../../src/lib/addon/subaccount-room.js'
import type {SimService} from '../../../../src/lib/carrier/service.js'
import {
  type AddonRequest,
  createAddon,
  previewAddon,
  previewAddonAndRoom,
  roomForAll,
} from '../../../../src/lib/lifecycle/create/create.js'
import {createRequest} from '../../../../src/lib/lifecycle/create/request.js'
import {type AddonInProcess, APP, startAddonInProcess} from '../../../support/in-process-addon.js'

const url = 'https://ops.example.com/usage'
const ACCOUNTS = {path: String.raw`/Accounts\.json$`}

let folder: string
let world: AddonInProcess
let context: AddonContext
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  world = await startAddonInProcess()
  context = {...world.context, subaccounts: {limit: () => 10, keptIn: join(folder, 'subaccounts.txt')}}
  await world.newSubaccount('of somebody else')
})
afterEach(() => rm(folder, {recursive: true}))

function asked(appSpace = APP, alerts?: AddonRequest['alerts']): AddonRequest {
  const request = {appSpace, plan: 'twilio:small', number: {}, force: false, keepOnFailure: false}
  return {request: createRequest(request, 'US'), alerts}
}
const create = (alerts?: AddonRequest['alerts'], options = {}) =>
  createAddon(context, asked(APP, alerts), {showSecrets: false, ...options})
const known = async () => (await recentRoom(world.main, context.subaccounts, () => true))?.used
const counts = () => world.sandbox.requests.filter(({url: to}) => to.includes('PageSize=1000')).length

describe('the room for subaccounts', () => {
  it('is said with a new add-on, this one counted in, and then known to the next run', async () => {
    expect((await create(undefined, {withRoom: true})).subaccounts).toMatchObject({used: 2, limit: 10, left: 8})
    expect([await known(), counts()]).toEqual([2, 1])
  })

  it('is not asked for where nobody wants to know it, but what was known follows', async () => {
    await countRoom(world.main, context.subaccounts)
    expect((await create()).subaccounts).toBeNull()
    expect([await known(), counts()]).toEqual([2, 1])
  })

  it('is not said where no subaccount was created', async () => {
    await create(undefined, {withRoom: true})
    expect(await create(undefined, {withRoom: true})).toMatchObject({created: false, subaccounts: null})
    expect(await known()).toBe(2)
  })

  it('counts the new one once, though Twilio lists it already', async () => {
    const created = new Promise<void>((resolve) =>
      world.sandbox.faults.add({...ACCOUNTS, method: 'POST', when: 'after', do: {call: resolve}}),
    )
    // The first list is that of subaccounts of the name.
    world.sandbox.faults.add({...ACCOUNTS, method: 'GET', nth: 2, when: 'before', do: {call: () => created}})
    expect((await create(undefined, {withRoom: true})).subaccounts).toMatchObject({used: 2})
  })

  it('keeps no add-on from being created where Twilio does not say it', async () => {
    world.sandbox.faults.add({...ACCOUNTS, method: 'GET', nth: 2, when: 'before', do: {status: 403}})
    expect(await create(undefined, {withRoom: true})).toMatchObject({created: true, subaccounts: null})
  })
})

describe('the alerts of a new add-on', () => {
  const alerts = {url, percents: [80]}
  const kinds = (document: {alerts?: readonly {kind: string}[]}) => [
    ...new Set(document.alerts?.map(({kind}) => kind) ?? []),
  ]

  it('are set with it, and again where it is there already', async () => {
    expect(kinds(await create(alerts))).toEqual(['voice', 'sms', 'm2m'])
    expect(await create(alerts)).toMatchObject({created: false, alerts: expect.any(Array)})
    expect((await world.state()).usageTriggers).toHaveLength(4)
    expect(world.warnings).toEqual([])
  })

  it('are none where nobody asked for them', async () => {
    expect(await create()).not.toHaveProperty('alerts')
    expect((await world.state()).usageTriggers).toEqual([])
  })

  it('come with a warning of what Twilio cannot count', async () => {
    context = {...context, simService: async () => ({name: 'kore'}) as SimService}
    expect(kinds(await create(alerts))).toEqual(['voice', 'sms'])
    expect(world.warnings).toEqual([expect.stringContaining('no alerts for M2M messages')])
  })
})

it('the auth token is shown where it is asked for', async () => {
  const {TWILIO_AUTH_TOKEN: token} = (await create()).configVars
  expect(token).toMatch(/^\*+/)
  const shown = await create(undefined, {showSecrets: true})
  expect(shown.configVars).toEqual(await world.configVars())
})

describe('the preview of a creation', () => {
  it('has what the add-on takes, and then what its alerts take', async () => {
    const {calls} = await previewAddon(context, asked(APP, {url, percents: [80]}))
    const isTrigger = calls.map((call) => call.url.includes('/Usage/Triggers'))
    expect(isTrigger.filter(Boolean)).toHaveLength(4)
    expect(isTrigger).toEqual([...isTrigger].sort())
    expect((await previewAddon(context, asked())).calls).toHaveLength(calls.length - 4)
  })

  it('says the room for subaccounts only where one would be created', async () => {
    expect((await previewAddonAndRoom(context, asked())).subaccounts).toMatchObject({used: 1, limit: 10, left: 9})
    expect(await previewAddon(context, asked())).not.toHaveProperty('subaccounts')
    await create()
    expect(await previewAddonAndRoom(context, asked())).not.toHaveProperty('subaccounts')
  })

  it('is refused for what stands in the way of the add-on, though Twilio does not say the room either', async () => {
    await world.write({plan: 'large'})
    world.sandbox.faults.add({...ACCOUNTS, method: 'GET', when: 'before', do: {status: 403}})
    await expect(previewAddonAndRoom(context, asked())).rejects.toMatchObject({code: 'PLAN_MISMATCH'})
  })
})

it('many new add-ons need a subaccount each, except those that have one', async () => {
  await create()
  const requests = [asked(), asked('web-default'), asked('job-default')]
  expect(await roomForAll(context, requests)).toMatchObject({used: 2, limit: 10, left: 8, needed: 2})
})
