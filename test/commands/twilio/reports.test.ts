import {readFile, stat, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import type {World} from '../../support/cli.js'
import {runAll} from '../support.js'
import {use, worldAt} from '../usage-support.js'

describe('a report to send to somebody', () => {
  let world: World
  beforeAll(async () => {
    world = await worldAt('2028-02-15T00:00:00Z')
    await runAll(world, {
      a: 'addons:create twilio:small -a busy-dev',
      b: 'addons:create twilio:medium -a idle-dev',
    })
    await use(world, 'busy-dev', 'sms-outbound', 3600, '2028-02-10')
  })
  afterAll(() => world.close())

  const file = (name: string) => join(world.home, name)

  it('is a page beside what is printed: of usage, of all usage, of invoices', async () => {
    const runs = await runAll(world, {
      one: `twilio:usage -a busy-dev --daily --html ${file('one.html')}`,
      all: `twilio:usage --all --json --html ${file('all.html')}`,
      invoices: `twilio:invoice --all --csv --html ${file('invoices.html')}`,
    })
    expect(runs.one.stdout).toMatch(/SMS messages +█+/)
    const pages = ['one.html', 'all.html', 'invoices.html'].map(async (name) => readFile(file(name), 'utf8'))
    const [one = '', all = '', invoices = ''] = await Promise.all(pages)
    expect(one).toMatch(/SMS messages, day by day[^]*<title>10 Feb: 3,600<\/title>/)
    expect(all).toMatch(/busy-dev[^]*120%, over by 600[^]*idle-dev/)
    expect(invoices).toMatch(/February 2028[^]*busy-dev[^]*\$50[^]*Total[^]*\$150/)
  })

  it('replaces a file or a link of that name, and is for its owner alone', async () => {
    await writeFile(file('other'), 'mine')
    await symlink(file('other'), file('link.html'))
    const run = await world.aka(`twilio:usage -a busy-dev --html ${file('link.html')}`)
    expect(run.exitCode).toBe(0)
    expect(await readFile(file('other'), 'utf8')).toBe('mine')
    expect((await stat(file('link.html'))).mode & 0o777).toBe(0o600)
  })

  it('is refused before anything is read where it cannot be written', async () => {
    const before = world.sandbox.requests.length
    for (const command of ['twilio:invoice -a busy-dev', 'twilio:usage --all'])
      for (const [path, reason] of [
        [file('none/x.html'), 'there is no such file or folder'],
        [world.home, 'it is a folder'],
      ] as const)
        expect(await world.aka(`${command} --html ${path}`)).toMatchObject({
          exitCode: 1,
          stdout: '',
          stderr: expect.stringContaining(`could not write the report to ${path}: ${reason}`),
        })
    expect(world.sandbox.requests).toHaveLength(before)
  })

  it('is a table for chat with --markdown, alone on stdout', async () => {
    const runs = await runAll(world, {
      usage: 'twilio:usage --all --markdown',
      invoice: 'twilio:invoice -a busy-dev --markdown',
    })
    expect(runs.usage.stdout).toMatch(
      /^\*\*Twilio usage\*\*, February 2028.*\n\n\| App-space \| Plan .*\n\| --- .*\n\| busy-dev \| small \| 0% \| 120% /,
    )
    expect(runs.invoice.stdout).toMatch(/^\*\*Twilio costs\*\*[^]*\| busy-dev \| small \| \$50 /)
    const both = await world.aka('twilio:usage --all --markdown --csv')
    expect(both).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--csv and --markdown cannot be used together.'),
    })
  })
})
