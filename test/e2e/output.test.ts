import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'

import {describe, expect, it} from '@jest/globals'

import {STACK} from '../commands/support.js'
import {BIN, type Finished, type World} from '../support/cli.js'
import {CREATE, expectOneAddon, inWorld} from '../support/faults.js'

/** Runs a line of the shell in which `aka` is the built CLI, and `code` says how a command ended. */
function shell(world: World, line: string): Promise<Finished> {
  const script = `aka() { "${process.execPath}" "${BIN}" "$@"; }\n${line}`
  const child = spawn('sh', ['-c', script], {cwd: world.home, env: world.env, stdio: ['ignore', 'pipe', 'pipe']})
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve) => {
    child.on('close', (exitCode, signal) => resolve({exitCode, signal, stdout, stderr}))
  })
}

/** Every write to it fails as on a full disk; not every system has one. */
const onFullDisk = existsSync('/dev/full') ? it.concurrent : it.skip

describe('a run that nobody hears goes on to its end', () => {
  it.concurrent('after the reader of its progress has gone', () =>
    inWorld(undefined, async (world) => {
      const run = await shell(world, `{ aka ${CREATE} 2>&1 >result.json; echo "code $?" >&2; } | head -n 1`)
      expect(run.stderr).toBe('code 0\n')
      expect(run.stdout).toMatch(/^.+ …\n$/)
      await expectOneAddon(world)
    }),
  )

  it.concurrent('after the reader of its result has gone, with its own exit code', () =>
    inWorld(undefined, async (world) => {
      const lines = `{ aka ${CREATE} 2>/dev/null; echo "code $?" >&2; } | true\n{ aka addons:info nothing 2>/dev/null; echo "code $?" >&2; } | true`
      expect((await shell(world, lines)).stderr).toBe('code 0\ncode 2\n')
      await expectOneAddon(world)
    }),
  )

  onFullDisk('when its progress goes to a full disk', () =>
    inWorld(undefined, async (world) => {
      const run = await shell(world, `aka ${CREATE} --json 2>/dev/full`)
      expect(run).toMatchObject({exitCode: 0, stderr: ''})
      expect(JSON.parse(run.stdout)).toMatchObject({created: true})
      await expectOneAddon(world)
    }),
  )
})

describe('a result that goes to a full disk', () => {
  onFullDisk('is a failure in a sentence, and what was done is done', () =>
    inWorld(undefined, async (world) => {
      for (const json of ['', ' --json']) {
        const run = await shell(world, `aka ${CREATE}${json} >/dev/full`)
        expect(run.exitCode).toBe(1)
        expect(run.stderr).toMatch(/✖ .*standard output: the disk is full\.\n.*ended with exit code 0/)
        expect(run.stderr).not.toMatch(STACK)
        expect(run.stderr.length).toBeLessThan(1000)
      }
      await expectOneAddon(world)
    }),
  )

  onFullDisk('is reported by the next run where the command orders, and nothing is ordered again', () =>
    inWorld(undefined, async (world) => {
      await world.aka(CREATE)
      const order = 'aka twilio:sims:order -a api-default --quantity 2 --yes --json'
      expect(await shell(world, `${order} >/dev/full`)).toMatchObject({exitCode: 1})
      const [first, second] = [await shell(world, order), await shell(world, order)]
      expect(JSON.parse(first.stdout)).toMatchObject({resumed: true, quantity: 2})
      expect(JSON.parse(second.stdout)).toMatchObject({resumed: false, quantity: 2})
    }),
  )

  onFullDisk('keeps the exit code and the sentences of a command that failed', () =>
    inWorld(undefined, async (world) => {
      const run = await shell(world, 'aka addons:info twilio -a api-dev --json >/dev/full')
      expect(run.exitCode).toBe(4)
      expect(run.stderr).toMatch(/api-dev has no Twilio add-on[^]*disk is full/)
    }),
  )
})
