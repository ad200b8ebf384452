import {describe, expect, it} from '@jest/globals'

import type {LoggedRequest} from '../../src/sandbox/sandbox.js'
import {startWorld} from '../support/cli.js'
import {CREATE} from '../support/faults.js'

const OTHER = 'addons:create twilio:small -a web-default --json'

describe('a create', () => {
  it('takes five sequential round trips, and two more while the registry does not exist', async () => {
    // By the machine's clock: latency that passes as soon as everybody waits would pass before all requests are sent.
    const world = await startWorld({latencyMs: 100, processEach: true})
    try {
      await expectRoundTrips(CREATE, 7)
      await expectRoundTrips(OTHER, 5)
    } finally {
      await world.close()
    }

    async function expectRoundTrips(command: string, count: number): Promise<void> {
      const before = world.sandbox.requests.length
      // The SDK is still being loaded when Akkeris is asked: its answer waits for the lease, which must not wait for it.
      let leased: () => void = () => undefined
      const lease = new Promise<void>((resolve) => (leased = resolve))
      world.sandbox.faults.add({method: 'POST', path: '/Items$', when: 'before', do: {call: leased}})
      world.sandbox.faults.add({method: 'GET', path: 'config-vars', when: 'before', do: {call: () => lease}})
      expect(await world.aka(command)).toMatchObject({exitCode: 0})
      expect(waves(world.sandbox.requests.slice(before))).toHaveLength(count)
      world.sandbox.faults.clear()
    }
  })
})

/** Requests that were under way together. */
function waves(requests: readonly LoggedRequest[]): LoggedRequest[][] {
  const all: LoggedRequest[][] = []
  let over = 0
  for (const request of requests) {
    const wave = all.at(-1)
    if (wave && request.startedAt < over) wave.push(request)
    else all.push([request])
    const ends = (all.at(-1) ?? []).map(({finishedAt = Infinity}) => finishedAt)
    // One after the first answer to the wave is a wave of its own.
    over = Math.min(...ends)
  }
  return all
}
