import {describe, expect, it} from '@jest/globals'

import type {PlanName} from '../../../src/lib/addon/plans.js'
import {alertsAmong, settingsFor} from '../../../src/lib/alerts/alert.js'
import {type AlertContext, reconcileAlerts, replaceAlerts} from '../../../src/lib/alerts/reconcile.js'
import {createTransport} from '../../../src/lib/transport/transport.js'
import {connectTwilio} from '../../../src/lib/twilio/connect.js'
import {listUsageTriggers} from '../../../src/lib/twilio/usage-triggers.js'
import {usageWorld} from '../../sandbox/usage-support.js'

async function context() {
  const {sandbox, sid, subLogin, use} = await usageWorld('2026-03-10T12:00:00Z')
  const transport = createTransport({send: sandbox.send, signal: new AbortController().signal})
  const sub = connectTwilio({accountSid: sid, ...subLogin}, {transport, endpoint: undefined})
  const lease: AlertContext['lease'] = {requireTime: () => undefined, withTime: async (work) => work()}
  const alertContext: AlertContext = {sub, lease, progress: (_, work) => work()}
  const replace = async (plan: PlanName) => replaceAlerts(alertContext, alertsAmong(await listUsageTriggers(sub)), plan)
  return {alertContext, sandbox, use, replace}
}

const ask = {url: 'https://example.com/usage', percents: [80, 100]}

describe('when the plan changes', () => {
  it('the alerts that are set go by the new one, at the same percentages, to the same URL', async () => {
    const {alertContext, sandbox, replace} = await context()
    await reconcileAlerts(alertContext, [], settingsFor('small', ask))
    const replaced = await replace('large')
    expect(replaced.map(({trigger: {category, value, url}}) => [category, value, url]).sort()).toEqual(
      settingsFor('large', ask)
        .map(({category, value, url}) => [category, value, url])
        .sort(),
    )
    expect(await sandbox.read(({usageTriggers}) => usageTriggers.length)).toBe(8)
    const from = sandbox.requests.length
    expect(await replace('large')).toHaveLength(8)
    expect(sandbox.requests.slice(from).map(({method}) => method)).toEqual(['GET'])
  })

  it('none are set where there were none, and those that somebody made by hand stay', async () => {
    const {alertContext, sandbox, replace} = await context()
    expect(await replace('medium')).toEqual([])
    await reconcileAlerts(alertContext, [], settingsFor('small', ask))
    await sandbox.change(({usageTriggers}) => {
      for (const trigger of usageTriggers) trigger.friendlyName = `mine: ${trigger.friendlyName ?? ''}`
    })
    expect(await replace('medium')).toEqual([])
    expect(await sandbox.read(({usageTriggers}) => usageTriggers.map(({triggerValue}) => triggerValue))).toContain(2500)
  })
})
