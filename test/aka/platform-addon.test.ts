import {beforeAll, describe, expect, it} from '@jest/globals'

import {changes, snapshot, spoken, STACK} from '../commands/support.js'
import {type Finished, json} from '../support/cli.js'
import {giveAddon, platformAddon} from './platform.js'
import {type Machine, machines, runEach} from './support.js'

const VARS = {TWILIO_SID: 'AC0', TWILIO_AUTH_TOKEN: 'theirs', TWILIO_PHONE_NUMBER: '+18015550100'}

describe('config vars that a platform add-on owns', () => {
  const newMachine = machines()
  let machine: Machine
  let before: Awaited<ReturnType<typeof snapshot>>
  let ran: (name: string) => Finished
  beforeAll(async () => {
    machine = await newMachine()
    const {aka, standalone, world} = machine
    const give = (app: string, name: string, plan: string, vars: Record<string, string>) =>
      giveAddon(world, app, platformAddon(plan, {name, configVars: vars}))
    await give('own-dev', 'phones-of-platform', 'telephony:basic', VARS)
    await give('own-dev', 'cache-of-platform', 'redis:small', {REDIS_URL: 'redis://cache'})
    await give('number-dev', 'number-of-platform', 'twilio-numbers:one', {TWILIO_PHONE_NUMBER: '+18015550101'})
    await give('twilio-dev', 'twilio-fair-1234', 'twilio:small', {TWILIO_SID: 'AC0', TWILIO_AUTH_TOKEN: 'theirs'})
    await give('other-dev', 'redis-of-platform', 'redis:small', {REDIS_URL: 'redis://cache'})
    before = await snapshot(world)
    const create = 'addons:create twilio:small -a own-dev'
    ran = await runEach({
      'a person': () => aka(create),
      'a script': () => aka(`${create} --json`),
      '--force': () => aka(`${create} --force --json`),
      '--dry-run': () => aka(`${create} --dry-run --json`),
      'on its own': () => standalone(`${create} --json`),
      '--force on its own': () => standalone(`${create} --force`),
      'its own Twilio': () => aka('addons:create twilio:small -a twilio-dev --json'),
      'its own Twilio with --force': () => aka('addons:create twilio:small -a twilio-dev --force --json'),
      'the number alone': () => aka('addons:create twilio:small -a number-dev --json'),
      'the number alone with --force': () => aka('addons:create twilio:small -a number-dev --force --json'),
    })
  })

  it.each(['a person', '--force on its own'])('are a conflict that names the add-on: %s', (name) => {
    expect(ran(name)).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran(name).stderr).toMatch(/TWILIO_SID/)
    expect(ran(name).stderr).toMatch(/phones-of-platform/)
    expect(ran(name).stderr).not.toMatch(/cache-of-platform/)
    expect(ran(name).stderr).not.toMatch(STACK)
    expect(spoken(ran(name))).not.toContain('theirs')
  })

  it.each(['a script', '--force', '--dry-run', 'on its own'])('are a conflict for scripts: %s', (name) => {
    const {error} = json(ran(name)) as {error: {exitCode: number; message: string; suggestions: string[]}}
    expect(ran(name).exitCode).toBe(6)
    expect(error.exitCode).toBe(6)
    expect(error.message).toContain('phones-of-platform')
    expect(error.suggestions).not.toEqual([])
    expect(spoken(ran(name))).not.toContain('theirs')
  })

  it.each(['the number alone', 'the number alone with --force'])(
    'are a conflict if it is only one of the three: %s',
    (name) => {
      expect(ran(name).exitCode).toBe(6)
      expect(json(ran(name))).toMatchObject({
        error: {message: expect.stringContaining('number-of-platform') as unknown},
      })
    },
  )

  it.each(['its own Twilio', 'its own Twilio with --force'])(
    'are a conflict although Akkeris takes them for the user’s, and both ways out are named: %s',
    (name) => {
      expect(ran(name).exitCode).toBe(6)
      const {error} = json(ran(name)) as {error: {code: string; message: string; suggestions: string[]}}
      expect(error).toMatchObject({code: 'PLATFORM_ADDON_EXISTS'})
      expect(error.message).toContain('twilio-fair-1234 (twilio:small)')
      expect(error.suggestions).toEqual([
        expect.stringContaining('aka addons:info twilio-fair-1234 -a twilio-dev'),
        expect.stringContaining('aka addons:destroy twilio-fair-1234 -a twilio-dev'),
        expect.stringMatching(/^Looked at: registry/),
      ])
      expect(error.suggestions.join(' ')).not.toContain('--force')
    },
  )

  it('stay as they are, with nothing bought and nothing left behind', async () => {
    const {sandbox} = machine.world
    const bought = changes(sandbox.requests).filter(
      ({host}) => host === 'api.twilio.com' || host === 'apps.sandbox.invalid',
    )
    expect(bought).toEqual([])
    const {accounts, apps, incomingNumbers, syncMaps} = await snapshot(machine.world)
    expect({accounts, apps, incomingNumbers}).toEqual({
      accounts: before.accounts,
      apps: before.apps,
      incomingNumbers: before.incomingNumbers,
    })
    expect(syncMaps.flatMap(({items}) => Object.keys(items))).toEqual([])
  })

  it('of another kind are no matter', async () => {
    expect(await machine.aka('addons:create twilio:small -a other-dev')).toMatchObject({exitCode: 0})
  })
})
