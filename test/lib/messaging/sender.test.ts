import {describe, expect, it} from '@jest/globals'

import {senderOf} from '../../../src/lib/messaging/sender.js'
import {startSimsInProcess} from '../../support/in-process-sims.js'

const number = {sid: `PN${'1'.repeat(32)}`, e164: '+14155550100', transferred: false}

describe('messages and calls come', () => {
  it('from the number of the add-on, with the subaccount’s own credentials', async () => {
    const {sims, changeAddon} = await startSimsInProcess()
    await changeAddon({phoneNumber: number})
    const sender = await senderOf(sims, 'api-default')
    expect(sender).toMatchObject({from: '+14155550100', appSpace: 'api-default'})
    expect(sender.twilio.sid).toBe(sims.accountSid)
  })

  it('from nobody while there is no number, or no add-on: exit 4', async () => {
    const {sims} = await startSimsInProcess()
    await expect(senderOf(sims, 'api-default')).rejects.toMatchObject({code: 'NUMBER_NOT_FOUND'})
    await expect(senderOf(sims, 'web-default')).rejects.toMatchObject({code: 'ADDON_NOT_FOUND'})
  })

  it('from nobody while the subaccount is suspended: exit 1', async () => {
    const {sims, changeAddon, sandbox} = await startSimsInProcess()
    await changeAddon({phoneNumber: number})
    await sandbox.change(({accounts}) => {
      for (const account of accounts) if (account.sid === sims.accountSid) account.status = 'suspended'
    })
    await expect(senderOf(sims, 'api-default')).rejects.toMatchObject({code: 'SUBACCOUNT_NOT_ACTIVE'})
  })
})
