import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {BIN, json, startWorld, type World} from '../../support/cli.js'
import {describeOnTerminal, ENTER, onTerminal} from '../../support/terminal.js'
import {changes, record, snapshot} from '../support.js'

const fleet = `appSpaces:
  api-dev:
    plan: medium
    alerts: {url: https://ops.example.com/usage}
  web-dev:
    plan: small
`

async function startFleet(): Promise<World> {
  const world = await startWorld()
  await world.aka('addons:create twilio:small -a api-dev')
  await world.aka('addons:create twilio:small -a old-dev')
  await writeFile(join(world.home, 'fleet.yaml'), fleet)
  return world
}

describe('twilio:apply', () => {
  let world: World
  let sofar = 0
  const sent = () => changes(world.sandbox.requests.slice(sofar))
  const apply = async (args: string) => {
    sofar = world.sandbox.requests.length
    return world.aka(`twilio:apply ${args}`)
  }
  beforeAll(async () => {
    world = await startFleet()
  })
  afterAll(() => world.close())

  it('sends nothing where any line is wrong', async () => {
    await writeFile(join(world.home, 'wrong.yaml'), 'appSpaces:\n  api-dev:\n    plan: huge\n')
    expect(await apply('wrong.yaml')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('line 3: There is no plan'),
    })
    const detailed = await apply('wrong.yaml --dry-run --detailed-exitcode --json')
    expect(detailed.exitCode).toBe(1)
    expect(json(detailed)).toMatchObject({error: {code: 'NOT_PLANNED', exitCode: 1}})
    expect(world.sandbox.requests.slice(sofar)).toEqual([])
  })

  it('shows the plan, and in a pipe changes nothing without --yes', async () => {
    const unasked = await apply('fleet.yaml --prune')
    expect(unasked.exitCode).toBe(2)
    expect(unasked.stderr).toContain('- destroy old-dev ($50 a month less)')
    expect(unasked.stderr).toMatch(/Make these 3 changes, which destroy an add-on for good .*--yes/s)
    expect(sent()).toEqual([])
    const shown = await apply('fleet.yaml --dry-run --detailed-exitcode')
    expect(shown).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/^~ change api-dev \(\$50 a month more\)$/m),
    })
    expect(shown.stdout).toMatch(/^ {4}plan: twilio:small → twilio:medium$/m)
    expect(shown.stdout).toContain('Not declared, and left alone (--prune destroys them): old-dev.')
    expect(shown.stdout).toContain('Plans: $200 a month instead of $100 a month.')
    expect(sent()).toEqual([])
  })

  it('carries it out, and does nothing when it is repeated', async () => {
    const done = await apply('fleet.yaml --prune --yes --json')
    expect(done.exitCode).toBe(0)
    expect(json(done)).toMatchObject({
      dryRun: false,
      changes: [
        {appSpace: 'api-dev', action: 'change', done: true},
        {appSpace: 'web-dev', action: 'create', done: true},
        {appSpace: 'old-dev', action: 'destroy', done: true, line: null},
      ],
      pricePerMonth: {before: 100, after: 150},
    })
    const state = await snapshot(world)
    expect(record(state, 'api-dev')).toMatchObject({plan: 'medium'})
    expect(record(state, 'old-dev')).toBeUndefined()
    const again = await apply('fleet.yaml --prune')
    expect(again).toMatchObject({exitCode: 0, stdout: '2 as declared.\n'})
    expect(sent()).toEqual([])
    expect(await apply('fleet.yaml --dry-run --detailed-exitcode')).toMatchObject({exitCode: 0})
  })

  it('takes what twilio:export writes, and changes nothing', async () => {
    for (const form of ['', '--json']) {
      const {stdout} = await world.aka(`twilio:export ${form}`)
      await writeFile(join(world.home, 'exported'), stdout)
      expect(await apply('exported --prune')).toMatchObject({exitCode: 0, stdout: '2 as declared.\n'})
      expect(sent()).toEqual([])
    }
  })

  it('does the rest where one fails, and exits with the highest code', async () => {
    await writeFile(
      join(world.home, 'more.yaml'),
      `${fleet}  no-numbers: {plan: small, number: {areaCode: 533}}\n  job-dev: {plan: small}\n`,
    )
    const done = await apply('more.yaml --yes --json')
    expect(done.exitCode).toBe(1)
    expect(json(done)).toMatchObject({
      changes: [
        {appSpace: 'job-dev', done: true},
        {appSpace: 'no-numbers', action: 'none', error: {code: 'NO_NUMBERS_AVAILABLE'}},
      ],
      error: {code: 'NO_NUMBERS_AVAILABLE'},
    })
  })
})

describeOnTerminal('twilio:apply on a terminal', () => {
  it('asks, and changes nothing without a yes', async () => {
    const world = await startFleet()
    const sofar = world.sandbox.requests.length
    const terminal = onTerminal([BIN, 'twilio:apply fleet.yaml'], {cwd: world.home, env: world.env})
    await terminal.shows(/change api-dev/)
    await terminal.shows(/Make these 2 changes \(\$100 a month more\)\?/)
    terminal.type(ENTER)
    expect(await terminal.ended).toBe(2)
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
    await world.close()
  })
})
