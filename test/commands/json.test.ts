import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, startWorld, type World} from '../support/cli.js'
import {type Run, runAll, runOf, secretsOf, spoken, STACK} from './support.js'

const off = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}
const EXIT_CODES = [1, 2, 3, 4, 5, 6, 7, 70, 130]

describe('the contract with scripts', () => {
  let world: World
  let withJson: Record<string, Finished>
  let human: Record<string, Finished>

  const create = (app: string) => `addons:create twilio:small -a ${app}`
  const good: Record<string, Run> = {
    create: create('good-dev'),
    again: create('api-dev'),
    dryRun: `${create('dry-dev')} --dry-run`,
    info: 'addons:info -a api-dev',
    plans: 'addons:plans twilio',
    list: 'twilio',
    destroyNothing: 'addons:destroy -a none-dev --confirm none-dev',
    settings: 'twilio:settings',
    whoami: 'twilio:whoami',
    console: 'twilio:console -a api-dev',
    doctor: 'twilio:doctor',
    number: 'twilio:number -a api-dev',
    numberSet: 'twilio:number:set -a api-dev --sms-url https://x.example/sms',
    numberSearch: 'twilio:number:search --area-code 212',
    numberDryRun: 'twilio:number:change -a api-dev --dry-run',
    sms: 'twilio:sms:send -a api-dev +14155550100 hello',
    call: 'twilio:calls:create -a api-dev +14155550100 --say hello',
    usage: 'twilio:usage -a api-dev',
    usageOfAll: 'twilio:usage --all --fail-at 100',
    invoice: 'twilio:invoice -a api-dev',
    invoices: 'twilio:invoice --all',
    alerts: 'twilio:alerts -a api-dev',
    resume: 'twilio:resume -a api-dev',
  }
  const bad: Record<string, [exitCode: number, run: Run]> = {
    'no such command line': [2, 'addons:create'],
    'unknown flag': [2, 'addons:info -a api-dev --nonsense'],
    'unknown argument': [2, 'twilio nonsense'],
    'unknown plan': [2, 'addons:create twilio:huge -a api-dev'],
    'wrong app-space': [2, 'addons:info -a api'],
    'nobody to ask': [2, 'addons:destroy -a api-dev'],
    'required flag missing': [2, 'addons:destroy --confirm api-dev'],
    'http to elsewhere': [2, ['twilio', {env: {AKA_TWILIO_ENDPOINT: 'http://192.0.2.1'}}]],
    'not wanted': [1, 'twilio:sms:send -a api-dev +15005550004 hello'],
    'no number': [1, `${create('nowhere-dev')} --area-code 533`],
    'no such add-on': [4, 'addons:info -a none-dev'],
    'no such app': [4, create('missing-dev')],
    'no credentials': [5, ['twilio', {env: off}]],
    'wrong credentials': [5, ['twilio', {env: {TWILIO_AUTH_TOKEN: '0'.repeat(32)}}]],
    'another plan': [6, 'addons:create twilio:large -a api-dev'],
    'nobody answers': [7, ['twilio', {env: {AKA_TWILIO_ENDPOINT: 'http://127.0.0.1:9'}}]],
  }

  const goodForPeople = [
    'usage',
    'invoice',
    'alerts',
    'resume',
    'again',
    'dryRun',
    'list',
    'settings',
    'doctor',
    'number',
    'numberSearch',
    'numberDryRun',
    'sms',
  ]
  const badForPeople = ['unknown flag', 'unknown plan', 'no number', 'no such add-on', 'another plan', 'no credentials']

  beforeAll(async () => {
    world = await startWorld()
    await world.aka(create('api-dev'))
    const all: Record<string, Run> = {
      ...good,
      ...Object.fromEntries(Object.entries(bad).map(([name, [, run]]) => [name, run])),
    }
    const addJson = (run: Run): Run => (typeof run === 'string' ? `${run} --json` : [`${run[0]} --json`, run[1]])
    withJson = await runAll(world, Object.fromEntries(Object.entries(all).map(([name, run]) => [name, addJson(run)])))
    human = await runAll(
      world,
      Object.fromEntries([...goodForPeople, ...badForPeople].map((name) => [name, all[name] ?? ''])),
    )
  })
  afterAll(() => world.close())

  it.each(Object.keys(good))('prints exactly one JSON document on stdout: %s', (name) => {
    const {stdout, stderr, exitCode} = runOf(withJson, name)
    expect(() => void JSON.parse(stdout)).not.toThrow()
    expect(stdout.endsWith('\n')).toBe(true)
    expect(exitCode).toBe(0)
    expect(stderr).not.toMatch(/^[{[]/m)
    expect(stderr).not.toMatch(STACK)
  })

  it.each(Object.entries(bad))('answers a failure with one document and its exit code: %s', (name, [wanted]) => {
    const {stdout, stderr, exitCode} = runOf(withJson, name)
    const document = JSON.parse(stdout) as {error: Record<string, unknown>}
    expect(Object.keys(document)).toEqual(['error'])
    expect(document.error).toMatchObject({
      code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/) as unknown,
      message: expect.stringMatching(/\S/) as unknown,
      exitCode: wanted,
    })
    expect(document.error.suggestions).toEqual(expect.arrayContaining([expect.stringMatching(/\S/)]))
    expect(
      Object.keys(document.error).filter((key) => !/^(code|message|suggestions|exitCode|twilio)$/.test(key)),
    ).toEqual([])
    expect(exitCode).toBe(wanted)
    expect(EXIT_CODES).toContain(wanted)
    expect(stderr).not.toMatch(STACK)
  })

  it.each(goodForPeople)('prints results alone on stdout for a person, progress on stderr: %s', (name) => {
    const {stdout, stderr, exitCode} = runOf(human, name)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/\S/)
    expect(stdout).not.toMatch(/…$|^===|npm warn/m)
    expect(stdout).not.toMatch(/undefined|\[object |NaN/)
    expect(stderr).not.toMatch(STACK)
  })

  it.each(badForPeople)('prints a failure on stderr for a person, and nothing on stdout: %s', (name) => {
    const [wanted] = bad[name] ?? []
    const {stdout, stderr, exitCode} = runOf(human, name)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: wanted})
    expect(stderr).toMatch(/✖ \S/)
    expect(stderr).toMatch(/→ \S/)
    expect(stderr).not.toMatch(/undefined|\[object |NaN/)
    expect(stderr).not.toMatch(STACK)
  })

  it('shows no secret in either form', async () => {
    const secrets = await secretsOf(world)
    for (const [name, output] of [...Object.entries(withJson), ...Object.entries(human)]) {
      const shown = secrets.filter((secret) => spoken(output).includes(secret))
      expect({name, shown}).toEqual({name, shown: []})
    }
  })

  it('gives the same sentence and the same ways out in both forms', () => {
    for (const name of badForPeople) {
      const {error} = JSON.parse(runOf(withJson, name).stdout) as {error: {message: string; suggestions: string[]}}
      const {stderr} = runOf(human, name)
      for (const sentence of [error.message, ...error.suggestions]) expect(stderr).toContain(sentence)
    }
  })
})
