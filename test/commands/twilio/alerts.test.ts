import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, json, startWorld, type World} from '../../support/cli.js'
import {changeRecord, changes, runAll, snapshot, subaccounts} from '../support.js'
import {use} from '../usage-support.js'

const URL = 'https://api-dev.example.com/usage'

interface AlertDocument {
  readonly sid: string
  readonly kind: string
  readonly category: string
  readonly percent: number
  readonly value: number
  readonly url: string
  readonly firedAt: string | null
}

const alerts = (run: Finished) => json(run).alerts as AlertDocument[]
const values = (run: Finished) =>
  alerts(run).map(({kind, percent, value}) => `${kind} ${String(percent)}% ${String(value)}`)

describe('twilio:alerts', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await runAll(world, {
      a: 'addons:create twilio:small -a api-dev',
      b: 'addons:create twilio:small -a bare-dev',
      s: 'addons:create twilio:small -a still-dev',
    })
  })
  afterAll(() => world.close())

  it('are set at percentages of the plan, changed without being created again, listed, and removed', async () => {
    const first = await world.aka(`twilio:alerts:set -a api-dev --url ${URL} --json`)
    expect(first.exitCode).toBe(0)
    expect(values(first)).toEqual([
      'voice 80% 2000',
      'voice 100% 2500',
      'sms 80% 2400',
      'sms 100% 3000',
      'm2m 80% 800',
      'm2m 100% 1000',
      'm2m 80% 800',
      'm2m 100% 1000',
    ])
    const sids = (run: Finished) => alerts(run).map(({sid}) => sid)

    // The same again: nothing but the lease is written.
    const from = world.sandbox.requests.length
    expect(sids(await world.aka(`twilio:alerts:set -a api-dev --url ${URL} --at 100,80 --json`))).toEqual(sids(first))
    expect(changes(world.sandbox.requests.slice(from)).filter(({host}) => host !== 'sync.twilio.com')).toEqual([])

    const moved = await world.aka(`twilio:alerts:set -a api-dev --url ${URL}/2 --json`)
    expect(sids(moved)).toEqual(sids(first))
    expect(new Set(alerts(moved).map(({url}) => url))).toEqual(new Set([`${URL}/2`]))

    const other = await world.aka(`twilio:alerts:set -a api-dev --url ${URL}/2 --at 80 --json`)
    expect(sids(other)).toEqual(alerts(first).flatMap(({sid, percent}) => (percent === 80 ? [sid] : [])))
    const runs = await runAll(world, {human: 'twilio:alerts -a api-dev', json: 'twilio:alerts -a api-dev --json'})
    expect(sids(runs.json)).toEqual(sids(other))
    expect(runs.human.stdout).toMatch(
      /^What +Twilio's category +At +Usage +Last sent\nVoice minutes +calls +80% +2,000 +–\n/,
    )
    expect(runs.human.stdout).toMatch(new RegExp(`\nSent to: POST ${URL}/2\n$`))
    for (const line of runs.human.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)

    expect(json(await world.aka('twilio:alerts:unset -a api-dev --json')).removed).toHaveLength(4)
    const none = await runAll(world, {list: 'twilio:alerts -a api-dev', again: 'twilio:alerts:unset -a api-dev'})
    expect(none.list).toMatchObject({exitCode: 0, stdout: 'api-dev has no alerts.\n'})
    expect(none.again).toMatchObject({exitCode: 0, stdout: 'api-dev had no alerts.\n'})
    expect((await snapshot(world)).usageTriggers).toEqual([])
  })

  it('leave triggers of others alone, and say when Twilio told', async () => {
    await use(world, 'bare-dev', 'sms-outbound', 2500)
    const set = await world.aka(`twilio:alerts:set -a bare-dev --url ${URL} --json`)
    expect(alerts(set).filter(({firedAt}) => firedAt !== null)).toMatchObject([{kind: 'sms', percent: 80}])
    await world.sandbox.change(({usageTriggers}) => {
      for (const trigger of usageTriggers.slice(0, 2)) trigger.friendlyName = 'made by hand'
    })
    expect(json(await world.aka('twilio:alerts:unset -a bare-dev --json')).removed).toHaveLength(6)
    expect((await snapshot(world)).usageTriggers).toHaveLength(2)
    await world.sandbox.change((state) => void (state.usageTriggers = []))
  })

  it('come with addons:create, at first and when it is run again; --dry-run shows them and makes none', async () => {
    const create = `addons:create twilio:medium -a new-dev --alert-url ${URL} --alert-at 90`
    const preview = await world.aka(`${create} --dry-run --json`)
    const calls = json(preview).calls as {method: string; url: string; form: Record<string, string>}[]
    expect(calls.filter(({url}) => url.includes('/Usage/Triggers')).map(({form}) => form)).toEqual([
      {UsageCategory: 'calls', TriggerValue: '4500', CallbackUrl: URL},
      {UsageCategory: 'sms', TriggerValue: '5400', CallbackUrl: URL},
      {UsageCategory: 'wireless-usage-commands', TriggerValue: '1800', CallbackUrl: URL},
      {UsageCategory: 'wireless-super-sim-smscommands', TriggerValue: '1800', CallbackUrl: URL},
    ])
    expect((await snapshot(world)).usageTriggers).toEqual([])

    const created = await world.aka(`${create} --json`)
    expect(json(created)).toMatchObject({created: true, plan: 'medium'})
    expect(values(created)).toEqual(['voice 90% 4500', 'sms 90% 5400', 'm2m 90% 1800', 'm2m 90% 1800'])
    await world.sandbox.change(({usageTriggers}) => void usageTriggers.pop())
    expect(json(await world.aka(`${create} --dry-run --json`)).calls).toHaveLength(1)
    const again = await world.aka(create)
    expect(again.stdout).toMatch(new RegExp(`Alerts +at 90% of the plan, to ${URL}\n`))
    expect((await snapshot(world)).usageTriggers).toHaveLength(4)
    // Without the flag they are nobody's business.
    expect(json(await world.aka('addons:create twilio:medium -a new-dev --json'))).not.toHaveProperty('alerts')
    expect((await snapshot(world)).usageTriggers).toHaveLength(4)
  })

  it('show no password of the URL', async () => {
    const run = await world.aka('twilio:alerts:set -a bare-dev --url https://me:hush-hush@example.com/u --at 50')
    const list = await world.aka('twilio:alerts -a bare-dev --json')
    expect(run.stdout + list.stdout).not.toContain('hush-hush')
    expect(alerts(list)[0]?.url).toBe('https://me:********@example.com/u')
    expect((await snapshot(world)).usageTriggers.at(-1)?.settings.callback_url).toContain('hush-hush')
  })

  it('are refused with a sentence for what makes no sense (2), without an add-on (4), suspended (1), unfinished (6)', async () => {
    await world.sandbox.change((state) => {
      const sid = state.apps['still-dev']?.configVars.TWILIO_SID
      for (const account of subaccounts(state).filter((each) => each.sid === sid)) account.status = 'suspended'
    })
    const runs = await runAll(world, {
      url: 'twilio:alerts:set -a api-dev --url example.com --json',
      percent: `twilio:alerts:set -a api-dev --url ${URL} --at 80,x --json`,
      createUrl: 'addons:create twilio:small -a api-dev --alert-url ftp://example.com --json',
      createPercent: `addons:create twilio:small -a other-dev --alert-url ${URL} --alert-at 0 --json`,
      alone: 'addons:create twilio:small -a other-dev --alert-at 80 --json',
      none: `twilio:alerts:set -a none-dev --url ${URL} --json`,
      suspended: `twilio:alerts:set -a still-dev --url ${URL} --json`,
      readSuspended: 'twilio:alerts -a still-dev --json',
    })
    for (const run of [runs.url, runs.percent, runs.createUrl, runs.createPercent, runs.alone])
      expect(json(run)).toMatchObject({error: {exitCode: 2}})
    expect(json(runs.percent)).toMatchObject({error: {code: 'ALERT_PERCENT_INVALID'}})
    expect(json(runs.none)).toMatchObject({error: {code: 'ADDON_NOT_FOUND', exitCode: 4}})
    expect(json(runs.suspended)).toMatchObject({
      error: {
        code: 'SUBACCOUNT_NOT_ACTIVE',
        exitCode: 1,
        suggestions: [expect.stringContaining('twilio:resume -a still-dev')],
      },
    })
    expect(json(runs.readSuspended)).toEqual({appSpace: 'still-dev', alerts: []})
    await changeRecord(world, 'api-dev', (data) => (data.state = 'destroying'))
    expect(json(await world.aka(`twilio:alerts:set -a api-dev --url ${URL} --json`))).toMatchObject({
      error: {exitCode: 6},
    })
  })
})
