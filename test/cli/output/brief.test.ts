import {expect, it} from '@jest/globals'

import {alertsInBrief, destroyedInBrief, numberInBrief, statusInBrief} from '../../../src/cli/output/brief.js'

type Preview = Extract<Parameters<typeof destroyedInBrief>[0], {dryRun: unknown}>

it.each<[string, Partial<Preview>]>([
  ['would lose twilio:small: AC1 closed, +18015550100 released', {accountSid: 'AC1', phoneNumber: '+18015550100'}],
  ['would lose twilio:small, which has no subaccount yet', {accountSid: null, phoneNumber: null}],
])('a preview of destroying says what there is to lose: %s', (words, has) => {
  expect(destroyedInBrief({dryRun: true, exists: true, plan: 'small', keepNumber: false, ...has} as Preview)).toBe(
    words,
  )
})

it.each([
  ['no longer has a Twilio add-on', []],
  ['no longer has a Twilio add-on; +18015550100 was moved to the main account', ['+18015550100']],
  [
    'no longer has a Twilio add-on; +18015550100 and +18015550101 were moved to the main account',
    ['+18015550100', '+18015550101'],
  ],
] as const)('of an add-on that was destroyed all numbers are named that were kept: %s', (words, keptNumbers) => {
  const sims = {toStock: [], deactivated: [], cancelledOrders: []}
  const document = {destroyed: true, appSpace: 'web-dev', accountSid: 'AC1', removedVars: [], keptNumber: null, sims}
  expect(destroyedInBrief({...document, keptNumbers})).toBe(words)
})

it.each([
  ['would have 2 alerts set', ['POST', 'POST']],
  ['would have 1 alert set and 2 removed', ['POST', 'DELETE', 'DELETE']],
  ['would have 1 removed', ['DELETE']],
  ['has these alerts already', []],
] as const)('a preview of alerts says how many: %s', (words, methods) => {
  const calls = methods.map((method) => ({method, url: 'https://api.twilio.com/Triggers.json'}))
  expect(alertsInBrief({dryRun: true, appSpace: 'web-dev', calls})).toBe(words)
})

it.each([
  ['would have the SMS URL and status callback of +18015550100 changed', ['smsUrl', 'statusCallback']],
  ['already has +18015550100 set this way', []],
] as const)('a preview of webhooks says which: %s', (words, wouldChange) => {
  expect(numberInBrief({dryRun: true, appSpace: 'web-dev', phoneNumber: '+18015550100', wouldChange})).toBe(words)
})

it.each([
  [{dryRun: true, status: 'active', wouldChange: true}, 'would work again'],
  // Its alerts may still be realigned.
  [{dryRun: true, status: 'active', wouldChange: false}, 'is active already'],
  [{dryRun: true, status: 'suspended', wouldChange: true}, 'would be suspended'],
  [{dryRun: true, status: 'suspended', wouldChange: false}, 'is suspended already'],
  [{status: 'active', changed: true}, 'works again'],
  [{status: 'active', changed: false}, 'was active already'],
  [{status: 'suspended', changed: true}, 'is suspended'],
] as const)('a subaccount that is suspended or works again: %j', (document, words) => {
  const of = {appSpace: 'api-default', accountSid: 'AC1'}
  expect(statusInBrief({...of, ...document})).toBe(words)
})
