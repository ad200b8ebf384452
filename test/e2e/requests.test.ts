import {describe, expect, it} from '@jest/globals'

import type {LoggedRequest} from '../../src/sandbox/sandbox.js'
import {startWorld} from '../support/cli.js'
import {isFull} from '../support/runs.js'

/**
 * What each command asks at most, and how many of its requests wait for each other. The commands run one after the other, on one
 * add-on. To let a number grow is to make the command slower for everybody: say why in the commit.
 */
const most: readonly (readonly [command: string, requests: number, chain: number])[] = [
  ['twilio:whoami', 1, 1],
  // One more than the create: how many subaccounts are left.
  ['addons:create twilio:small -a api-default --dry-run', 8, 3],
  // The first counts the subaccounts, beside the rest; the second finds that count on the machine.
  ['addons:create twilio:small -a api-default', 16, 7],
  ['addons:create twilio:small -a web-default', 13, 5],
  ['addons:create twilio:small -a api-default', 6, 2],
  // The second asks the subaccount, whose token the first ones bring, whether US carriers deliver its SMS.
  ['addons:info twilio -a api-default', 4, 2],
  ['addons:wait twilio -a api-default', 1, 1],
  ['twilio', 4, 2],
  ['twilio:console -a api-default', 1, 1],
  ['twilio:usage -a api-default', 10, 3],
  ['twilio:usage --all', 10, 2],
  // What registrations cost is a category of its own.
  ['twilio:invoice -a api-default', 6, 2],
  ['twilio:invoice --all', 8, 2],
  ['twilio:number -a api-default', 5, 2],
  ['twilio:registration -a api-default', 9, 2],
  ['twilio:number:search', 2, 1],
  ['twilio:number:set -a api-default --sms-url https://example.com/sms', 6, 5],
  ['twilio:alerts:set -a api-default --url https://example.com/alert', 14, 6],
  ['twilio:alerts -a api-default', 3, 2],
  ['twilio:alerts:unset -a api-default', 13, 5],
  ['twilio:sims -a api-default', 8, 3],
  ['twilio:sims:orders -a api-default', 3, 2],
  ['addons:upgrade twilio twilio:medium -a api-default --yes', 5, 5],
  ['twilio:sms:send +15005550006 hello -a api-default', 5, 5],
  ['twilio:suspend -a api-default --yes', 4, 4],
  ['twilio:resume -a api-default', 7, 6],
]

describe('the requests of each command', () => {
  it('do not grow', async () => {
    // Long enough for what is sent together to be under way together, however busy the machine is.
    const world = await startWorld(isFull ? {latencyMs: 150, processEach: true} : {})
    try {
      const grown: string[] = []
      for (const [command, requests, chain] of most) {
        const before = world.sandbox.requests.length
        expect(await world.aka(command)).toMatchObject({exitCode: 0})
        const made = world.sandbox.requests.slice(before)
        const found = {requests: made.length, chain: longestChain(made)}
        if (found.requests > requests || (isFull && found.chain > chain))
          grown.push(`${command}: ${JSON.stringify(found)}`)
      }
      expect(grown).toEqual([])
    } finally {
      await world.close()
    }
  })
})

/** How many requests there are of which each was sent after the one before had been answered. */
function longestChain(requests: readonly LoggedRequest[]): number {
  const chains: number[] = []
  for (const [index, {startedAt}] of requests.entries()) {
    const answered = requests.slice(0, index).map(({finishedAt = Infinity}, at) => (finishedAt < startedAt ? at : -1))
    chains.push(1 + Math.max(0, ...answered.map((at) => chains[at] ?? 0)))
  }
  return Math.max(0, ...chains)
}
