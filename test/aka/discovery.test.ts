import {execFileSync} from 'node:child_process'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import {configVars, snapshot} from '../commands/support.js'
import {type Finished, json, type RunOptions} from '../support/cli.js'
import {forEachOf, type Machine, machines, seen} from './support.js'

const unset = {AKKERIS_API_HOST: undefined, AKKERIS_AUTH_HOST: undefined, API_TOKEN: undefined}

/** What can be seen of a run, whenever it counted the subaccounts. */
const withoutTime = (finished: Finished) => ({
  ...seen(finished),
  stdout: finished.stdout.replace(/"countedAt": "[^"]*"/, ''),
})

describe('what aka knows already', () => {
  const newMachine = machines()
  let machine: Machine
  /** The Authorization headers that Akkeris was sent. */
  const sent: string[] = []
  beforeAll(async () => {
    machine = await newMachine()
    const {home, platform, world} = machine
    world.sandbox.onExchange(({url, headers}) => {
      if (new URL(url).pathname.startsWith('/apps/')) sent.push(headers.authorization ?? 'none')
    })
    const profile = {auth: 'auth.example.com', apps: platform.url, updates: '0'}
    await writeFile(join(home, '.akkeris', 'config.json'), JSON.stringify(profile))
    const {host} = new URL(platform.url)
    await writeFile(join(home, '.netrc'), `machine ${host}\n  login me@example.com\n  password word-of-netrc\n`)
  })

  it('is enough for a whole add-on: the host of its profile, the login of ~/.netrc for the host with its port', async () => {
    const created = await machine.aka('addons:create twilio:small -a file-dev --json', {env: unset})
    expect(created).toMatchObject({exitCode: 0})
    expect(configVars(await snapshot(machine.world), 'file-dev')).toMatchObject({TWILIO_SID: json(created).accountSid})
    expect(new Set(sent)).toEqual(new Set(['Bearer word-of-netrc']))
    expect(created.stdout + created.stderr).not.toContain('word-of-netrc')
  })

  it('is the host of the environment without its http://, which aka takes off before it calls us', async () => {
    sent.length = 0
    const env = {...unset, AKKERIS_API_HOST: machine.platform.url, AKKERIS_AUTH_HOST: 'http://auth.example.com'}
    expect(await machine.aka('addons:info twilio -a file-dev', {env})).toMatchObject({exitCode: 0})
    expect(new Set(sent)).toEqual(new Set(['Bearer word-of-netrc']))
    sent.length = 0
    expect(await machine.aka('twilio:doctor', {env: {...env, API_TOKEN: 'word-of-env'}})).toMatchObject({exitCode: 0})
    expect(new Set(sent)).not.toContain('Bearer word-of-netrc')
  })

  it('never sends the login unencrypted to another machine', async () => {
    const env = {AKKERIS_API_HOST: 'http://akkeris.invalid'}
    const run = await machine.aka('addons:create twilio:small -a api-dev', {env})
    expect(run.exitCode).toBeGreaterThan(0)
    expect(run.stderr).toMatch(/http/)
    expect((await snapshot(machine.world)).apps).not.toHaveProperty('api-dev')
  })

  describe('about the app-space', () => {
    const runs: Readonly<Record<string, RunOptions & {args: string; app: string; says: RegExp}>> = {
      'the environment': {args: '', env: {AKKERIS_APP: 'one-dev'}, app: 'one-dev', says: /one-dev.*AKKERIS_APP/},
      'the branch in git': {args: '', app: 'two-dev', says: /two-dev.*branch\.feature\.akkeris/},
      'the flag, and then says nothing': {args: '-a three-dev', app: 'three-dev', says: /^(?![^]*Using)/},
    }
    const results = new Map<string, {readonly inside: Finished; readonly alone: Finished}>()
    beforeAll(async () => {
      const {aka, standalone, home} = machine
      const cwd = join(home, 'repository')
      await mkdir(cwd)
      const git = (...args: string[]) => execFileSync('git', args, {cwd, stdio: 'ignore'})
      git('init', '-b', 'feature')
      git('config', 'branch.feature.akkeris', 'two-dev')
      await forEachOf(Object.entries(runs), async ([name, {args, env = {}}]) => {
        const command = `addons:create twilio:small --dry-run --json ${args}`
        const [inside, alone] = [await aka(command, {cwd, env}), await standalone(command, {cwd, env})]
        results.set(name, {inside, alone})
      })
    })

    it.each(Object.entries(runs))('takes it from %s', (name, {app, says}) => {
      const {inside, alone} = results.get(name) ?? {}
      if (!inside || !alone) throw new Error(`${name} did not run`)
      expect(withoutTime(inside)).toEqual(withoutTime(alone))
      // Nothing but the document is on stdout.
      expect(json(inside)).toMatchObject({dryRun: true, appSpace: app})
      expect(inside.stderr).toMatch(says)
    })
  })
})
