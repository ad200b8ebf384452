import {cp, mkdir, symlink} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import {STACK} from '../commands/support.js'
import {type Finished, json, type RunOptions, startCli} from '../support/cli.js'
import {signal} from '../support/faults.js'
import {sample} from '../support/runs.js'
import {folders} from './copies.js'
import {machines, NO_PLUGIN, ROOT, runEach, seen} from './support.js'

const noTwilio = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

/** Command lines are printed as they work in the program that was called. */
const asAka = (finished: Finished): Finished => ({
  ...finished,
  stdout: finished.stdout.replaceAll(/\banother (?=twilio|addons)/g, 'aka '),
  stderr: finished.stderr.replaceAll(/\banother (?=twilio|addons)/g, 'aka '),
})

/** It has an @oclif/core of its own beside the one that is bundled with our commands. */
describe('another oclif host that has the package among its plugins', () => {
  const [newFolder, newMachine] = [folders(), machines()]
  let ran: (name: string) => Finished
  const all: Readonly<Record<string, RunOptions & {readonly args: string; readonly exitCode: number}>> = {
    'a result': {args: 'addons:plans', exitCode: 0},
    'a result for a script': {args: 'addons:plans twilio --json', exitCode: 0},
    'an alias': {args: 'twilio:plans --json', exitCode: 0},
    'a result of Twilio': {args: 'twilio:whoami --json', exitCode: 0},
    'an unknown flag': {args: 'twilio:whoami --frobnicate', exitCode: 2},
    'an unknown flag for a script': {args: 'twilio:whoami --frobnicate --json', exitCode: 2},
    'a number for an argument': {args: 'twilio:create 15551234567 -a x-dev --json', exitCode: 2},
    'nothing there': {args: 'addons:info twilio -a none-dev', exitCode: 4},
    'nothing there for a script': {args: 'addons:info twilio -a none-dev --json', exitCode: 4},
    'no credentials': {args: 'twilio:whoami --json', exitCode: 5, env: noTwilio},
    'Twilio says no': {args: 'twilio:create twilio:small -a no-dev --area-code 533 --json', exitCode: 1},
  }
  const cases = sample(Object.entries(all), 3)
  beforeAll(async () => {
    const folder = await newFolder()
    await cp(join(ROOT, 'test', 'aka', 'oclif-host'), folder, {recursive: true})
    await mkdir(join(folder, 'node_modules', '@oclif'), {recursive: true})
    await symlink(join(ROOT, 'node_modules', '@oclif', 'core'), join(folder, 'node_modules', '@oclif', 'core'))
    await symlink(ROOT, join(folder, 'node_modules', 'aka-twilio'))
    const bin = join(folder, 'bin', 'run.cjs')
    const {env, standalone} = await newMachine({plugin: NO_PLUGIN})
    const host = (args: string, more: RunOptions['env'] = {}) => startCli(args, {env: {...env, ...more}, bin}).finished
    const both = cases.flatMap(([name, {args, env = {}}]) => {
      const {given, give} = signal()
      return [
        [`${name}, there`, () => host(args, env).finally(give)] as const,
        // One after the other: they are about the same app-space.
        [`${name}, alone`, () => given.then(() => standalone(args, {env}))] as const,
      ]
    })
    ran = await runEach({
      ...Object.fromEntries(both),
      commands: () => host('--help'),
      help: () => host('twilio --help'),
      create: () => host('addons:create twilio:small -a web-dev --json'),
    })
  })

  it.each(cases)('runs as on its own: %s', (name, {exitCode, args}) => {
    const [there, alone] = [ran(`${name}, there`), ran(`${name}, alone`)]
    expect(seen(asAka(there))).toEqual(seen(alone))
    expect(there.exitCode).toBe(exitCode)
    expect(there.stderr).not.toMatch(STACK)
    if (args.includes('--json')) expect(json(there)).toMatchObject(exitCode === 0 ? {} : {error: {exitCode}})
  })

  it('makes an add-on', () => {
    expect(json(ran('create'))).toMatchObject({created: true, appSpace: 'web-dev', plan: 'small'})
  })

  it('lists the commands', () => {
    expect(ran('commands').stdout).toMatch(/^ +addons /m)
    expect(ran('help').stdout).toMatch(/^ +twilio:whoami +show which main account/m)
    expect(ran('help').stdout).toContain('another twilio')
  })
})
