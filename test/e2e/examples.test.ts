import {expect, it} from '@jest/globals'

import {configVars, snapshot} from '../commands/support.js'
import {json} from '../support/cli.js'
import {CREATE, expectOneAddon, inWorld, PAST_THE_LEASE, stateAfter} from '../support/faults.js'

// CONTRIBUTING.md shows each of these; readme.test.ts checks that they are the same.

it('retries a 429', () =>
  inWorld(undefined, async (world) => {
    const busy = {status: 429, headers: {'Retry-After': '0'}}
    world.sandbox.faults.add({method: 'POST', path: 'Accounts.json', when: 'before', times: 2, do: busy})
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    expect(world.sandbox.requests.filter(({status}) => status === 429)).toHaveLength(2)
  }))

it('buys one number although the answer to the purchase is lost', () =>
  inWorld(undefined, async (world) => {
    world.sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers.json', when: 'after', do: {drop: true}})
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    await expectOneAddon(world)
  }))

it('finishes what a run began that was killed right after the purchase', () =>
  inWorld(undefined, async (world) => {
    const {child, finished} = world.start(CREATE)
    const kill = async () => {
      child.kill('SIGKILL')
      await finished
    }
    world.sandbox.faults.add({method: 'POST', path: 'IncomingPhoneNumbers.json', when: 'after', do: {call: kill}})
    expect(await finished).toMatchObject({signal: 'SIGKILL'})
    await world.sandbox.advanceClock(PAST_THE_LEASE)
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    await expectOneAddon(world)
  }))

const ready = await stateAfter(CREATE, 'addons:create twilio:medium -a web-dev')

it('lists two add-ons, one of them in an app that lost a config var', () =>
  inWorld(ready, async (world) => {
    await world.sandbox.change(({apps}) => {
      delete apps['web-dev']?.configVars.TWILIO_AUTH_TOKEN
    })
    expect(json(await world.aka('twilio --json')).addons).toHaveLength(2)
    expect(json(await world.aka('addons:info twilio -a web-dev --json')).configVars).toBe('incomplete')
    expect(configVars(await snapshot(world), 'api-default')).toHaveProperty('TWILIO_AUTH_TOKEN')
  }))
