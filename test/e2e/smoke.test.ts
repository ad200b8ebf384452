import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../support/cli.js'

describe('the built CLI against Twilio and Akkeris on loopback', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({processEach: true})
  })
  afterEach(() => world.close())

  it('creates, shows, repeats and destroys an add-on', async () => {
    const created = await world.aka('addons:create twilio:small -a api-default --json')
    expect(created).toMatchObject({exitCode: 0})
    expect(json(created)).toMatchObject({created: true, plan: 'small', appSpace: 'api-default'})

    const again = await world.aka('addons:create twilio:small -a api-default --json')
    expect(json(again)).toEqual({...json(created), created: false, repaired: [], subaccounts: null})

    expect((await world.aka('twilio')).stdout).toContain('api-default')
    expect(await world.aka('addons:destroy twilio -a api-default --confirm api-default')).toMatchObject({exitCode: 0})
    expect(json(await world.aka('twilio --json')).addons).toEqual([])
  })
})
