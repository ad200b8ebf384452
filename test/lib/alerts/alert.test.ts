import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {type PlanName, planNames} from '../../../src/lib/addon/plans.js'
import {alertsAmong, changesTo, followsPlan, requestOf, settingsFor} from '../../../src/lib/alerts/alert.js'
import type {TriggerSettings, UsageTrigger} from '../../../src/lib/twilio/usage-triggers.js'

const url = 'https://example.com/usage'

let made = 0
function trigger(settings: TriggerSettings): UsageTrigger {
  return {...settings, sid: `UT${String(made++)}`, createdAt: new Date(made), firedAt: undefined}
}

describe('alerts', () => {
  it('are one trigger for each percentage of each of Twilio’s categories, rounded up', () => {
    expect(settingsFor('small', {url, percents: [33, 100]}).map(({category, value}) => [category, value])).toEqual([
      ['calls', 825],
      ['calls', 2500],
      ['sms', 990],
      ['sms', 3000],
      ['wireless-usage-commands', 330],
      ['wireless-usage-commands', 1000],
      ['wireless-super-sim-smscommands', 330],
      ['wireless-super-sim-smscommands', 1000],
    ])
    expect(settingsFor('large', {url, percents: [1]}).map(({value}) => value)).toEqual([100, 120, 40, 40])
  })

  it('are distinguished by their names from triggers that somebody made by hand', () => {
    const [first] = settingsFor('small', {url, percents: [80]})
    const settings = first ?? {friendlyName: '', category: '', value: 0, url: ''}
    const names = ['', '80% of SMS', 'aka-twilio', 'aka-twilio fax 80%', `my ${settings.friendlyName}`]
    const byHand = names.map((friendlyName) => trigger({...settings, friendlyName}))
    expect(alertsAmong([...byHand, trigger(settings)])).toMatchObject([{kind: 'voice', percent: 80}])
  })

  it('ask for what they were set for', () => {
    const triggers = settingsFor('small', {url, percents: [100, 5, 80]}).map(trigger)
    expect(requestOf(alertsAmong(triggers))).toEqual({url, percents: [5, 80, 100]})
    expect(requestOf([])).toBeUndefined()
  })

  it('follow a plan where they are all that it takes, and no others', () => {
    const follow = (...settings: readonly TriggerSettings[]) =>
      followsPlan(alertsAmong(settings.map(trigger)), 'small', ['sms', 'voice'])
    const of = (plan: PlanName, percents = [80], to = url) => settingsFor(plan, {url: to, percents}, ['sms', 'voice'])
    const [eighty, hundred] = [of('small'), of('small', [100])]
    expect([follow(), follow(...eighty), follow(...eighty, ...hundred)]).toEqual([true, true, true])
    expect([follow(...eighty, ...eighty), follow(...of('large')), follow(...eighty, ...of('large'))]).toEqual([
      false,
      false,
      false,
    ])
    expect([follow(...eighty.slice(1)), follow(...of('small', [100], 'https://example.com/other'), ...eighty)]).toEqual(
      [false, false],
    )
  })

  it('come to exactly those that are wanted, whatever was there, with nothing made that is there', () => {
    const ask = fc.record({
      url: fc.constantFrom(url, 'https://example.com/other'),
      percents: fc.uniqueArray(fc.integer({min: 1, max: 999}), {minLength: 1, maxLength: 4}),
    })
    const settings = fc.tuple(fc.constantFrom(...planNames), ask).map(([plan, wanted]) => settingsFor(plan, wanted))
    const mixture = fc.array(settings, {maxLength: 3}).chain((lists) => fc.subarray(lists.flat()))
    fc.assert(
      fc.property(mixture, settings, (there, wanted) => {
        const before = there.map(trigger)
        const {create, redirect, remove} = changesTo(alertsAmong(before), wanted)
        const after = [
          ...before
            .filter((each) => !remove.includes(each))
            .map((each) => ({...each, url: redirect.find((one) => one.trigger === each)?.url ?? each.url})),
          ...create.map(trigger),
        ]
        const plain = (list: readonly TriggerSettings[]) =>
          list.map((each) => [each.friendlyName, each.category, each.value, each.url].join()).sort()
        expect(plain(after)).toEqual(plain(wanted))
        expect(changesTo(alertsAmong(after), wanted)).toEqual({create: [], redirect: [], remove: []})
      }),
    )
  })
})
