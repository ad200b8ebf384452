import {chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {startCli} from '../support/cli.js'
import {inTurn, sample} from '../support/runs.js'

describe('the compiled code of the bundle', () => {
  let home: string
  let folder: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
    folder = join(home, '.cache', 'aka-twilio')
  })
  afterEach(() => rm(home, {recursive: true, force: true}))

  const run = (args: string, env: Record<string, string> = {}) =>
    startCli(args, {env: {PATH: process.env.PATH, HOME: home, ...env}, cwd: tmpdir()}).finished
  const expectPlans = async (env?: Record<string, string>) => {
    const {exitCode, stdout, stderr} = await run('addons:plans', env)
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
    expect(stdout).toContain('$50')
  }
  const cached = async () => {
    const [name = '', ...others] = await readdir(folder)
    expect(others).toEqual([])
    const path = join(folder, name)
    const content = await readFile(path)
    const end = content.length - 4
    const about = JSON.parse(content.toString('utf8', end - content.readUInt32LE(end), end)) as {commands: string[]}
    return {path, content, commands: about.commands, mode: (await stat(path)).mode & 0o777}
  }

  it('is kept for the next run, for nobody else to read or write, and grows with each new command', async () => {
    await expectPlans()
    const first = await cached()
    expect(first).toMatchObject({commands: ['addons:plans'], mode: 0o600})
    expect((await stat(folder)).mode & 0o777).toBe(0o700)

    await expectPlans()
    expect((await cached()).content.equals(first.content)).toBe(true)

    await run('twilio:whoami --json')
    const {commands, content} = await cached()
    expect(commands).toEqual(['addons:plans', 'twilio:whoami'])
    expect(content.length).toBeGreaterThan(first.content.length)
  })

  inTurn(it)(
    'is not replaced by that of a run which set flags of V8, and which every other run would reject',
    async () => {
      await expectPlans()
      const {content} = await cached()
      await writeFile(join(home, 'apps.txt'), 'a-dev\nb-dev\n')
      const list = `addons:create twilio:small --apps-from ${join(home, 'apps.txt')} --dry-run --sandbox`
      expect(await run(list)).toMatchObject({exitCode: 0})
      expect((await cached()).content.equals(content)).toBe(true)
    },
  )

  it.each(
    sample<[string, (content: Buffer) => string | Buffer]>([
      ['empty', () => ''],
      ['truncated', (content) => content.subarray(0, content.length / 2)],
      ['something else', () => 'x'.repeat(5000)],
      ['of another build', (content) => content.toString('latin1').replace('main.js ', 'main.js 1')],
      ['damaged', (content) => Buffer.concat([Buffer.alloc(1000, 7), content.subarray(1000)])],
    ]),
  )('is made again when it is %s', async (_, damage) => {
    await expectPlans()
    const {path, content} = await cached()
    await writeFile(path, damage(content), 'latin1')
    await expectPlans()
    expect((await cached()).commands).toEqual(['addons:plans'])
    await expectPlans()
  })

  inTurn(it)('says nothing of what was typed but the name of a command', async () => {
    await run('not-A-command=xyzzy-plugh')
    expect((await cached()).content.includes('xyzzy')).toBe(false)
  })

  inTurn(it)('is written whole by runs at the same time', async () => {
    await Promise.all(Array.from({length: 5}, () => expectPlans()))
    expect((await cached()).commands).toEqual(['addons:plans'])
    await expectPlans()
  })

  inTurn(it)('is neither read nor written where others may write', async () => {
    await mkdir(folder, {recursive: true})
    await chmod(folder, 0o777)
    await expectPlans()
    expect(await readdir(folder)).toEqual([])
  })

  inTurn(it)('is done without where there is no place for it', async () => {
    await expectPlans({HOME: ''})
    await expectPlans({HOME: '/dev/null/home'})
    await expectPlans({XDG_CACHE_HOME: '/dev/null/cache'})
  })

  inTurn(it)('is kept where XDG_CACHE_HOME says', async () => {
    await expectPlans({XDG_CACHE_HOME: join(home, 'elsewhere')})
    expect(await readdir(join(home, 'elsewhere', 'aka-twilio'))).toHaveLength(1)
  })
})

describe('--version', () => {
  it('is what the package is', async () => {
    const {version} = JSON.parse(await readFile('package.json', 'utf8')) as {version: string}
    const {exitCode, stdout, stderr} = await startCli('--version', {env: {HOME: tmpdir()}}).finished
    const node = `${process.platform}-${process.arch} node-${process.version}`
    expect({exitCode, stdout, stderr}).toEqual({exitCode: 0, stdout: `aka-twilio/${version} ${node}\n`, stderr: ''})
  })
})
