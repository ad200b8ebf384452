import {beforeEach, describe, expect, it} from '@jest/globals'

import type {AddonContext} from '../../../src/lib/addon/context.js'
import {followRegistration} from '../../../src/lib/registration/follow.js'
import type {RegistrationForm} from '../../../src/lib/registration/form.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'
import {formWith, submissions} from '../../support/in-process-submission.js'

const MINUTE_MS = 60_000

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
})
const {submit, sending} = submissions(() => world)

/** How it ends, and how long it took, where a person waits for so long at most. */
async function follow({
  form = formWith(),
  longestWaitMs,
}: {form?: RegistrationForm; longestWaitMs?: number | undefined} = {}) {
  const {context, main, transport, waits} = world
  const waiting: AddonContext = {...context, main: {...main, transport: {...transport, longestWaitMs}}}
  const options = {mock: false, brandSid: undefined}
  const submitted = await submit({}, form)
  const from = waits.length
  const {waitsFor} = await followRegistration(waiting, APP, form, {options, submitted})
  return {waitsFor, waitedMs: waits.slice(from).reduce((all, each) => all + each, 0)}
}

/** Reviews that begin from now on take ten years. */
const slowReviews = () => {
  world.sandbox.faults.add({
    method: 'POST',
    path: '/v1/CustomerProfiles/BU[0-9a-f]+$',
    when: 'after',
    do: {
      call: () =>
        world.sandbox.change(({trustBundles}, now) => {
          for (const bundle of trustBundles)
            if (bundle.friendlyName.startsWith('aka-twilio'))
              bundle.review = {askedAt: now + 3650 * 86_400_000, problems: []}
        }),
    },
  })
}

describe('the reviews of a registration', () => {
  it('are followed one after the other to the end, each by its name', async () => {
    expect((await follow()).waitsFor).toBeUndefined()
    expect(await sending()).toBe('verified')
    expect(world.told.filter((what) => what.startsWith('for the review'))).toEqual([
      'for the review of the customer profile',
      'for the review of the A2P profile',
      'for the review of the brand',
      'for the review of the campaign',
    ])
  })

  it.each([
    ['half an hour', undefined, 30],
    ['as long as a person says', 5 * MINUTE_MS, 5],
  ])(
    'are followed for %s, and then nothing is submitted: it is said which one goes on',
    async (_, longestWaitMs, minutes) => {
      slowReviews()
      const {waitsFor, waitedMs} = await follow({longestWaitMs})
      expect(waitsFor).toBe('customer-profile')
      expect(Math.floor(waitedMs / MINUTE_MS)).toBe(minutes)
      expect(world.sandbox.requests.at(-1)?.method).toBe('GET')
    },
  )

  it('share that time', async () => {
    expect(await follow({longestWaitMs: 15_000})).toMatchObject({waitsFor: 'brand'})
  })

  it('end with a rejection, which is said at once', async () => {
    await expect(follow({form: formWith({name: 'Example [18602]'})})).rejects.toMatchObject({
      code: 'REGISTRATION_REJECTED',
    })
  })
})
