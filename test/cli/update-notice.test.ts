import {execFileSync, spawnSync} from 'node:child_process'
import {cp, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {noticeUpdate} from '../../src/cli/update-notice.js'
import {inTurn} from '../support/runs.js'

const day = 86_400_000
const write = process.stderr.write.bind(process.stderr)

describe('a newer version at the origin of the clone', () => {
  let folder: string
  let root: string
  let now: number
  let checks: number
  let told: string[]
  const inOrigin = (...args: string[]) => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
    execFileSync('git', ['-C', join(folder, 'origin'), ...who, ...args], {stdio: 'ignore'})
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aka-twilio-update-'))
    root = join(folder, 'clone')
    await mkdir(join(folder, 'origin'))
    inOrigin('init', '-q', '-b', 'release')
    inOrigin('commit', '-q', '--allow-empty', '-m', 'one')
    execFileSync('git', ['clone', '-q', join(folder, 'origin'), root], {stdio: 'ignore'})
    await mkdir(join(root, 'dist'))
    await writeFile(join(root, 'dist', 'built-from.txt'), 'one\n')
    await cp(join(process.cwd(), 'scripts', 'check-update.cjs'), join(root, 'scripts', 'check-update.cjs'))
    ;[now, checks, told] = [Date.parse('2026-03-10'), 0, []]
    process.stderr.write = (text) => told.push(String(text)) > 0
  })
  afterEach(async () => {
    process.stderr.write = write
    await rm(folder, {recursive: true, force: true})
  })

  const command = async ({argv = ['twilio'], env = {}}: {argv?: readonly string[]; env?: NodeJS.ProcessEnv} = {}) =>
    noticeUpdate({
      ...{root, argv, env, now, home: folder, program: 'aka'},
      startCheck(_, path) {
        checks += 1
        spawnSync(process.execPath, [join(root, 'scripts', 'check-update.cjs'), path])
      },
    })

  it('is looked for and told once a day, by the command after the one that looked, until it is installed', async () => {
    inOrigin('commit', '-q', '--allow-empty', '-m', 'two')
    await command()
    expect({checks, told}).toEqual({checks: 1, told: []})
    await command()
    await command()
    expect({checks, told}).toEqual({
      checks: 1,
      told: [expect.stringMatching(/A newer version of aka-twilio is available\. To update: aka update/)],
    })
    now += day
    await command()
    await command()
    expect([checks, told.length]).toEqual([2, 2])
    await writeFile(join(root, 'dist', 'built-from.txt'), 'two\n')
    execFileSync('git', ['-C', root, 'pull', '-q'], {stdio: 'ignore'})
    await command()
    await command()
    expect([checks, told.length]).toEqual([3, 2])
  })

  inTurn(it, 2)('is none where the clone has all of it, or cannot reach its origin', async () => {
    await command()
    await rm(join(folder, 'origin'), {recursive: true})
    now += day
    await command()
    await command()
    expect({checks, told}).toEqual({checks: 2, told: []})
  })

  it.each([
    ['in CI', {env: {CI: 'true'}}],
    ['for a program', {argv: ['twilio', '--json']}],
    ['in plain text', {argv: ['twilio', '--plain']}],
    ['where names alone are asked for', {argv: ['twilio', '-q']}],
    ['where a variable says no', {env: {NO_UPDATE_NOTIFIER: '1'}}],
  ])('is not looked for %s', async (_, options) => {
    await command(options)
    expect({checks, told}).toEqual({checks: 0, told: []})
  })

  inTurn(it, 2)('is not looked for where npm installed it, which is no clone', async () => {
    await rm(join(root, '.git'), {recursive: true})
    await command()
    expect(checks).toBe(0)
  })

  inTurn(it, 2)('comes with the command that updates outside of aka', async () => {
    inOrigin('commit', '-q', '--allow-empty', '-m', 'two')
    await command()
    await noticeUpdate({root, argv: ['twilio'], env: {}, now, home: folder, program: 'aka-twilio'})
    expect(told.join('').replaceAll(/\s+/g, ' ')).toContain(`git -C ${root} pull && node ${root}/update.js`)
  })

  inTurn(it, 2)('is not looked for where the setting says no', async () => {
    const config = join(folder, '.config', 'aka-twilio', 'config.json')
    await mkdir(join(config, '..'), {recursive: true})
    await writeFile(config, JSON.stringify({settings: {'update-notice': false}}))
    await command()
    expect(checks).toBe(0)
  })
})
