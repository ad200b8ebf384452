import {beforeEach, describe, expect, it} from '@jest/globals'

import type {WebhookUrls} from '../../../src/lib/addon/number-options.js'
import {previewNumberSet} from '../../../src/lib/number/preview-set.js'
import {ensureAccountStatus} from '../../../src/lib/twilio/accounts.js'
import {type AddonInProcess, APP, buyIn, startReadyAddon} from '../../support/in-process-addon.js'

const [voiceUrl, smsUrl] = ['https://example.com/voice', 'https://example.com/sms']

let world: AddonInProcess
let accountSid: string
beforeEach(async () => {
  world = await startReadyAddon({voiceUrl})
  accountSid = (await world.record())?.accountSid ?? ''
})

const preview = (urls: WebhookUrls, appSpace = APP) => previewNumberSet(world.context, appSpace, urls)

it('a preview names what of the add-on’s number would be changed, and changes nothing', async () => {
  await buyIn(world, accountSid)
  const phoneNumber = (await world.record())?.phoneNumber?.e164
  const from = world.sandbox.requests.length
  expect(await preview({voiceUrl, smsUrl})).toEqual({dryRun: true, appSpace: APP, phoneNumber, wouldChange: ['smsUrl']})
  expect((await preview({voiceUrl: ''})).wouldChange).toEqual(['voiceUrl'])
  expect((await preview({voiceUrl, smsUrl: ''})).wouldChange).toEqual([])
  expect(world.sandbox.requests.slice(from).filter(({method}) => method !== 'GET')).toEqual([])
})

describe('a preview is refused as the change would be', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['its number is gone', () => world.sandbox.change((state) => void (state.incomingNumbers = [])), 'NUMBER_GONE'],
    ['something is unfinished', () => world.write({state: 'changing'}), 'ADDON_UNFINISHED'],
    [
      'its subaccount is suspended',
      () => ensureAccountStatus(world.main, accountSid, 'suspended'),
      'SUBACCOUNT_NOT_ACTIVE',
    ],
  ])('where %s', async (_, happens, code) => {
    await happens()
    await expect(preview({smsUrl})).rejects.toMatchObject({code})
  })

  it('where there is no add-on', async () => {
    await expect(preview({smsUrl}, 'web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  })
})
