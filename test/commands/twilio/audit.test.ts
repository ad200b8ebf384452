import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {changes, configVars, snapshot} from '../support.js'

describe('twilio:audit', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await world.aka('addons:create twilio:small -a api-dev')
  })
  afterAll(() => world.close())

  it('changes nothing, and exits 0 where notes alone are left', async () => {
    const sofar = world.sandbox.requests.length
    const {exitCode, stdout} = await world.aka('twilio:audit')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^! api-dev: no alerts are set\.\n {2}→ .*twilio:alerts:set -a api-dev --url URL$/m)
    expect(stdout).toMatch(/^✔ 1 add-on checked: no problems and 2 notes\.$/m)
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
  })

  it('exits 3 where there is a problem, and fixes it once that is agreed to', async () => {
    await world.sandbox.change(({apps}) => {
      Reflect.deleteProperty(apps['api-dev']?.configVars ?? {}, 'TWILIO_PHONE_NUMBER')
    })
    const found = await world.aka('twilio:audit --json')
    expect(found.exitCode).toBe(3)
    expect(json(found)).toMatchObject({clean: false, addons: 1})
    const unasked = await world.aka('twilio:audit --fix')
    expect(unasked).toMatchObject({exitCode: 2, stderr: expect.stringContaining('--yes')})
    const fixed = await world.aka('twilio:audit --fix --yes')
    expect(fixed.exitCode).toBe(0)
    expect(fixed.stdout).toMatch(/^✔ api-dev: .* Fixed\.$/m)
    expect(configVars(await snapshot(world), 'api-dev').TWILIO_PHONE_NUMBER).toMatch(/^\+1/)
  })
})
