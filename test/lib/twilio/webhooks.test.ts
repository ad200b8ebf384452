import {describe, expect, it} from '@jest/globals'

import {differingWebhooks, webhookChanges, withUrls} from '../../../src/lib/twilio/webhooks.js'

const current = {
  voiceUrl: 'a',
  voiceMethod: 'GET',
  voiceApplicationSid: 'AP1',
  trunkSid: 'TK1',
  smsUrl: 'b',
  smsMethod: 'POST',
}

describe('changes from some webhooks to others', () => {
  it('remove what is there and not wanted, and nothing else', () => {
    expect(webhookChanges(current, {voiceUrl: 'c', statusCallback: 'd'})).toEqual({
      voiceUrl: 'c',
      statusCallback: 'd',
      voiceApplicationSid: '',
      trunkSid: '',
      smsUrl: '',
    })
    expect(webhookChanges({}, {smsUrl: 'e'})).toEqual({smsUrl: 'e'})
    expect(webhookChanges(current, current)).toEqual(current)
  })
})

describe('webhooks with other URLs', () => {
  it('lose what belonged to the URL before: its method, and what Twilio would use in place of it', () => {
    expect(withUrls(current, {voiceUrl: 'c'})).toEqual({voiceUrl: 'c', smsUrl: 'b', smsMethod: 'POST'})
    expect(withUrls(current, {smsUrl: 'c'})).toEqual({...current, smsUrl: 'c', smsMethod: undefined})
  })

  it('are removed by an empty URL, and kept where none is given', () => {
    expect(withUrls(current, {smsUrl: '', voiceUrl: undefined})).toEqual({
      voiceUrl: 'a',
      voiceMethod: 'GET',
      voiceApplicationSid: 'AP1',
      trunkSid: 'TK1',
    })
    expect(withUrls(current, {})).toEqual(current)
  })
})

describe('which webhooks differ', () => {
  it('is answered for the wanted ones alone; none and an empty one are the same', () => {
    expect(differingWebhooks(current, {voiceUrl: 'a', smsUrl: 'c', statusCallback: ''})).toEqual(['smsUrl'])
    expect(differingWebhooks({}, {voiceUrl: ''})).toEqual([])
    expect(differingWebhooks(current, {voiceUrl: ''})).toEqual(['voiceUrl'])
  })
})
