import {chmod} from 'node:fs/promises'

import {describe, expect, it} from '@jest/globals'

import {type Finished, json} from '../../support/cli.js'
import {changes, runAll, snapshot, STACK, subaccounts, worlds} from '../support.js'

const newWorld = worlds()

interface Finding {
  readonly check: string
  readonly status: string
  readonly detail: string
  readonly suggestions: readonly string[]
}

const findings = (run: Finished) => json(run).findings as Finding[]
const failed = (run: Finished) => findings(run).filter(({suggestions}) => suggestions.length > 0)

describe('twilio:doctor', () => {
  it('finds nothing where all is well: one line a check, exit 0, nothing changed', async () => {
    const world = await newWorld()
    const runs = await runAll(world, {human: 'twilio:doctor', json: 'twilio:doctor --json'})
    const lines = runs.human.stdout.trimEnd().split('\n')
    expect(runs.human.exitCode).toBe(0)
    expect(lines).toHaveLength(findings(runs.json).length)
    for (const text of [
      /credentials/i,
      /account/i,
      /type/i,
      /subaccounts.*1,000/i,
      /sync/i,
      /akkeris/i,
      /login/i,
      /clock/i,
    ])
      expect(runs.human.stdout).toMatch(text)
    expect(runs.human.stdout).toMatch(/prox/i)
    expect(runs.human.stdout).toContain(process.version.slice(1))
    expect(json(runs.json)).toMatchObject({healthy: true, exitCode: 0})
    expect(failed(runs.json)).toEqual([])
    expect(changes(world.sandbox.requests)).toEqual([])
  })

  it('warns of a login that others could use', async () => {
    const world = await newWorld()
    const run = async () =>
      findings(await world.aka('twilio:doctor --json')).find(({check}) => check === 'settings file')
    await world.aka('twilio:settings set country SE')
    expect(await run()).toMatchObject({status: 'ok'})
    const {file} = json(await world.aka('twilio:settings --json')) as {file: string}
    await chmod(file, 0o644)
    expect(await run()).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('mode 644') as unknown,
      suggestions: [expect.stringContaining(`chmod 600 ${file}`)],
    })
  })

  it('tells what is wrong, each with how to fix it, and exits with the code of it', async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a api-dev')
    const [sub] = subaccounts(await snapshot(world))
    const {standardKey} = await world.sandbox.credentials()
    const runs = await runAll(world, {
      none: ['twilio:doctor --json', {env: {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}}],
      wrong: ['twilio:doctor --json', {env: {TWILIO_AUTH_TOKEN: '0'.repeat(32)}}],
      sub: ['twilio:doctor --json', {env: {TWILIO_ACCOUNT_SID: sub?.sid, TWILIO_AUTH_TOKEN: sub?.authToken}}],
      key: [
        'twilio:doctor --json',
        {
          env: {
            TWILIO_AUTH_TOKEN: undefined,
            TWILIO_API_KEY: standardKey.sid,
            TWILIO_API_SECRET: standardKey.secret,
          },
        },
      ],
      akkeris: ['twilio:doctor --json', {env: {API_TOKEN: 'expired'}}],
      noAkkeris: ['twilio:doctor --json', {env: {AKKERIS_API_HOST: undefined}}],
      nobody: ['twilio:doctor --json', {env: {AKA_TWILIO_ENDPOINT: 'http://127.0.0.1:9'}}],
    })
    const codes = Object.fromEntries(Object.entries(runs).map(([name, {exitCode}]) => [name, exitCode]))
    expect(codes).toEqual({none: 5, wrong: 5, sub: 5, key: 5, akkeris: 5, noAkkeris: 5, nobody: 7})
    for (const [name, run] of Object.entries(runs)) {
      expect({name, exitCode: json(run).exitCode}).toEqual({name, exitCode: run.exitCode})
      expect(json(run)).toMatchObject({healthy: false})
      expect(failed(run)).not.toEqual([])
      expect(run.stderr).not.toMatch(STACK)
    }
    expect(JSON.stringify(failed(runs.sub))).toMatch(/subaccount/)
    expect(JSON.stringify(failed(runs.akkeris))).toMatch(/aka auth:login/)
  })

  it('warns of a trial account, a suspended one, and a clock that is off', async () => {
    const trial = await newWorld({account: {type: 'Trial'}})
    await trial.sandbox.advanceClock(2 * 60 * 60)
    const run = await trial.aka('twilio:doctor --json')
    expect(run.exitCode).toBe(1)
    expect(JSON.stringify(failed(run))).toMatch(/trial/i)
    expect(JSON.stringify(failed(run))).toMatch(/clock/i)

    const suspended = await newWorld({account: {status: 'suspended'}})
    const down = await suspended.aka('twilio:doctor --json')
    expect(down.exitCode).toBe(1)
    expect(JSON.stringify(failed(down))).toMatch(/suspended/)
  })
})
