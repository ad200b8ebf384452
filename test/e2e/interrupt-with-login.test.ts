import {describe, expect, it} from '@jest/globals'

import {json} from '../support/cli.js'
import {CREATE, expectOneAddon, inWorld, look, said} from '../support/faults.js'

/** Whoever logged in has no credentials in the environment: the login is read, which must not change what Ctrl-C does. */
const loggedIn = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

describe('Ctrl-C, once, with a saved login and a saved setting', () => {
  it('awaits what is under way, prints the document and leaves everything to be resumed', () =>
    inWorld(undefined, async (world) => {
      const login = await world.start('twilio:login', {
        env: {...loggedIn, TWILIO_ACCOUNT_SID: world.accountSid},
        stdin: world.authToken,
      }).finished
      expect(login).toMatchObject({exitCode: 0})
      expect(await world.start('twilio:settings set country US').finished).toMatchObject({exitCode: 0})

      const running = world.start(`${CREATE} --json`, {env: loggedIn})
      const stopping = said(running, /Stopping/)
      const interrupt = async () => {
        running.child.kill('SIGINT')
        await stopping
      }
      world.sandbox.faults.add({method: 'POST', path: '/Accounts.json$', when: 'before', do: {call: interrupt}})
      const run = await running.finished
      expect({exitCode: run.exitCode, signal: run.signal}).toEqual({exitCode: 130, signal: null})
      expect(json(run)).toMatchObject({error: {code: 'INTERRUPTED', exitCode: 130}})
      expect((await look(world)).accounts).toHaveLength(1)

      world.sandbox.faults.clear()
      expect(await world.start(CREATE, {env: loggedIn}).finished).toMatchObject({exitCode: 0})
      await expectOneAddon(world)
    }))
})
