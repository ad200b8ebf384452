import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'
import {changeRecord, changes, runAll, snapshot, STACK, worlds} from '../support.js'

const newWorld = worlds()

describe('twilio', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await runAll(world, {
      b: 'addons:create twilio:medium -a web-dev',
      a: 'addons:create twilio:small -a api-dev',
      c: 'addons:create twilio:small -a worker-prod',
    })
    await changeRecord(world, 'worker-prod', (data) => (data.state = 'destroying'))
  })
  afterAll(() => world.close())

  it('lists every add-on: app-space, plan, number, state, age, in the same order every time', async () => {
    const before = await snapshot(world)
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {human: 'twilio', json: 'twilio --json'})
    const {addons} = json(runs.json) as {addons: Record<string, unknown>[]}
    expect(addons).toMatchObject([
      {appSpace: 'api-dev', plan: 'small', state: 'ready'},
      {appSpace: 'web-dev', plan: 'medium', state: 'ready'},
      {appSpace: 'worker-prod', plan: 'small', state: 'destroying'},
    ])
    const [heading = '', ...rows] = runs.human.stdout.trimEnd().split('\n')
    expect(heading).toMatch(/App-space.*Plan.*Number.*State.*Age/)
    expect(rows).toHaveLength(3)
    for (const [i, {appSpace, plan, phoneNumber, state}] of addons.entries())
      for (const text of [appSpace, plan, phoneNumber, state]) expect(rows[i]).toContain(text)
    expect(runs.human.exitCode).toBe(0)
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
    expect(await snapshot(world)).toEqual(before)
  })

  it('shows those that are asked for, in the order that is asked for, as names or CSV', async () => {
    const runs = await runAll(world, {
      pattern: 'twilio --filter *-dev --sort plan -q',
      plan: 'twilio --plan small --state destroying -q',
      old: 'twilio --older-than 1d',
      csv: 'twilio --filter web-* --csv',
      wrong: 'twilio --older-than yesterday',
      none: 'twilio --state suspended -q',
    })
    expect(runs.pattern.stdout).toBe('web-dev\napi-dev\n')
    expect(runs.plan.stdout).toBe('worker-prod\n')
    expect(runs.old).toMatchObject({exitCode: 0, stdout: '', stderr: expect.stringContaining('No add-on matches')})
    expect(runs.none).toMatchObject({exitCode: 0, stdout: ''})
    const [heading = '', row = ''] = runs.csv.stdout.split('\n')
    expect(heading).toMatch(/^app_space,host,plan,price_per_month,state,account_sid,/)
    expect(row).toMatch(/^web-dev,.*,medium,\d+,ready,AC\w{32},active,set,\+1\d{10},.*Z,.*Z,[^,]+,,$/)
    expect(runs.wrong).toMatchObject({exitCode: 2})
  })

  it('tells scripts since when each token is what it is', async () => {
    const {addons} = json(await world.aka('twilio --filter api-dev --json')) as {addons: Record<string, unknown>[]}
    expect(addons).toMatchObject([{condition: null, unfinished: null, rotatedAt: expect.stringMatching(/Z$/)}])
  })

  it('shows all of them when there are more than a page', async () => {
    const many = await newWorld()
    await many.aka('addons:create twilio:small -a api-dev')
    await many.sandbox.change(({syncMaps: [map]}) => {
      const item = map?.items['api-dev']
      if (!map || !item) throw new Error('no registry')
      for (let i = 0; i < 250; i += 1) {
        const appSpace = `copy${String(i)}-dev`
        map.items[appSpace] = {...item, data: {...(item.data as object), appSpace}}
      }
    })
    const {addons} = json(await many.aka('twilio --json')) as {addons: {appSpace: string}[]}
    expect(new Set(addons.map(({appSpace}) => appSpace)).size).toBe(251)
  })

  it('says so where there are none, on stdout or as an empty list, and creates nothing', async () => {
    const empty = await newWorld()
    const runs = await runAll(empty, {human: 'twilio', json: 'twilio --json'})
    expect(runs.human).toMatchObject({exitCode: 0})
    expect(runs.human.stdout).toMatch(/No app-space/)
    for (const place of ['"aka-twilio"', empty.accountSid]) expect(runs.human.stdout).toContain(place)
    expect(json(runs.json)).toMatchObject({addons: []})
    expect(changes(empty.sandbox.requests)).toEqual([])
  })

  it('shows what was done outside of it, with the way to fix it', async () => {
    const other = await newWorld()
    const names = ['closed-dev', 'fine-dev', 'gone-dev', 'stopped-dev', 'vars-dev']
    await other.akaAtOnce(names.map((name) => `addons:create twilio:small -a ${name}`))
    await other.sandbox.change(({apps, accounts}) => {
      const accountOf = (name: string) => accounts.find(({sid}) => sid === apps[name]?.configVars.TWILIO_SID)
      Object.assign(accountOf('closed-dev') ?? {}, {status: 'closed'})
      Object.assign(accountOf('stopped-dev') ?? {}, {status: 'suspended'})
      Object.assign(apps['vars-dev'] ?? {}, {configVars: {}})
      Object.assign(apps['gone-dev'] ?? {}, {deleted: true})
    })
    const runs = await runAll(other, {human: 'twilio', json: 'twilio --json'})
    const {addons} = json(runs.json) as {addons: Record<string, unknown>[]}
    expect(addons.map(({accountStatus, configVars}) => [accountStatus, configVars])).toEqual([
      ['closed', 'set'],
      ['active', 'set'],
      ['active', 'no such app'],
      ['suspended', 'set'],
      ['active', 'missing'],
    ])
    const states = ['closed', 'ready', 'app gone', 'suspended', 'vars missing']
    const rows = runs.human.stdout.split('\n').slice(1)
    for (const [at, state] of states.entries()) expect(rows[at]).toContain(state)
    expect(runs.human.stderr).toMatch(/closed-dev: .* closed outside[^]*→ aka\S* addons:destroy twilio -a closed-dev/)
    expect(runs.human.stderr).toMatch(/stopped-dev: [^]*→ \S+ twilio:resume -a stopped-dev/)
    expect(runs.human.stderr).toMatch(/vars-dev: [^]*→ \S+ addons:create twilio:small -a vars-dev/)
    expect(runs.human.stderr).not.toContain('fine-dev')
  })

  it('says whether each number may send to the US where that is asked, of those that are shown alone', async () => {
    const us = await newWorld()
    await runAll(us, {
      local: 'addons:create twilio:small -a api-dev',
      canadian: 'addons:create twilio:small -a calls-dev --country CA',
      stopped: 'addons:create twilio:small -a stopped-dev',
      tollFree: 'addons:create twilio:small -a free-prod --number-type toll-free',
    })
    await us.sandbox.change(({apps, accounts}) => {
      const account = accounts.find(({sid}) => sid === apps['stopped-dev']?.configVars.TWILIO_SID)
      Object.assign(account ?? {}, {status: 'suspended'})
    })
    const asked = () => us.sandbox.requests.filter(({host}) => host.includes('messaging')).length
    const without = await us.aka('twilio --json')
    expect([asked(), (json(without) as {addons: object[]}).addons[0]]).toEqual([
      0,
      expect.objectContaining({sending: null}),
    ])
    const narrow = await us.aka('twilio --sending --csv --filter *-prod')
    expect(narrow.stdout).toMatch(/,labels,sending\nfree-prod,.*,,not-registered\n$/)
    expect(asked()).toBe(1)
    const all = await us.aka('twilio --sending --json')
    expect((json(all) as {addons: {sending: {state: string} | null}[]}).addons.map(({sending}) => sending)).toEqual([
      {state: 'not-registered', since: null, reasons: []},
      {state: 'not-needed', since: null, reasons: []},
      {state: 'not-registered', since: null, reasons: []},
      null,
    ])
    const human = await us.aka('twilio --sending')
    expect(human.stdout).toMatch(/Number +SMS to the US +State[^]*\+1\d+ +blocked: not registered +ready/)
    expect(human.stdout).toMatch(/\+1\d+ +not needed +ready/)
    expect(human.stderr).toContain('What is missing: aka twilio:registration --all')
  })

  it('shows what it can of items that it cannot read, and does not fall over', async () => {
    const odd = await newWorld()
    await odd.aka('addons:create twilio:small -a api-dev')
    await odd.sandbox.change(({syncMaps: [map]}) => {
      const item = map?.items['api-dev']
      if (!map || !item) throw new Error('no registry')
      map.items['new-dev'] = {...item, data: {...(item.data as object), appSpace: 'new-dev', v: 2}}
      map.items['odd-dev'] = {...item, data: {}}
      map.items['api-dev/ORDER1'] = {...item, data: {v: 1, kind: 'sim-order'}}
    })
    const runs = await runAll(odd, {
      list: 'twilio',
      json: 'twilio --json',
      info: 'addons:info -a odd-dev',
      create: 'addons:create twilio:small -a new-dev',
    })
    const before = await snapshot(odd)
    expect(runs.list.exitCode).not.toBe(70)
    expect(runs.list.stdout).toContain('api-dev')
    expect(json(runs.json)).toMatchObject({
      addons: expect.arrayContaining([expect.objectContaining({appSpace: 'api-dev'})]),
    })
    expect(runs.list.stdout).not.toContain('undefined')
    for (const {exitCode, stderr} of [runs.info, runs.create]) {
      expect([1, 6]).toContain(exitCode)
      expect(stderr).not.toMatch(STACK)
    }
    expect(before.accounts).toHaveLength(2)
  })
})
