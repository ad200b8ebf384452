import {beforeEach, describe, expect, it} from '@jest/globals'

import {setNumber} from '../../../src/lib/number/set.js'
import {type AddonInProcess, APP, createAddon, startReadyAddon} from '../../support/in-process-addon.js'

const voiceUrl = 'https://example.com/voice'
const smsUrl = 'https://example.com/sms'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon({voiceUrl})
})

const set = (urls: Parameters<typeof setNumber>[2]) => setNumber(world.context, APP, urls)
const settings = async () => (await world.state()).incomingNumbers[0]?.settings

describe('what a number calls', () => {
  it('is set, and the rest stays', async () => {
    expect(await set({smsUrl})).toMatchObject({changed: ['smsUrl'], number: {webhooks: {voiceUrl, smsUrl}}})
    expect(await settings()).toMatchObject({voice_url: voiceUrl, sms_url: smsUrl})
  })

  it('is removed by an empty URL', async () => {
    expect(await set({voiceUrl: ''})).toMatchObject({changed: ['voiceUrl']})
    expect((await settings())?.voice_url).toBeFalsy()
  })

  it('is neither sent nor shown where it is set already', async () => {
    const from = world.sandbox.requests.length
    expect(await set({voiceUrl, smsUrl: ''})).toMatchObject({changed: []})
    expect(world.sandbox.requests.slice(from).filter(({path}) => path.includes('IncomingPhone'))).toHaveLength(1)
    expect(world.progress.join()).not.toContain('setting')
  })

  it('is what the next addons:create is compared with', async () => {
    await set({smsUrl, voiceUrl: ''})
    expect(await world.record()).toMatchObject({state: 'ready', intent: {smsUrl}})
    expect((await world.record())?.intent).not.toHaveProperty('voiceUrl')
    expect(await createAddon(world, {smsUrl})).toMatchObject({created: false})
    await expect(createAddon(world, {voiceUrl})).rejects.toMatchObject({code: 'OPTIONS_MISMATCH'})
  })

  it('cannot be set of a number that is gone; the record stays as it was', async () => {
    await world.sandbox.change((state) => void (state.incomingNumbers = []))
    await expect(set({smsUrl})).rejects.toMatchObject({
      code: 'NUMBER_GONE',
      suggestions: [expect.stringContaining('twilio:number:change')],
    })
    expect((await world.record())?.intent).not.toHaveProperty('smsUrl')
    expect((await world.record())?.lease).toBeUndefined()
  })
})
