import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  alertRequest,
  previewAlerts,
  readAlerts,
  realignAlerts,
  setAlerts,
  setFirstAlerts,
  unsetAlerts,
} from '../../../src/lib/alerts/set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'

const url = 'https://example.com/usage'
const ask = {url, percents: [80]}
const TRIGGERS = {path: 'Usage/Triggers', times: Infinity} as const

describe('what is asked for', () => {
  const request = (percents: string, given = url) => alertRequest('--url', given, '--at', percents)

  it('is a URL, and percentages: each once, in their order', () => {
    expect(request('100, 80,100')).toEqual({url, percents: [80, 100]})
    expect(request('999')).toMatchObject({percents: [999]})
  })

  it.each(['', '0', '1000', '80%', '1.5', '80,,90', '-5'])('cannot be "%s" per cent', (percents) => {
    expect(() => request(percents)).toThrow(expect.objectContaining({code: 'ALERT_PERCENT_INVALID', exitCode: 2}))
  })

  it('cannot be a URL that Twilio does not call', () => {
    expect(() => request('80', 'mailto:me@example.com')).toThrow(expect.objectContaining({code: 'URL_INVALID'}))
  })
})

describe('the alerts of an add-on', () => {
  let world: AddonInProcess
  let accountSid: string
  beforeEach(async () => {
    world = await startReadyAddon()
    accountSid = (await world.record())?.accountSid ?? ''
  })

  const changes = (from: number) =>
    world.sandbox.requests.slice(from).filter(({method, url: to}) => method !== 'GET' && to.includes('Triggers'))
  const values = async () =>
    (await world.state()).usageTriggers.map(({triggerValue}) => triggerValue).sort((a, b) => a - b)
  const byHand = () =>
    world.sandbox.change(({usageTriggers: [trigger]}) => void Object.assign(trigger ?? {}, {friendlyName: 'by hand'}))

  it('are set, shown as they are, and not set again', async () => {
    const set = await setAlerts(world.context, APP, ask)
    // One for each of Twilio’s categories.
    expect(set.missing).toEqual([])
    expect(set.alerts.map(({kind, percent}) => [kind, percent])).toEqual([
      ['voice', 80],
      ['sms', 80],
      ['m2m', 80],
      ['m2m', 80],
    ])
    expect(await values()).toEqual([800, 800, 2000, 2400])
    expect(await readAlerts(world.context, APP)).toEqual(set)
    const from = world.sandbox.requests.length
    expect(await setAlerts(world.context, APP, ask)).toEqual(set)
    expect(changes(from)).toEqual([])
  })

  it('become exactly those that are asked for, and only they are removed', async () => {
    await setAlerts(world.context, APP, ask)
    await byHand()
    await setAlerts(world.context, APP, {url, percents: [100]})
    expect(await values()).toEqual([1000, 1000, 2000, 2500, 3000])
    expect(await unsetAlerts(world.context, APP)).toHaveLength(4)
    expect(await values()).toEqual([2000])
    expect(await unsetAlerts(world.context, APP)).toEqual([])
  })

  it('are previewed as exactly the changes that are then sent', async () => {
    const {context} = world
    const lines = (calls: readonly {method: string; url: string}[]) =>
      calls.map(({method, url: to}) => `${method} ${to}`).sort()
    for (const wanted of [ask, {url: 'https://example.com/other', percents: [80]}, {url, percents: [90]}]) {
      const planned = await previewAlerts(context, {appSpace: APP, plan: 'small', ask: wanted})
      const from = world.sandbox.requests.length
      await setAlerts(world.context, APP, wanted)
      expect(lines(planned)).toEqual(lines(changes(from)))
    }
    const unmade = await previewAlerts(context, {appSpace: 'new-default', plan: 'small', ask})
    expect(unmade).toHaveLength(4)
    expect(unmade[0]).toMatchObject({
      url: expect.stringContaining('{subaccount}'),
      form: {TriggerValue: '2000', CallbackUrl: url},
    })
  })

  it('that do not go by the plan do so then; where there are none, none are set', async () => {
    const from = world.sandbox.requests.length
    await realignAlerts(world.context, APP)
    expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
    await setAlerts(world.context, APP, ask)
    await world.write({plan: 'medium'})
    await realignAlerts(world.context, APP)
    expect(await values()).toEqual([1600, 1600, 4000, 4800])
  })

  it('can be read in a suspended subaccount, and not changed', async () => {
    await setAlerts(world.context, APP, ask)
    await ensureAccountStatus(world.main, accountSid, 'suspended')
    expect((await readAlerts(world.context, APP)).alerts).toHaveLength(4)
    await expect(unsetAlerts(world.context, APP)).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE'})
    expect((await world.record())?.lease).toBeUndefined()
  })

  it('that fail with the creation of the add-on are reported as what is missing of it: the add-on is there', async () => {
    world.sandbox.faults.add({...TRIGGERS, when: 'before', do: {status: 503}})
    await expect(setFirstAlerts(world.context, APP, ask)).rejects.toMatchObject({
      exitCode: 7,
      suggestions: expect.arrayContaining([expect.stringMatching(/api-default has its add-on;.*run the same command/)]),
    })
    expect(await world.record()).toMatchObject({state: 'ready'})
  })

  it('are none of an app-space without an add-on', async () => {
    for (const work of [readAlerts, unsetAlerts])
      await expect(work(world.context, 'web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND', exitCode: 4})
  })
})
