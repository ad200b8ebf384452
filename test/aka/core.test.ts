import {execFileSync} from 'node:child_process'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {beforeAll, describe, expect, it} from '@jest/globals'

import {changes, configVars, snapshot} from '../commands/support.js'
import {type Finished, json, type RunOptions} from '../support/cli.js'
import {inTurn, sample} from '../support/runs.js'
import {addonsOf, giveAddon, platformAddon} from './platform.js'
import {forEachOf, type Machine, machines, manifest, NO_PLUGIN, seen} from './support.js'

interface Run extends RunOptions {
  readonly args: string
}

/** Two machines that differ in one thing: only one has our plugin. */
interface Twins {
  readonly ours: Machine
  readonly bare: Machine
  /** The same command on both. */
  run(run: Run): Promise<{readonly withUs: Finished; readonly without: Finished}>
}

/** Where our plugin lets `aka` run itself once more, it needs a process of its own. */
type Way = 'aka' | 'akaByItself'

const newMachine = machines()

/** The two run at the same time, but not in the same second. */
function withoutSeconds(finished: Finished): Finished {
  return {...finished, stdout: finished.stdout.replaceAll(/(?<=T\d\d:)\d\d:\d\d(?=Z)/g, '…')}
}

async function twins(way: Way = 'aka'): Promise<Twins> {
  const [ours, bare] = await Promise.all([newMachine(), newMachine({plugin: NO_PLUGIN})])
  return {
    ours,
    bare,
    async run({args, ...options}) {
      const [withUs, without] = await Promise.all([ours[way](args, options), bare.aka(args, options)])
      return {withUs: withoutSeconds(withUs), without: withoutSeconds(without)}
    },
  }
}

inTurn(describe, 2)('commands of the core for other services', () => {
  const core: Readonly<Record<string, Run & {readonly exitCode?: number; readonly shows?: RegExp}>> = {
    plans: {args: 'addons:plans redis', shows: /redis:large/},
    'a plan': {args: 'addons:plans:info redis redis:small', shows: /redis:small/},
    'an unknown flag': {args: 'addons:create redis:small -a core-dev --frobnicate', exitCode: 1, shows: /frobnicate/},
    'a flag of ours': {args: 'addons:create redis:small -a core-dev --area-code 801', exitCode: 1, shows: /area-code/},
    'an argument too many': {args: 'addons:info redis extra -a core-dev', exitCode: 1, shows: /extra/},
    'no argument': {args: 'addons:create -a core-dev', exitCode: 1, shows: /Not enough/},
    'one argument of two': {args: 'upgrade redis -a core-dev', exitCode: 1, shows: /Not enough/},
    help: {args: 'addons:create redis:small --help', shows: /prefix of its config vars/},
    'no app: it is asked for': {args: 'addons:info redis', shows: /Which app/},
    'no app to destroy in: it is asked for': {
      args: 'addons:destroy redis --confirm redis',
      env: {AKKERIS_APP: 'core-dev'},
      shows: /Which app/,
    },
    'the app of the environment': {args: 'addons:info x', env: {AKKERIS_APP: 'core-dev'}, shows: /Using core-dev/},
    'flags first': {args: '-a core-dev addons:info missing', shows: /404/},
    'after --': {args: 'addons:info -a core-dev -- missing', exitCode: 1, shows: /Not enough/},
    'a service whose name begins like ours': {args: 'addons:plans twilios', shows: /404/},
    capitals: {args: 'addons:plans Twilio', shows: /404/},
    'ours as the second argument': {args: 'addons:plans:info redis twilio:small', shows: /no such plan/},
    'ours as the value of a flag': {args: 'addons:info -a twilio missing', shows: /404/},
    'a command that is not there': {args: 'addons:craete redis:small', shows: /Not a command/},
    'not logged in': {args: 'addons:info redis -a core-dev', env: {API_TOKEN: undefined}, shows: /Not logged in/},
  }
  const order = [
    {args: 'addons:create redis:small -a core-dev --name cache --as CACHE'},
    {args: 'addons:create --name twilio redis:small -a core-dev'},
    {args: 'addon:create redis:large -a core-dev', env: {AKKERIS_APP: 'other-dev'}},
    {args: 'addons:info cache -a core-dev'},
    {args: 'addons:upgrade cache redis:large -a core-dev --no-wait'},
    {args: 'downgrade cache redis:small -a core-dev'},
    {args: 'addons:destroy cache -a core-dev', stdin: 'cache\n'},
    {args: 'addon:remove redis:large -a core-dev -c redis:large'},
  ]
  let pair: Twins
  const tried = sample(Object.entries(core), 5)
  const results = new Map<string, Awaited<ReturnType<Twins['run']>>>()
  beforeAll(async () => {
    pair = await twins()
    await forEachOf(tried, async ([name, run]) => void results.set(name, await pair.run(run)))
  })

  it.each(tried)('say, print and exit as without us: %s', (name, {exitCode = 0, shows = /./}) => {
    const {withUs, without} = results.get(name) ?? {}
    expect(without).toMatchObject({exitCode, signal: null})
    expect(`${without?.stdout ?? ''}${without?.stderr ?? ''}`).toMatch(shows)
    expect(withUs && {...withUs, stdout: withoutGroup(withUs.stdout)}).toEqual(without)
  })

  inTurn(it)('create, change and destroy as without us, with the same requests', async () => {
    const {ours, bare} = pair
    for (const run of order) {
      const {withUs, without} = await pair.run(run)
      expect({run, ...withUs}).toEqual({run, ...without})
      expect(without).toMatchObject({exitCode: 0, stderr: ''})
    }
    expect(await addonsOf(bare.world, 'core-dev')).toMatchObject([{name: 'twilio', plan: 'redis:small'}])
    expect(await addonsOf(ours.world, 'core-dev')).toEqual(await addonsOf(bare.world, 'core-dev'))
    const changesOf = ({platform}: Machine) => platform.requests.filter(({method}) => method !== 'GET')
    expect(changesOf(ours)).toEqual(changesOf(bare))
    expect(changesOf(bare).length).toBeGreaterThan(5)
    expect(ours.world.sandbox.requests.filter(({host}) => host.endsWith('twilio.com'))).toEqual([])
  })
})

