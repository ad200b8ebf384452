import {describe, expect, it} from '@jest/globals'

import {json} from '../../support/cli.js'
import {changes, runAll, snapshot, subaccounts, worlds} from '../support.js'

const newWorld = worlds()

describe('twilio:console', () => {
  it("shows the link to the app-space's subaccount, and that the administrator makes logins", async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a api-dev')
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      human: 'twilio:console -a api-dev',
      json: 'twilio:console -a api-dev --json',
      none: 'twilio:console -a none-dev',
      noApp: 'twilio:console',
    })
    const [sub] = subaccounts(await snapshot(world))
    expect(runs.human.stdout).toMatch(/^https:\/\/console\.twilio\.com\//)
    expect(runs.human.stdout).toContain(sub?.sid)
    expect(runs.human.stdout + runs.human.stderr).toMatch(/administrator/)
    expect(JSON.stringify(json(runs.json))).toContain(runs.human.stdout.trim())
    expect(runs.none).toMatchObject({exitCode: 4, stdout: ''})
    expect(runs.noApp).toMatchObject({exitCode: 2, stdout: ''})
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
  })
})
