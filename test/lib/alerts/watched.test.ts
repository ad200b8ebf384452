import {describe, expect, it} from '@jest/globals'

import {missingAlerts, unwatchedKinds, watchedKinds} from '../../../src/lib/alerts/watched.js'
import type {SimService} from '../../../src/lib/carrier/service.js'
import {badCredentials, temporary} from '../../../src/lib/errors.js'
import {meteredKinds} from '../../../src/lib/usage/kinds.js'

const chosen = (name: 'twilio' | 'kore') => ({simService: async () => ({name}) as SimService})
const failing = (error: Error) => ({
  async simService(): Promise<SimService> {
    throw error
  },
})
const withoutM2m = meteredKinds.filter((kind) => kind !== 'm2m')

describe('what alerts can be set for', () => {
  it('is everything where the SIMs are in the subaccount, and no messages of SIMs where they are elsewhere', async () => {
    expect(await watchedKinds(chosen('twilio'), {})).toEqual(meteredKinds)
    expect(await watchedKinds(chosen('kore'), undefined)).toEqual(withoutM2m)
  })

  it('goes by whom the add-on’s SIMs are with, whoever is chosen', async () => {
    expect(await watchedKinds(chosen('kore'), {simCarrier: 'twilio'})).toEqual(meteredKinds)
    expect(await watchedKinds(chosen('twilio'), {simCarrier: 'kore'})).toEqual(withoutM2m)
  })

  it('is everything without credentials for the carrier; any other failure is one', async () => {
    const none = badCredentials('KORE_CREDENTIALS_MISSING', 'None.', 'Log in.')
    expect(await watchedKinds(failing(none), {})).toEqual(meteredKinds)
    const busy = temporary('ACCOUNT_BUSY', 'Busy.', 'Run this again.')
    await expect(watchedKinds(failing(busy), {})).rejects.toBe(busy)
  })

  it('leaves the rest to usage --fail-at, which is said where there is any', () => {
    expect(unwatchedKinds(withoutM2m)).toEqual(['m2m'])
    expect(missingAlerts('api-dev', ['m2m'])).toMatch(
      /no alerts for M2M messages.*twilio:usage -a api-dev --fail-at 80/,
    )
    expect(missingAlerts('api-dev', [])).toBeUndefined()
    expect(missingAlerts('api-dev')).toBeUndefined()
  })
})
