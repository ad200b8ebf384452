import {execFileSync} from 'node:child_process'
import {constants} from 'node:fs'
import {open, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, expect, it} from '@jest/globals'

import type {Finished} from '../support/cli.js'
import {onlyInFull} from '../support/runs.js'
import {asked, describeInTurn, INSTALL, repositories, run, type Upstream, WHOAMI} from './repositories.js'
import type {Machine} from './support.js'

const {newUpstream, machineWith} = repositories()

const summary = async (machine: Machine): Promise<string> =>
  (await run(machine, 'twilio:whoami --help')).stdout.split('\n')[0] ?? ''
const saying = (words: string) => (text: string) => text.replace(/summary =\s+'.*'/, `summary = '${words}'`)

describeInTurn('update')('aka update', () => {
  let upstream: Upstream
  let machine: Machine
  const clone = (...path: string[]) => join(machine.plugins, 'twilio', ...path)
  const update = () => run(machine, 'update')
  beforeAll(async () => {
    upstream = await newUpstream()
    machine = await machineWith(upstream)
    expect(await run(machine, INSTALL)).toMatchObject({exitCode: 0})
  })

  it('pulls, installs and builds again', async () => {
    await upstream.commit({[WHOAMI]: saying('say who, once more')})
    const {exitCode, stderr} = await update()
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/npm[^]*build/i)
    expect((await asked(machine)).trim().split('\n')).toHaveLength(2)
    expect(await summary(machine)).toBe('say who, once more')
    expect((await run(machine, 'help twilio')).stdout).toContain('say who, once more')
  })

  onlyInFull(it)('does nothing where nothing is new, and builds again what was changed here', async () => {
    const before = await asked(machine)
    const none = await update()
    expect(none).toMatchObject({exitCode: 0})
    expect(none.stderr).toBe('aka-twilio is up to date.\n')
    expect(await asked(machine)).toBe(before)

    const whoami = await readFile(clone(WHOAMI), 'utf8')
    await writeFile(clone(WHOAMI), saying('say who, as I like it')(whoami))
    expect(await update()).toMatchObject({exitCode: 0})
    expect(await summary(machine)).toBe('say who, as I like it')
    await writeFile(clone(WHOAMI), whoami)
  })

  onlyInFull(it)('takes a new version although the lock file was changed here', async () => {
    const change = (text: string) => text.replace(/"version": "/, '"version": "1')
    await writeFile(clone('package-lock.json'), change(await readFile(clone('package-lock.json'), 'utf8')))
    await upstream.commit({
      'package-lock.json': (text) => text.replace(/"version": "/, '"version": "2'),
      [WHOAMI]: saying('say who, with another lock file'),
    })
    expect(await update()).toMatchObject({exitCode: 0})
    expect(await summary(machine)).toBe('say who, with another lock file')
  })

  onlyInFull(it)('keeps what somebody changed, takes what does not touch it, and says when it cannot', async () => {
    const edit = async (words: string) => writeFile(clone('README.md'), `${words}\n`)
    await edit('my notes')
    await upstream.commit({[WHOAMI]: saying('say who, beside notes')})
    expect(await update()).toMatchObject({exitCode: 0})
    expect(await summary(machine)).toBe('say who, beside notes')
    expect(await readFile(clone('README.md'), 'utf8')).toBe('my notes\n')

    await upstream.commit({'README.md': (text) => `${text}\nMore.\n`, [WHOAMI]: saying('say who, too new')})
    const {stderr} = await update()
    expect(stderr).toMatch(/newer version[^]*README\.md/)
    expect(await readFile(clone('README.md'), 'utf8')).toBe('my notes\n')
    expect(await summary(machine)).toBe('say who, beside notes')
    execFileSync('git', ['checkout', '--quiet', 'README.md'], {cwd: clone()})
  })

  onlyInFull(it)('fails with a word when npm or the build fails, and the old version goes on working', async () => {
    await upstream.commit({
      'package.json': (text) => text.replace(/"version": "[^"]*"/, '"version": "8.0.0"'),
      [WHOAMI]: (text) => `${saying('say who, broken')(text)}\n)`,
    })
    for (const broken of [await update(), await update()]) {
      expect(broken.exitCode).toBe(1)
      expect(broken.stderr).toMatch(/whoami\.ts[^]*could not be updated/)
      expect(await summary(machine)).toBe('say who, beside notes')
      expect(await run(machine, 'addons:plans twilio')).toMatchObject({exitCode: 0, stderr: ''})
    }

    await upstream.commit({[WHOAMI]: (text) => saying('say who, mended')(text.trimEnd().slice(0, -1))})
    await writeFile(join(machine.home, 'npm-fails'), 'npm error ENOTFOUND\n')
    const offline = await update()
    expect(offline.exitCode).toBe(1)
    expect(offline.stderr).toMatch(/ENOTFOUND[^]*could not be updated/)
    expect(await summary(machine)).toBe('say who, beside notes')
    expect(await run(machine, 'addons:plans twilio')).toMatchObject({exitCode: 0})
    await rm(join(machine.home, 'npm-fails'))
  })

  onlyInFull(it)('never stands in the way of others that start meanwhile', async () => {
    const gate = join(machine.home, 'npm-gate')
    execFileSync('mkfifo', [gate])
    const opened = await open(gate, constants.O_RDWR | constants.O_NONBLOCK)
    const before = await asked(machine)
    // Every command is another, so that its parts have another name.
    await upstream.commit({
      'src/lib/text.ts': (text) => `${text}\nexport const another = ${JSON.stringify('another'.repeat(9))}\n`,
      [WHOAMI]: saying('say who, all new'),
      'src/lib/addon/plans.ts': (text) => `${text}\nconsole.assert(true, 'all new')\n`,
      'src/cli/base-command.ts': (text) => `${text}\nconsole.assert(true, 'all new')\n`,
    })
    const commands = [
      'twilio:whoami --help',
      'addons:plans twilio',
      'addons:create twilio:small -a x-dev --dry-run',
      'version',
    ]
    const ran: {command: string; finished: Finished}[] = []
    /** One command after the other as long as that is so. */
    const whileTrue = async (still: () => Promise<boolean> | boolean, at: number): Promise<void> => {
      for (; await still(); at++) {
        const command = commands[at % commands.length] ?? ''
        ran.push({command, finished: await run(machine, command)})
      }
    }
    const twoAtOnce = (still: () => Promise<boolean> | boolean) =>
      Promise.all([whileTrue(still, 0), whileTrue(still, 2)])

    let updating = true
    const finished = update().finally(() => (updating = false))
    await twoAtOnce(async () => updating && (await asked(machine)) === before)
    expect(await readdir(clone())).not.toContain('node_modules')
    const enough = ran.length + commands.length
    await twoAtOnce(() => updating && ran.length < enough)
    await opened.write('go on\n')
    await twoAtOnce(() => updating)
    expect(await finished).toMatchObject({exitCode: 0})
    await opened.close()

    expect(ran.length).toBeGreaterThan(enough)
    for (const {command, finished: run} of ran) {
      expect({command, ...run}).toMatchObject({exitCode: 0, signal: null})
      expect(run.stderr).not.toMatch(/error|cannot|bug/i)
      expect(run.stdout).not.toMatch(/loading of plugin|init of plugin/)
    }
    expect(await summary(machine)).toBe('say who, all new')
  })
})
