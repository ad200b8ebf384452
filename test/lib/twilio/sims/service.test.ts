import {describe, expect, it} from '@jest/globals'

import {connectTwilio} from '../../../../src/lib/twilio/connect.js'
import {twilioSims} from '../../../../src/lib/twilio/sims/service.js'
import {answering, transportOf} from '../../../support/in-process.js'

const main = connectTwilio(
  {accountSid: 'AC1', username: 'AC1', password: 'token-of-the-main-account'},
  {transport: transportOf(answering(200, {})), endpoint: undefined},
)
const addon = {appSpace: 'api-default', host: 'h', registry: 'r'}

describe('SIMs of Twilio’s own', () => {
  it('are in the subaccount of their add-on, and in stock in the main account', () => {
    const service = twilioSims(main, 'US')
    expect(service.carrierOf({...addon, account: {sid: 'AC2', authToken: 'own-token'}}).owner).toBe('AC2')
    expect(service.stock().owner).toBe('AC1')
  })

  it('are nobody’s where Twilio hides the token of the subaccount', () => {
    expect(() => twilioSims(main, 'US').carrierOf({...addon, account: {sid: 'AC2', authToken: ''}})).toThrow(
      expect.objectContaining({code: 'TWILIO_RESPONSE_INVALID'}),
    )
  })
})
