import {execFile} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'

import {expect, it} from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a command beside which something fails that nobody waits for. */
async function runBeside(failure: string): Promise<{code: number; stdout: string; stderr: string}> {
  const script = `
    require('./bin/load-bundle.js').loadBundle().execute({dir: '.', args: ['addons:plans', '--json']})
    Promise.reject(${failure})`
  const failed = await promisify(execFile)(process.execPath, ['-e', script], {cwd: root}).catch(
    (error: unknown) => error,
  )
  return failed as {code: number; stdout: string; stderr: string}
}

it('what fails with nobody to wait for it ends the run as a bug, in our words and as JSON', async () => {
  const {code, stdout, stderr} = await runBeside("new TypeError('late')")
  expect(code).toBe(70)
  expect(stderr).toMatch(/^✖ .*bug in aka-twilio/)
  expect(stderr).toContain('TypeError: late')
  expect(JSON.parse(stdout)).toMatchObject({error: {exitCode: 70}})
})
