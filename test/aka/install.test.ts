import {execFileSync} from 'node:child_process'
import {mkdir, readdir, realpath, rename, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import type {Finished} from '../support/cli.js'
import {onlyInFull, sample} from '../support/runs.js'
import {asked, describeInTurn, INSTALL, repositories, run, type Upstream, WHOAMI} from './repositories.js'
import {forEachOf, type Machine} from './support.js'

const {newUpstream, machineWith} = repositories()

let good: Upstream
beforeAll(async () => {
  good = await newUpstream()
})

describeInTurn('install')('aka plugins:install', () => {
  let machine: Machine
  let installed: Finished
  beforeAll(async () => {
    machine = await machineWith(good)
    installed = await run(machine, INSTALL)
  })
  const clone = () => join(machine.plugins, 'twilio')

  it('clones, installs what the build needs, builds, and shows progress on stderr', async () => {
    expect(installed).toMatchObject({exitCode: 0, signal: null})
    expect(installed.stdout).toMatch(/^Installing plugin from .* ✓ \n=== Installed plugin twilio\n$/)
    expect(installed.stderr).toMatch(/install[^]*npm[^]*build/i)
    expect(await asked(machine)).toMatch(/^ci (.* )?--include=dev( .*)?\n$/)
    expect(await readdir(machine.plugins)).toEqual(['twilio'])
  })

  it('makes a plugin that works where aka moved it to, and wherever it is moved', async () => {
    expect((await run(machine, 'version')).stdout).toMatch(/^twilio @twilio$/m)
    const create = 'addons:create twilio:small -a new-dev --json'
    expect(await run(machine, create)).toMatchObject({exitCode: 0})
    await rename(clone(), join(machine.plugins, 'other'))
    expect(await run(machine, 'addons:info twilio -a new-dev')).toMatchObject({exitCode: 0, stderr: ''})
    await rename(join(machine.plugins, 'other'), clone())
    const mentions = ['-rlIE', '--exclude-dir=.git', '--exclude-dir=node_modules', String.raw`plugins/\.tmp[0-9]`, '.']
    expect(() => execFileSync('grep', mentions, {cwd: clone(), encoding: 'utf8'})).toThrow(/Command failed/)
    const built = ['-rlF', '--exclude-dir=.git', '--exclude-dir=node_modules', machine.home, '.']
    expect(() => execFileSync('grep', built, {cwd: clone(), encoding: 'utf8'})).toThrow(/Command failed/)
  })

  it('leaves the clone as git knows it, so that it can be pulled', () => {
    const status = execFileSync('git', ['status', '--porcelain'], {cwd: clone(), encoding: 'utf8'})
    expect(status).toBe('')
  })

  it('says so when it is installed already, and what was there stays', async () => {
    const before = await asked(machine)
    const again = await run(machine, INSTALL)
    expect(again).toMatchObject({exitCode: 1})
    expect(again.stderr).toMatch(/There is a plugin of that name already[^]*aka update/)
    expect(await asked(machine)).toBe(before)
    expect(await readdir(machine.plugins)).toEqual(['twilio'])
    expect(await run(machine, 'addons:plans twilio')).toMatchObject({exitCode: 0})
  })

  it('is undone by plugins:uninstall', async () => {
    await run(machine, 'plugins:uninstall twilio')
    expect(await readdir(machine.plugins)).toEqual([])
    expect((await run(machine, 'addons:plans twilio')).stderr).toMatch(/404/)
  })
})

onlyInFull(describe)('aka plugins:install of a release', () => {
  let upstream: Upstream
  let machine: Machine
  beforeAll(async () => {
    upstream = await newUpstream()
    await upstream.release()
    machine = await machineWith(upstream)
    // Neither npm nor a network.
    await writeFile(join(machine.home, 'npm-fails'), 'npm error ENOTFOUND\n')
  })

  it('is a clone and a look at it: nothing is asked of npm, nothing is built', async () => {
    expect(await run(machine, INSTALL)).toMatchObject({exitCode: 0, stderr: 'aka-twilio is up to date.\n'})
    expect(await asked(machine)).toBe('')
    expect(await run(machine, 'addons:create twilio:small -a new-dev --json')).toMatchObject({exitCode: 0})
    const status = ['-C', join(machine.plugins, 'twilio'), 'status', '--porcelain']
    expect(execFileSync('git', status, {encoding: 'utf8'})).toBe('')
  })

  it('builds what was changed since', async () => {
    await writeFile(join(machine.plugins, 'twilio', WHOAMI), '\n', {flag: 'a'})
    expect(await run(machine, 'update')).toMatchObject({exitCode: 1, stderr: expect.stringContaining('ENOTFOUND')})
    await rm(join(machine.home, 'npm-fails'))
    expect(await run(machine, 'update')).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/npm[^]*build/)})
  })

  it('is made of what is committed, once for each version', async () => {
    await expect(upstream.release()).rejects.toThrow(/already exists/)
    await writeFile(join(upstream.path, WHOAMI), '\n', {flag: 'a'})
    await expect(upstream.release()).rejects.toThrow(/Commit these first[^]*whoami/)
  })
})

