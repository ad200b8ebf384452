import {beforeAll, describe, expect, it} from '@jest/globals'

import type {Finished} from '../support/cli.js'
import {machines, manifest, NO_PLUGIN, runEach, seen} from './support.js'

const visible = Object.values(manifest).filter(({hidden}) => !hidden)
const ofGroup = visible.filter(({id}) => /^twilio(:|$)/.test(id))

describe('help inside aka', () => {
  const newMachine = machines()
  let ran: (name: string) => Finished
  beforeAll(async () => {
    const [ours, bare] = await Promise.all([newMachine(), newMachine({plugin: NO_PLUGIN})])
    const {aka, standalone} = ours
    ran = await runEach({
      help: () => aka('help'),
      nothing: () => aka([]),
      'help twilio': () => aka('help twilio'),
      'twilio --help': () => aka('twilio --help'),
      'help twilio whoami': () => aka('help twilio whoami'),
      'help twilio twilio:whoami': () => aka('help twilio twilio:whoami'),
      'help twilio:whoami': () => aka('help twilio:whoami'),
      'help twilio twilio': () => aka('help twilio twilio'),
      'help addons': () => aka('help addons'),
      'help addons, without us': () => bare.aka('help addons'),
      'help addons create': () => aka('help addons create'),
      'help addons create, without us': () => bare.aka('help addons create'),
      'create twilio --help': () => aka('addons:create twilio:small --help'),
      'create --help on its own': () => standalone('addons:create --help'),
      'plans --help': () => aka('addons:plans --help twilio'),
      'plans --help on its own': () => standalone('addons:plans --help'),
      'destroy --help': () => aka('addons:destroy twilio --help'),
      'destroy --help on its own': () => standalone('addons:destroy --help'),
      'create redis --help': () => aka('addons:create redis:small --help'),
      'create redis --help, without us': () => bare.aka('addons:create redis:small --help'),
      'create --help': () => aka('addons:create --help'),
      'create --help, without us': () => bare.aka('addons:create --help'),
      version: () => aka('version'),
    })
  })

  it('has a line for the plugin among the groups', () => {
    for (const name of ['help', 'nothing']) {
      expect(ran(name)).toMatchObject({exitCode: 0, stderr: ''})
      expect(ran(name).stdout).toMatch(/^• twilio +\S+ .*\S+$/m)
      expect(ran(name).stdout).toMatch(/^• addons +Manage add-ons$/m)
    }
  })

  it.each(ofGroup)('lists $id with its summary in `aka help twilio`', ({id, summary}) => {
    const {stdout} = ran('help twilio')
    const line = stdout.split('\n').find((each) => new RegExp(`^• aka ${id}( |$)`).test(each))
    expect(line).toContain(summary)
  })

  it('lists the same in `aka twilio --help`', () => {
    expect(ran('twilio --help')).toMatchObject({exitCode: 0, stderr: ''})
    for (const {id} of ofGroup) expect(ran('twilio --help').stdout).toMatch(new RegExp(`^ *(\\$ aka )?${id} `, 'm'))
  })

  it('shows how an add-on is made in `aka help twilio`', () => {
    expect(ran('help twilio')).toMatchObject({exitCode: 0, stderr: ''})
    expect(ran('help twilio').stdout).toMatch(/twilio:create/)
  })

  it.each(['help twilio whoami', 'help twilio twilio:whoami', 'help twilio:whoami'])(
    'shows one command: aka %s',
    (name) => {
      expect(ran(name)).toMatchObject({exitCode: 0, stderr: ''})
      expect(ran(name).stdout).toContain('twilio:whoami')
      expect(ran(name).stdout).toContain(manifest['twilio:whoami']?.summary)
      // Shown, not run.
      expect(ran(name).stdout).not.toContain('Sandbox main account')
    },
  )

  it('shows the command that is named like the plugin', () => {
    expect(ran('help twilio twilio')).toMatchObject({exitCode: 0, stderr: ''})
    expect(ran('help twilio twilio').stdout).toContain(manifest.twilio?.summary)
  })

  it("lists the core's add-on commands as before", () => {
    const lines = (name: string) => ran(name).stdout.split('\n')
    expect(lines('help addons, without us').join('\n')).toContain('addons:create SERVICE_PLAN')
    expect(lines('help addons')).toEqual(expect.arrayContaining(lines('help addons, without us')))
    expect(ran('help addons')).toMatchObject({exitCode: 0, stderr: ''})
    expect(seen(ran('help addons create'))).toEqual(seen(ran('help addons create, without us')))
  })

  it.each([
    ['create twilio --help', 'create --help on its own', /--area-code/],
    ['plans --help', 'plans --help on its own', /plans/],
    ['destroy --help', 'destroy --help on its own', /--keep-number/],
  ])('is that of our command for twilio: %s', (inside, alone, shows) => {
    expect(ran(inside).stdout).toMatch(shows)
    expect(seen(ran(inside))).toEqual(seen(ran(alone)))
    expect(ran(inside).exitCode).toBe(0)
  })

  it.each([
    ['create redis --help', 'create redis --help, without us'],
    ['create --help', 'create --help, without us'],
  ])("is the core's for everything else: %s", (withUs, without) => {
    expect(ran(without).stdout + ran(without).stderr).toContain('addons:create SERVICE_PLAN')
    expect(seen(ran(withUs))).toEqual(seen(ran(without)))
  })

  it('counts the plugin in `aka version`', () => {
    expect(ran('version')).toMatchObject({exitCode: 0, stderr: ''})
    expect(ran('version').stdout).toMatch(/Installed Plugins\ntwilio @twilio\n$/)
  })
})
