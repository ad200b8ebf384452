import {describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {
  addonDocument,
  addonListDocument,
  addonReadyDocument,
  consoleDocument,
  plansDocument,
} from '../../../src/lib/addon/document.js'
import {startInProcess} from '../../support/in-process.js'
import {addonRecord} from '../../support/in-process-addon.js'

const bare = () => {
  const {accountSid, phoneNumber, ...record} = addonRecord({state: 'provisioning'})
  return record
}

describe('the document of an add-on', () => {
  it('tells by null what is not there yet, and how to go on', () => {
    const document = addonDocument({record: bare(), account: undefined, sending: undefined, configVars: 'missing'})
    expect(document).toMatchObject({
      accountSid: null,
      accountStatus: null,
      phoneNumber: null,
      phoneNumberSid: null,
      unfinished: {command: 'aka addons:create twilio:small -a api-default'},
    })
    expect(addonReadyDocument(bare())).toMatchObject({accountSid: null, phoneNumber: null})
  })

  it('has the price of its plan, and nothing unfinished where it is ready', () => {
    const record = addonRecord({plan: 'large'})
    expect(addonDocument({record, account: undefined, sending: undefined, configVars: 'set'})).toMatchObject({
      plan: 'large',
      pricePerMonth: 200,
      phoneNumber: '+18015550100',
      unfinished: null,
    })
  })
})

it('the list of add-ons is by name, whatever their order in the registry, and has null for what nobody looked at', async () => {
  const seen = {accountStatus: undefined, configVars: undefined}
  const records = [...['web', 'api', 'Cron'].map((appSpace) => addonRecord({appSpace})), {...bare(), appSpace: 'new'}]
  const {main} = await startInProcess()
  const registry = new AddonRegistry(main, 'aka-twilio')
  const [first, ...others] = records.map((record) => ({record, ...seen}))
  if (!first) throw new Error('there is no add-on')
  const document = addonListDocument(registry, [{...first, accountStatus: 'suspended', configVars: 'set'}, ...others])
  expect(document).toMatchObject({registry: 'aka-twilio', mainAccountSid: main.sid})
  expect(document.addons.map(({appSpace}) => appSpace)).toEqual(['Cron', 'api', 'new', 'web'])
  expect(document.addons[2]).toMatchObject({
    state: 'provisioning',
    accountSid: null,
    phoneNumber: null,
    configVars: null,
  })
  expect(document.addons[3]).toMatchObject({accountStatus: 'suspended', configVars: 'set'})
})

it('the plans are in the order of their prices, and say what people look for in vain', () => {
  const {plans, simCards, notIncluded} = plansDocument()
  expect(plans.map(({name, pricePerMonth}) => [name, pricePerMonth])).toEqual([
    ['small', 50],
    ['medium', 100],
    ['large', 200],
  ])
  expect(simCards).toEqual({perMonthFromFirstCard: 40, perCardOnce: 5})
  expect(notIncluded.join()).toMatch(/email/)
  expect(plansDocument('medium').plans).toMatchObject([{name: 'medium', smsPerMonth: 6000}])
})

it('the link to the console is one to the subaccount', () => {
  expect(consoleDocument('api-default', 'AC1').url).toBe('https://console.twilio.com/?accountSid=AC1')
})
