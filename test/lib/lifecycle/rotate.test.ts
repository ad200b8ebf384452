import {beforeEach, describe, expect, it} from '@jest/globals'

import {rotate, type RotateRequest} from '../../../src/lib/lifecycle/rotate.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'

const DYNOS = {method: 'GET', path: 'dynos$'}
const away = {when: 'before', times: Infinity, do: {status: 503}} as const

let world: AddonInProcess
let first: string | undefined
beforeEach(async () => {
  world = await startReadyAddon()
  first = (await world.configVars()).TWILIO_AUTH_TOKEN
})

const run = (graceSeconds?: number) => rotate(world.context, {appSpace: APP, graceSeconds})
const patches = () => world.sandbox.requests.filter(({method}) => method === 'PATCH').length - 1

async function expectRotated(): Promise<void> {
  const {accounts, mainAccountSid, secondaryTokens} = await world.state()
  const token = accounts.find(({sid}) => sid !== mainAccountSid)?.authToken
  expect(token).not.toBe(first)
  expect(await world.configVars()).toMatchObject({TWILIO_AUTH_TOKEN: token})
  expect(secondaryTokens).toEqual([])
  expect(await world.record()).toMatchObject({state: 'ready', rotation: null})
}

describe('a rotation that was interrupted', () => {
  it('is resumed with the token that the app has, without one more restart, when it was about to be promoted', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'Promote', ...away})
    await expect(run()).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    expect(await run()).toMatchObject({resumed: true})
    await expectRotated()
    expect(patches()).toBe(1)
  })

  it('is resumed while the app restarts, with a wait for the rest of it', async () => {
    const stop = () => world.sandbox.faults.add({...DYNOS, ...away})
    world.sandbox.faults.add({method: 'PATCH', when: 'after', do: {call: stop}})
    await expect(run()).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    expect(await world.record()).toMatchObject({rotation: {stage: 'writing', dynos: [{type: 'web'}, {type: 'web'}]}})
    expect(await run()).toMatchObject({resumed: true})
    await expectRotated()
    expect(patches()).toBe(1)
  })

  it('starts over where the app’s config holds something else', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'Promote', ...away})
    await expect(run()).rejects.toMatchObject({exitCode: 7})
    world.sandbox.faults.clear()
    await world.setConfigVars({TWILIO_AUTH_TOKEN: 'e'.repeat(32)})
    expect(await run()).toMatchObject({resumed: true})
    await expectRotated()
  })
})

it('an app that never ran is not waited for', async () => {
  world.sandbox.faults.add({...DYNOS, when: 'before', times: Infinity, do: {status: 200, body: '[]'}})
  const from = world.waits.length
  await run()
  await expectRotated()
  expect(world.waits.slice(from)).toEqual([])
})

it('of an app that does not come up, the run says how to wait longer, and nothing is promoted', async () => {
  const body = JSON.stringify([{id: 'new', type: 'web', state: 'app-crashed'}])
  world.sandbox.faults.add({...DYNOS, nth: 3, when: 'before', times: Infinity, do: {status: 200, body}})
  await expect(run()).rejects.toMatchObject({
    code: 'APP_NOT_RESTARTED',
    message: expect.stringContaining('after 600 seconds'),
    suggestions: expect.arrayContaining([expect.stringContaining('--timeout')]),
  })
  expect(await world.record()).toMatchObject({rotation: {stage: 'writing'}})
})

it('nothing is said of webhooks where there is no add-on', async () => {
  const none = rotate(world.context, {appSpace: 'other-app', graceSeconds: undefined})
  await expect(none).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  expect(world.warnings).toEqual([])
})

describe('Twilio’s emails about a new token', () => {
  const sent = async (request: Partial<RotateRequest>) => {
    const from = world.sandbox.requests.length
    await rotate(world.context, {appSpace: APP, graceSeconds: 0, ...request})
    return world.sandbox.requests
      .slice(from)
      .filter(({url}) => url.includes('/AuthTokens/'))
      .map(({method, url, form}) => {
        const fields = new URLSearchParams(form as Record<string, string>).toString()
        return `${method} ${url.split('/AuthTokens/')[1] ?? ''} ${fields}`.trim()
      })
  }

  it('are sent unless it is asked not to, at each step', async () => {
    expect(await sent({})).toEqual(['POST Secondary', 'POST Promote'])
    const suppressed = 'SuppressEmailNotification=true'
    expect(await sent({noEmail: true})).toEqual([`POST Secondary ${suppressed}`, `POST Promote ${suppressed}`])
  })

  it('are not sent either where an interrupted rotation starts over, by the command that is shown for that', async () => {
    world.sandbox.faults.add({method: 'POST', path: 'Promote', ...away})
    const stopped = rotate(world.context, {appSpace: APP, graceSeconds: 0, noEmail: true})
    await expect(stopped).rejects.toMatchObject({
      suggestions: expect.arrayContaining([
        expect.stringMatching(/twilio:rotate -a api-default --grace 0 --no-email$/),
      ]),
    })
    world.sandbox.faults.clear()
    await world.setConfigVars({TWILIO_AUTH_TOKEN: 'e'.repeat(32)})
    const suppressed = 'SuppressEmailNotification=true'
    expect(await sent({noEmail: true})).toEqual([
      `DELETE Secondary?${suppressed}`,
      `POST Secondary ${suppressed}`,
      `POST Promote ${suppressed}`,
    ])
  })
})

describe('a token that is to be replaced only once it is old', () => {
  const dayMs = 86_400_000
  const rotateOlder = (olderThanMs: number) => rotate(world.context, {appSpace: APP, graceSeconds: 0, olderThanMs})
  const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString()

  it('stays where it is younger, and its age begins anew where it is replaced', async () => {
    await world.write({createdAt: daysAgo(100), rotatedAt: daysAgo(80)})
    expect(await rotateOlder(90 * dayMs)).toMatchObject({rotated: false, rotatedAt: expect.any(String)})
    expect((await world.configVars()).TWILIO_AUTH_TOKEN).toBe(first)
    expect(await rotateOlder(79 * dayMs)).toMatchObject({rotated: true})
    expect(await rotateOlder(dayMs)).toMatchObject({rotated: false})
    await expectRotated()
  })

  it('is as old as the add-on at most where its age was not recorded', async () => {
    const {rotatedAt: _, ...record} = (await world.record()) ?? {}
    const entry = await world.context.registry.read(APP)
    if (!entry) throw new Error('there is no item')
    await world.context.registry.update(entry, {...(record as typeof entry.record), createdAt: daysAgo(91)})
    expect(await rotateOlder(92 * dayMs)).toMatchObject({rotated: false, rotatedAt: undefined})
    expect(await rotateOlder(90 * dayMs)).toMatchObject({rotated: true})
  })
})
