import {expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'

it('what is spent goes off the balance', async () => {
  const {twilio} = await clockWorld()
  expect(await twilio.balance.fetch()).toMatchObject({balance: '1000', currency: 'USD'})
  await twilio.incomingPhoneNumbers.local.create({phoneNumber: '+18015550100'})
  expect((await twilio.balance.fetch()).balance).toBe('998.85')
})

it('numbers are listed by their type', async () => {
  const {twilio} = await clockWorld()
  await twilio.incomingPhoneNumbers.local.create({phoneNumber: '+18015550100'})
  await twilio.incomingPhoneNumbers.tollFree.create({phoneNumber: '+18335550100'})
  const numbers = async (list: Promise<{phoneNumber: string}[]>) => (await list).map(({phoneNumber}) => phoneNumber)
  expect(await numbers(twilio.incomingPhoneNumbers.local.list())).toEqual(['+18015550100'])
  expect(await numbers(twilio.incomingPhoneNumbers.tollFree.list())).toEqual(['+18335550100'])
  expect(await numbers(twilio.incomingPhoneNumbers.mobile.list())).toEqual([])
  expect(await numbers(twilio.incomingPhoneNumbers.list({origin: 'hosted'}))).toEqual([])
})