/** The help without the line of our plugin. */
function withoutGroup(text: string): string {
  return text.replace(/^• twilio .*\n/m, '')
}

/** What the core calls a command of ours, and how it is typed: with what the core insists on, to be the same to both. */
const names: readonly {readonly ours: string; readonly rest: string; readonly names: readonly string[]}[] = [
  {ours: 'addons:create', rest: 'twilio:huge -a x-dev', names: ['addons:create', 'addon:create']},
  {
    ours: 'addons:destroy',
    rest: 'twilio -a none-dev --confirm none-dev',
    names: ['addons', 'addon'].flatMap((each) => [`${each}:destroy`, `${each}:delete`, `${each}:remove`]),
  },
  {ours: 'addons:info', rest: 'twilio:small -a none-dev', names: ['addons:info', 'addon:info']},
  {
    ours: 'addons:plans',
    rest: 'twilio',
    names: [
      ...['addons:plans', 'addons:plan', 'addon:plans', 'addon:plan'],
      ...['plans', 'services:plans', 'service:plans', 'service:plan'],
    ],
  },
  {ours: 'addons:plans', rest: 'twilio twilio:small', names: ['addons:plans:info']},
  {ours: 'addons:upgrade', rest: 'twilio twilio:huge -a none-dev', names: ['addons:upgrade', 'upgrade']},
  {ours: 'addons:downgrade', rest: 'twilio twilio:huge -a none-dev', names: ['addons:downgrade', 'downgrade']},
  {ours: 'addons:wait', rest: 'twilio -a none-dev', names: ['addons:wait']},
]
const known = new Set(Object.values(manifest).flatMap(({id, aliases}) => [id, ...aliases]))
const taken = names.flatMap(({ours, rest, names: all}) => all.map((name) => ({name, ours, rest, is: known.has(ours)})))

