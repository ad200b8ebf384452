import {stripVTControlCharacters} from 'node:util'

import {afterEach, beforeAll, expect, it} from '@jest/globals'

import {inTurn} from '../support/runs.js'
import {describeOnTerminal, onTerminal, type Terminal} from '../support/terminal.js'
import {INSTALL, repositories, run, type Upstream} from './repositories.js'
import type {Machine} from './support.js'

const {newUpstream, machineWith} = repositories()

describeOnTerminal('a newer release, in aka on a terminal', () => {
  let upstream: Upstream
  let machine: Machine
  let open: Terminal[] = []
  beforeAll(async () => {
    upstream = await newUpstream()
    await upstream.release()
    machine = await machineWith(upstream)
    expect(await run(machine, INSTALL)).toMatchObject({exitCode: 0})
  })
  afterEach(() => {
    for (const terminal of open) terminal.stop()
    open = []
  })

  async function plans(more = ''): Promise<string> {
    const env = {...machine.env, NO_UPDATE_NOTIFIER: undefined, CI: undefined}
    const terminal = onTerminal([machine.bin, 'addons:plans twilio', more], {cwd: machine.home, env})
    open.push(terminal)
    const exitCode = await terminal.ended
    const shown = stripVTControlCharacters(terminal.shown()).replaceAll(/\s+/g, ' ')
    expect(`${String(exitCode)} ${shown}`).toMatch(/^0 /)
    return shown
  }

  inTurn(it)(
    'is announced once, below what was asked for, by a command after the one that had it looked for',
    async () => {
      await upstream.commit({'CHANGELOG.md': (text) => `${text}\n`})
      const notice = 'A newer version of aka-twilio is available. To update: aka update'
      expect(await plans()).not.toContain(notice)
      let [shown, left] = ['', 60]
      // It is looked for in the background, for as long as git takes. A pipe is never told.
      while (!shown.includes(notice) && left-- > 0) {
        expect(await plans('| cat')).not.toContain(notice)
        shown = await plans()
      }
      expect(shown).toMatch(/\$50[^]*A newer version of aka-twilio is available\. To update: aka update\s*$/)
      expect(await plans()).not.toContain(notice)
      expect((await run(machine, 'addons:plans twilio')).stderr).toBe('')
    },
  )
})
