import {beforeEach, describe, expect, it} from '@jest/globals'

import {previewRegistrationEnd, registeredAmong} from '../../../../src/lib/lifecycle/destroy/preview-registration.js'
import {readForm} from '../../../../src/lib/registration/form.js'
import {submitRegistration} from '../../../../src/lib/registration/submit.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../../support/in-process-addon.js'
import {REGISTRATION} from '../../../support/registration.js'

let world: AddonInProcess
beforeEach(async () => {
  world = await startReadyAddon()
})

async function submit({mock = false, times = 4} = {}) {
  const form = readForm('registration.yaml', REGISTRATION)
  for (let time = 1; time <= times; time++) {
    await submitRegistration(world.context, APP, form, {mock, brandSid: undefined})
    await world.transport.sleep(10_000)
  }
}

describe('what ends of a registration with its add-on', () => {
  it('is nothing where none was begun', async () => {
    expect(await previewRegistrationEnd(world.context, APP)).toBeUndefined()
    expect(await registeredAmong(world.context, [APP])).toEqual([])
  })

  it('is everything but the messaging service, and that the number sends', async () => {
    await submit()
    expect(await previewRegistrationEnd(world.context, APP)).toMatchObject({
      steps: ['customer-profile', 'a2p-profile', 'brand', 'campaign'],
      isVerified: true,
    })
    expect(await registeredAmong(world.context, [APP, 'other-default'])).toEqual([APP])
    expect(await registeredAmong(world.context, ['other-default'])).toEqual([])
  })

  it('is no sending where the campaign is a mock one, which registers nothing', async () => {
    await submit({mock: true})
    expect(await previewRegistrationEnd(world.context, APP)).toMatchObject({isVerified: false})
    expect(await registeredAmong(world.context, [APP])).toEqual([])
  })

  it('does not keep anybody from destroying it where it cannot be read', async () => {
    await submit({times: 1})
    world.sandbox.faults.add({path: 'trusthub', when: 'before', times: 99, do: {status: 403, body: '{}'}})
    expect(await previewRegistrationEnd(world.context, APP)).toBeUndefined()
  })
})
