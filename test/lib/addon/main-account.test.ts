import {beforeEach, describe, expect, it} from '@jest/globals'

import {checkMainAccount, requireAuthToken, requireFullAccount} from '../../../src/lib/addon/main-account.js'
import {fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
})

const byKey = ({sid, secret}: {sid: string; secret: string}) =>
  world.main.as({accountSid: world.main.sid, username: sid, password: secret})

describe('the main account', () => {
  it('is one by its token, or by a key of type Main', async () => {
    const {apiKey} = await world.sandbox.credentials()
    for (const main of [world.main, byKey(apiKey)])
      expect(await checkMainAccount(main)).toMatchObject({sid: world.main.sid})
  })

  it('is not seen by a key of another type, which is not taken for wrong credentials', async () => {
    const {standardKey} = await world.sandbox.credentials()
    await expect(checkMainAccount(byKey(standardKey))).rejects.toMatchObject({code: 'API_KEY_NOT_MAIN', exitCode: 5})
    const wrong = world.main.as({accountSid: world.main.sid, username: world.main.sid, password: 'wrong'})
    await expect(checkMainAccount(wrong)).rejects.toMatchObject({code: 'CREDENTIALS_REFUSED', exitCode: 5})
  })

  it('is no subaccount', async () => {
    const sub = await world.newSubaccount()
    await expect(checkMainAccount(sub)).rejects.toMatchObject({code: 'SUBACCOUNT_CREDENTIALS', exitCode: 5})
  })

  it('is active', async () => {
    await world.sandbox.change(({accounts: [main]}) => {
      if (main) main.status = 'suspended'
    })
    await expect(checkMainAccount(world.main)).rejects.toMatchObject({exitCode: expect.any(Number) as unknown})
  })

  it('is no trial account where numbers are bought, and has a token where they are moved', async () => {
    const account = await fetchAccount(world.main)
    requireFullAccount(account)
    expect(() => requireFullAccount({...account, type: 'Trial'})).toThrow(
      expect.objectContaining({code: 'TRIAL_ACCOUNT', exitCode: 1}),
    )
    requireAuthToken(world.main, 'move a number')
    const {apiKey} = await world.sandbox.credentials()
    expect(() => requireAuthToken(byKey(apiKey), 'move a number')).toThrow(
      expect.objectContaining({code: 'AUTH_TOKEN_REQUIRED', exitCode: 5}),
    )
  })
})
