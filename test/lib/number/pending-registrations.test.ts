import {describe, expect, it} from '@jest/globals'

import {pendingRegistrations} from '../../../src/lib/number/pending-registrations.js'

describe('what Twilio still asks for', () => {
  it('is A2P 10DLC for US local numbers, verification for toll-free ones, nothing for others', () => {
    expect(pendingRegistrations({e164: '+18015556666', country: 'US'})).toMatch(/A2P 10DLC/)
    for (const areaCode of ['800', '833', '844', '855', '866', '877', '888'])
      expect(pendingRegistrations({e164: `+1${areaCode}5556666`, country: 'US'})).toMatch(/verified/)
    expect(pendingRegistrations({e164: '+18225556666', country: 'US'})).not.toMatch(/verified/)
    expect(pendingRegistrations({e164: '+14165556666', country: 'CA'})).toBeUndefined()
    expect(pendingRegistrations({e164: '+442079460000', country: 'GB'})).toBeUndefined()
  })
})
