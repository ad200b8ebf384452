import {tmpdir} from 'node:os'

import {describe, expect, it} from '@jest/globals'

import {pageNames} from '../../../src/cli/help/pages.js'
import {outcomes} from '../../../src/lib/error-codes.js'
import {json, poolJob} from '../../support/cli.js'
import {runInPool} from '../../support/runners.js'

const run = (args: string) => runInPool(poolJob(args, {env: {PATH: process.env.PATH ?? '', HOME: tmpdir()}}))

describe('help', () => {
  it('has a page for exit codes, environment, JSON and scripts, in both spellings', async () => {
    for (const page of pageNames) {
      const [one, other] = await Promise.all([run(`help ${page}`), run(`twilio:help ${page}`)])
      expect(one).toMatchObject({exitCode: 0, stderr: ''})
      expect(other.stdout).toBe(one.stdout)
      for (const line of one.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
      expect(json(await run(`twilio:help ${page} --json`))).toMatchObject({page})
    }
    const {stdout} = await run('help exit-codes')
    for (const {exitCode} of Object.values(outcomes)) expect(stdout).toMatch(new RegExp(`^  ${exitCode} `, 'm'))
  })

  it('without a subject lists what there is, of a command is its own, and of nothing is exit 2', async () => {
    expect((await run('help')).stdout).toBe((await run('--help')).stdout)
    expect((await run('help')).stdout).toMatch(/help exit-codes/)
    expect((await run('help addons:create')).stdout).toBe((await run('addons:create --help')).stdout)
    expect(await run('help addons:creat')).toMatchObject({exitCode: 2, stdout: ''})
  })

  it('continues an example that is too long as the shell takes it', async () => {
    const {stdout} = await run('addons:create --help')
    expect(stdout).toContain(
      '  $ aka addons:create twilio:medium -a api-default --area-code 801 --any-area \\\n      --label team=payments\n',
    )
  })

  it('names the value of each flag, and lists what it may be where a line can break', async () => {
    const {stdout} = await run('twilio --help')
    expect(stdout).toMatch(/^ {6}--state=STATE +only in this state \(one of ready, provisioning,$/m)
    expect(stdout).not.toMatch(/<\w|\w\|\w/)
  })

  it('has usage lines that can be read, and nothing twice', async () => {
    const create = await run('addons:create --help')
    expect(create.stdout).toMatch(/^ {2}\$ aka addons:create \[PLAN\] \[-a APP-SPACE\] \[flags\]$/m)
    for (const id of ['', 'twilio', 'twilio:sims', 'addons', 'addons:create']) {
      const {stdout} = await run(`${id} --help`.trim())
      expect(stdout).not.toMatch(/\|\s+\||\[[^\]\n]*\[/)
      const entries = stdout.split('\n').filter((line) => /^( {2}\S| {6}--)/.test(line))
      expect(new Set(entries).size).toBe(entries.length)
      const names = stdout.match(/^ {2}(twilio|addons)(:\S+)?(?= )/gm) ?? []
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
