import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'

import {expect, it} from '@jest/globals'

import {json, startWorld} from '../support/cli.js'
import {limited} from '../support/crowd.js'
import {expectNoStackTrace, look} from '../support/faults.js'
import {onlyInFull} from '../support/runs.js'

/** The same with more kinds of work, and in a moment, is in test/matrix/crowd.test.ts: these are processes. */
onlyInFull(it)(
  'forty processes at once get what they want of a Twilio that takes 10 calls at once, and 20 reads and writes a second',
  async () => {
    let refused = 0
    const time = {now: () => performance.now(), sleep: async (milliseconds: number) => sleep(milliseconds)}
    const narrow = {concurrent: 10, perSecond: 20, time, onLimited: () => void (refused += 1)}
    const world = await startWorld({between: (send) => limited(send, narrow)})
    try {
      const apps = Array.from({length: 40}, (_, index) => (index < 20 ? `app${index}-default` : 'api-default'))
      const runs = await Promise.all(
        apps.map(async (app, index) => {
          const env = {HOME: join(world.home, String(index))}
          await mkdir(env.HOME)
          return world.start(`addons:create twilio:small -a ${app} --json`, {env}).finished
        }),
      )
      runs.forEach(expectNoStackTrace)
      expect(runs.map(({exitCode, stderr}) => [exitCode, exitCode === 0 ? '' : stderr])).toEqual(
        runs.map(() => [0, '']),
      )
      expect(runs.filter((run) => json(run).created)).toHaveLength(21)
      const {accounts, numbers, items} = await look(world)
      expect(items).toEqual(Object.fromEntries(apps.map((app) => [app, 'ready'])))
      expect(numbers.map(({accountSid}) => accountSid).toSorted()).toEqual(accounts.toSorted())
      expect(accounts).toHaveLength(21)
      expect(refused).toBeGreaterThan(0)
    } finally {
      await world.close()
    }
  },
  240_000,
)