inTurn(describe, 2)('commands of the core for twilio', () => {
  const tried = sample(taken, 5)
  let pair: Twins
  const results = new Map<string, {readonly inside: Finished; readonly expected: Finished}>()
  const coreOnly = [
    {args: 'addons:plans twilio', env: {AKA_TWILIO_CORE: '1'}},
    {args: 'addons:create twilio:small --help', env: {AKA_TWILIO_CORE: '1'}},
  ]
  const left = new Map<string, Awaited<ReturnType<Twins['run']>>>()
  let own: Finished
  beforeAll(async () => {
    pair = await twins()
    const alone = new Map<string, Promise<Finished>>()
    const {ours, bare} = pair
    const standalone = (args: string) => {
      const run = alone.get(args) ?? ours.standalone(args)
      alone.set(args, run)
      return run
    }
    await forEachOf(tried, async ({name, ours: id, rest, is}) => {
      const typed = `${name} ${rest}`
      const expected = await (is ? standalone(`${id} ${rest}`) : bare.aka(typed))
      results.set(name, {inside: await ours.aka(typed), expected})
    })
    await forEachOf(coreOnly, async (run) => void left.set(run.args, await pair.run(run)))
    own = await ours.aka('twilio:plans', {env: {AKA_TWILIO_CORE: '1'}})
  })

  it('are ours where we have such a command', () => {
    expect(taken.filter(({is}) => is).map(({name}) => name)).toEqual(
      expect.arrayContaining(['addons:create', 'addon:delete', 'addon:info', 'service:plan']),
    )
  })

  it.each(tried.map((each) => [each.is ? 'ours' : "the core's", each.name] as const))('%s: %s', (_, name) => {
    const {inside, expected} = results.get(name) ?? {}
    expect(inside).toBeDefined()
    expect(inside).toEqual(expected)
  })

  it.each(coreOnly)("are the core's with AKA_TWILIO_CORE=1: $args", ({args}) => {
    const {withUs, without} = left.get(args) ?? {}
    expect(without).toBeDefined()
    expect(withUs).toEqual(without)
  })

  it('stay ours under their own names with AKA_TWILIO_CORE=1', () => {
    expect(own).toMatchObject({exitCode: 0, stdout: expect.stringContaining('SIM limit') as unknown})
  })

  it("take the core's flags: --wait, --confirm with the add-on's app-space; --name and --as are refused", async () => {
    const {aka, world} = pair.ours
    const named = await aka('addons:create twilio:small -a named-dev --name phones')
    expect(named).toMatchObject({exitCode: 2, stderr: expect.stringContaining('--name and --as') as unknown})
    expect(await aka('addons:create twilio:small -a web-dev --wait')).toMatchObject({exitCode: 0})
    expect(await aka('addons:destroy twilio -a web-dev -c web-dev')).toMatchObject({exitCode: 0})
    expect(configVars(await snapshot(world), 'web-dev')).toEqual({})
  })
})