describe('aka plugins:install that fails', () => {
  interface Failing {
    readonly says: RegExp
    readonly asksNpm: boolean
    /** What is wrong with the machine, as environment. */
    readonly prepare: (machine: Machine) => Promise<Readonly<Record<string, string>>>
  }
  const failures: Readonly<Record<string, Failing>> = {
    'no npm': {
      says: /npm.*not found/i,
      asksNpm: false,
      prepare: async ({home}) => {
        const PATH = join(home, 'tools')
        await mkdir(PATH)
        for (const tool of ['git', 'sh']) {
          const where = execFileSync('sh', ['-c', `command -v ${tool}`], {encoding: 'utf8'}).trim()
          await symlink(await realpath(where), join(PATH, tool))
        }
        return {PATH}
      },
    },
    'npm that fails': {
      says: /getaddrinfo ENOTFOUND registry[^]*npm/,
      asksNpm: true,
      prepare: async ({home}) => {
        await writeFile(join(home, 'npm-fails'), 'npm error getaddrinfo ENOTFOUND registry.example.com\n')
        return {}
      },
    },
    'an old Node': {
      says: /Node.*20\.19[^]*18\.19\.1/,
      asksNpm: false,
      prepare: async ({home}) => {
        const old = join(home, 'old-node.cjs')
        const is = (name: string, value: string) => `Object.defineProperty(process, '${name}', {value: ${value}})\n`
        await writeFile(old, is('version', `'v18.19.1'`) + is('versions', `{...process.versions, node: '18.19.1'}`))
        return {NODE_OPTIONS: `--require ${old}`}
      },
    },
    'a build that fails': {says: /whoami\.ts[^]*build/, asksNpm: true, prepare: async () => ({})},
  }
  const tried = sample(Object.entries(failures), 8)
  const ran = new Map<string, {readonly machine: Machine; readonly run: Finished}>()
  beforeAll(async () => {
    await forEachOf(tried, async ([name, {prepare}]) => {
      const upstream = name === 'a build that fails' ? await newUpstream() : good
      if (upstream !== good) await upstream.commit({[WHOAMI]: (text) => `${text}\n)`})
      const machine = await machineWith(upstream)
      ran.set(name, {machine, run: await run(machine, INSTALL, {env: await prepare(machine)})})
    })
  })

  it.each(tried)('says why, exits with a failure and leaves nothing behind: %s', async (name, {says, asksNpm}) => {
    const {machine, run: failed} = ran.get(name) ?? {}
    if (!machine || !failed) throw new Error(`${name} did not run`)
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toMatch(says)
    // What aka makes of it.
    expect(failed.stdout).toMatch(/ ✕ \n$/)
    expect(failed.stderr).toMatch(/could not be installed/)
    expect(await readdir(machine.plugins)).toEqual([])
    expect((await asked(machine)) !== '').toBe(asksNpm)
    expect(await run(machine, 'addons:services')).toMatchObject({exitCode: 0, stderr: ''})
  })
})