inTurn(describe, 2)('a platform add-on called twilio', () => {
  const shown = sample<Run>(
    [
      {args: 'addons:info twilio -a own-dev'},
      {args: 'addons:info twilio --frobnicate -a own-dev'},
      {args: '-a own-dev addons:info twilio'},
      {args: 'addons:info twilio', env: {AKKERIS_APP: 'own-dev'}},
      {args: 'addons:destroy twilio -a own-dev', stdin: 'no\n'},
      {args: 'addons:upgrade twilio twilio:large --json -a own-dev'},
      {args: 'addons:upgrade twilio:small twilio:large -a plan-dev'},
    ],
    3,
  )
  const changing: readonly Run[] = [
    {args: 'addons:upgrade twilio twilio:large -a own-dev'},
    {args: 'downgrade twilio twilio:medium -a own-dev'},
    {args: 'addons:destroy twilio -a own-dev --confirm twilio'},
    {args: 'addon:remove twilio:small -a plan-dev', stdin: 'twilio:small\n'},
  ]
  let pair: Twins
  const results = new Map<Run, Awaited<ReturnType<Twins['run']>>>()
  let inBranch: Awaited<ReturnType<Twins['run']>>
  beforeAll(async () => {
    pair = await twins('akaByItself')
    for (const {world, home} of [pair.ours, pair.bare]) {
      await giveAddon(world, 'own-dev', platformAddon('twilio:small'))
      await giveAddon(world, 'plan-dev', platformAddon('twilio:small', {name: 'phones'}))
      await giveAddon(world, 'redis-dev', platformAddon('redis:small'))
      await mkdir(join(home, 'repository'))
      const git = (...args: string[]) => execFileSync('git', args, {cwd: join(home, 'repository'), stdio: 'ignore'})
      git('init', '-b', 'feature')
      git('config', 'branch.feature.akkeris', 'own-dev')
      git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--allow-empty', '-m', 'Begin')
    }
    await forEachOf(shown, async (run) => void results.set(run, await pair.run(run)))
    const inRepository = ({home}: Machine): RunOptions => ({cwd: join(home, 'repository')})
    const {ours, bare} = pair
    const [withUs, without] = await Promise.all([
      ours.akaByItself('addons:info twilio', inRepository(ours)),
      bare.aka('addons:info twilio', inRepository(bare)),
    ])
    inBranch = {withUs, without}
  })

  const titled = shown.map((run) => [[run.args, ...Object.keys(run.env ?? {})].join(' with '), run] as const)
  it.each(titled)("is the core's: %s", (_, run) => {
    const {withUs, without} = results.get(run) ?? {}
    expect(without).toBeDefined()
    expect(withUs).toEqual(without)
  })

  it("is the core's where the app-space comes from git", () => {
    expect(inBranch.without.stdout).toMatch(/Using own-dev[^]*twilio:small/)
    expect(inBranch.withUs).toEqual(inBranch.without)
  })

  it('is changed and destroyed by the core, and nothing of ours is', async () => {
    const {ours, bare} = pair
    for (const run of changing) {
      const {withUs, without} = await pair.run(run)
      expect({run, ...withUs}).toEqual({run, ...without})
      expect(without).toMatchObject({exitCode: 0, stderr: ''})
    }
    for (const {world} of [ours, bare])
      expect([await addonsOf(world, 'own-dev'), await addonsOf(world, 'plan-dev')]).toEqual([[], []])
    expect(changes(ours.world.sandbox.requests)).toEqual([])
  })

  it('is nothing to an app-space that has another add-on', async () => {
    const {akaByItself, standalone} = pair.ours
    const [inside, alone] = [
      await akaByItself('addons:info twilio -a redis-dev'),
      await standalone('addons:info twilio -a redis-dev'),
    ]
    expect(seen(inside)).toEqual(seen(alone))
    expect(inside).toMatchObject({exitCode: 4, stdout: ''})
  })
})

describe("the platform's own Twilio add-on, under the name that Akkeris gives it", () => {
  const NAME = 'twilio-fair-1234'
  const VARS = {TWILIO_SID: 'AC0', TWILIO_AUTH_TOKEN: 'theirs'}
  let pair: Twins
  beforeAll(async () => {
    pair = await twins('akaByItself')
    for (const {world} of [pair.ours, pair.bare]) {
      for (const app of ['own-dev', 'gone-dev', 'both-dev'])
        await giveAddon(
          world,
          app,
          platformAddon('twilio:small', {name: NAME, configVars: app === 'both-dev' ? {} : VARS}),
        )
    }
    await pair.ours.standalone('addons:create twilio:small -a both-dev')
  })

  it.each([
    'addons:info twilio -a own-dev',
    '-a own-dev addons:info twilio',
    'addons:upgrade twilio twilio:large -a own-dev',
    `addons:destroy twilio -a gone-dev --confirm ${NAME}`,
  ])("is the core's, which is given that name: %s", async (args) => {
    const [withUs, without] = await Promise.all([
      pair.ours.akaByItself(args),
      pair.bare.aka(args.replace(/twilio(?= |$)/, NAME)),
    ])
    expect(without).toMatchObject({exitCode: 0, stdout: expect.stringContaining(NAME) as unknown})
    expect(seen(withUs)).toEqual({...seen(without), stderr: expect.stringContaining(NAME) as unknown})
  })

  it('is left alone where the app-space has ours: that one is called twilio', async () => {
    const run = await pair.ours.akaByItself('addons:info twilio -a both-dev --json')
    expect(json(run)).toMatchObject({appSpace: 'both-dev', plan: 'small'})
  })

  it('is named by our own commands, which would otherwise say that there is none', async () => {
    const info = await pair.ours.standalone('twilio:info -a own-dev')
    expect(info).toMatchObject({exitCode: 4, stderr: expect.stringContaining(NAME) as unknown})
    const destroy = await pair.ours.standalone('twilio:destroy -a own-dev --confirm own-dev')
    expect(destroy).toMatchObject({exitCode: 0, stderr: expect.stringContaining(`addons:destroy ${NAME}`) as unknown})
  })
})
