import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {BIN, type Finished, json, type World} from '../../support/cli.js'
import {refusal} from '../../support/faults.js'
import {CTRL_C, describeOnTerminal, onTerminal} from '../../support/terminal.js'
import {changeRecord, changes, runAll, snapshot, STACK, subaccounts} from '../support.js'
import {use, worldAt} from '../usage-support.js'

const NOW = '2028-02-15T00:00:00Z'
const M2M = {older: 'wireless-usage-commands', superSim: 'wireless-super-sim-smscommands'}

interface KindDocument {
  readonly kind: string
  readonly used: number | null
  readonly percent: number | null
}

const kinds = (run: Finished) => json(run).kinds as KindDocument[]

describe('twilio:usage -a', () => {
  let world: World
  beforeAll(async () => {
    world = await worldAt(NOW)
    await runAll(world, {
      busy: 'addons:create twilio:small -a busy-dev',
      idle: 'addons:create twilio:medium -a idle-dev',
      sims: 'addons:create twilio:small -a sims-dev',
    })
    await world.aka('twilio:sims:order -a sims-dev --quantity 6 --yes')
    await use(world, 'busy-dev', 'calls-outbound', 1000, '2028-02-01')
    await use(world, 'busy-dev', 'calls-inbound', 50, '2028-02-14')
    await use(world, 'busy-dev', 'sms-outbound', 1450, '2028-02-10')
    await use(world, 'busy-dev', 'sms-outbound', 2500, '2028-01-31')
    await use(world, 'busy-dev', 'sms-outbound', 7, '2027-02-28')
    await use(world, 'busy-dev', M2M.older, 1003, '2028-02-02')
    await use(world, 'busy-dev', M2M.superSim, 200, '2028-02-03')
  })
  afterAll(() => world.close())

  it('holds this month against the plan, by Twilio’s clock, and changes nothing', async () => {
    const before = await snapshot(world)
    const sofar = world.sandbox.requests.length
    const run = await world.aka('twilio:usage -a busy-dev')
    expect(run.exitCode).toBe(0)
    // 14 days of 29: 14 × 2500 / 1050 = 33.3; 14 × 3000 / 1450 = 28.97, which is the 29th.
    expect(run.stdout).toBe(`busy-dev  twilio:small
February 2028, as of 2028-02-15 00:00 UTC

  Voice minutes  █████████░░░░░░░░░░░░░  1,050 / 2,500   42%
  SMS messages   ██████████░░░░░░░░░░░░  1,450 / 3,000   48%  over on 29 Feb
  M2M messages   ██████████████████████  1,203 / 1,000  120%  over by 203
  SIM cards      ░░░░░░░░░░░░░░░░░░░░░░      0 /    40    0%  0 held, 0 on order
`)
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
    expect(await snapshot(world)).toEqual(before)
  })

  it('is the same for scripts', async () => {
    const run = await world.aka('twilio:usage -a busy-dev --json')
    expect(json(run)).toEqual({
      appSpace: 'busy-dev',
      host: expect.any(String) as unknown,
      plan: 'small',
      accountSid: expect.stringMatching(/^AC/) as unknown,
      accountStatus: 'active',
      month: '2028-02',
      from: '2028-02-01',
      to: '2028-02-29',
      asOf: '2028-02-15T00:00:00.000Z',
      kinds: [
        {kind: 'voice', used: 1050, included: 2500, percent: 42, passesLimitOn: null, forecastPercent: 87},
        {kind: 'sms', used: 1450, included: 3000, percent: 48.33, passesLimitOn: '2028-02-29', forecastPercent: 100.11},
        {kind: 'm2m', used: 1203, included: 1000, percent: 120.3, passesLimitOn: null, forecastPercent: 249.19},
        {kind: 'sims', used: 0, included: 40, percent: 0, held: 0, onOrder: 0},
      ],
    })
  })

  it('shows other months, this one by its name too, and days', async () => {
    const runs = await runAll(world, {
      last: 'twilio:usage -a busy-dev --month last --json',
      named: 'twilio:usage -a busy-dev --month 2027-02 --json',
      this: 'twilio:usage -a busy-dev --month 2028-02 --daily --json',
      chart: 'twilio:usage -a busy-dev --daily',
      lastChart: 'twilio:usage -a busy-dev --daily --month last --json',
    })
    expect(json(runs.last)).toMatchObject({month: '2028-01', from: '2028-01-01', to: '2028-01-31'})
    expect(kinds(runs.last)[1]).toMatchObject({kind: 'sms', used: 2500, percent: 83.33, passesLimitOn: null})
    expect(json(runs.named)).toMatchObject({month: '2027-02', to: '2027-02-28'})
    expect(kinds(runs.named)[1]).toMatchObject({used: 7})
    expect(kinds(runs.this)[1]).toMatchObject({used: 1450, passesLimitOn: '2028-02-29'})
    const daily = json(runs.this).daily as {day: string; sms: number; m2m: number; voice: number}[]
    expect(daily).toHaveLength(15)
    expect(daily[0]).toEqual({day: '2028-02-01', voice: 1000, sms: 0, m2m: 0})
    expect(daily[2]).toEqual({day: '2028-02-03', voice: 0, sms: 0, m2m: 200})
    expect(json(runs.lastChart).daily).toHaveLength(31)
    expect(runs.chart.stdout).toMatch(
      /Day by day {5}1 {3}5 {4}10 {3}15\n {2}Voice minutes {2}█·{12}▁· {18}most on 1 Feb: 1,000\n/,
    )
  })

  it('is the same in every time zone, on the first and the last minute of a month', async () => {
    for (const [now, month, sms] of [
      ['2028-03-01T00:01:00Z', '2028-03', 3],
      ['2028-02-29T23:59:00Z', '2028-02', 5],
    ] as const) {
      const edge = await worldAt(now)
      try {
        await edge.aka('addons:create twilio:small -a api-dev')
        await use(edge, 'api-dev', 'sms-outbound', 5, '2028-02-29')
        if (month === '2028-03') await use(edge, 'api-dev', 'sms-outbound', 3, '2028-03-01')
        const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu']
        const inEach = (command: string) =>
          edge.akaAtOnce(
            zones.map(() => command),
            (at) => ({env: {TZ: zones[at]}}),
          )
        const runs = await inEach('twilio:usage -a api-dev --daily --json')
        for (const run of runs) {
          expect(json(run)).toMatchObject({month, asOf: now.replace('Z', '.000Z')})
          expect(kinds(run)[1]).toMatchObject({used: sms})
          expect((json(run).daily as unknown[]).at(-1)).toMatchObject({day: now.slice(0, 10), sms})
        }
        const invoices = await inEach('twilio:invoice -a api-dev --json')
        for (const run of invoices) expect(json(run)).toMatchObject({month})
      } finally {
        await edge.close()
      }
    }
  })

  it('counts SIM cards that are held and on order, and shows usage where they cannot be counted', async () => {
    const run = await world.aka('twilio:usage -a sims-dev --json')
    expect(kinds(run)[3]).toEqual({kind: 'sims', used: 6, included: 40, percent: 15, held: 4, onOrder: 2})
    world.sandbox.faults.add({path: 'supersim.twilio.com', when: 'before', times: 9, do: refusal(403, 20403)})
    const kore = await world.aka('twilio:usage -a sims-dev')
    world.sandbox.faults.clear()
    expect(kore.exitCode).toBe(0)
    expect(kore.stdout).toMatch(/SIM cards +\? \/ +40 +– {2}not counted, 2 on order\n/)
    expect(kore.stderr).toMatch(/! SIM cards could not be counted: .+/)
  })

  it('prints CSV: a row a kind, or a row a day', async () => {
    const runs = await runAll(world, {
      kinds: 'twilio:usage -a busy-dev --csv',
      days: 'twilio:usage -a busy-dev --csv --daily --month last',
    })
    const [head, ...rows] = runs.kinds.stdout.trimEnd().split('\n')
    expect(head).toBe(
      'app_space,host,plan,account_status,month,as_of,kind,used,included,percent,passes_limit_on,held,on_order,error',
    )
    expect(rows.map((row) => row.replace(/,[^,]*,/, ','))).toEqual([
      'busy-dev,small,active,2028-02,2028-02-15T00:00:00.000Z,voice,1050,2500,42,,,,',
      'busy-dev,small,active,2028-02,2028-02-15T00:00:00.000Z,sms,1450,3000,48.33,2028-02-29,,,',
      'busy-dev,small,active,2028-02,2028-02-15T00:00:00.000Z,m2m,1203,1000,120.3,,,,',
      'busy-dev,small,active,2028-02,2028-02-15T00:00:00.000Z,sims,0,40,0,,0,0,',
    ])
    const days = runs.days.stdout.trimEnd().split('\n')
    expect(days).toHaveLength(32)
    expect(days.at(-1)).toBe('busy-dev,2028-01-31,0,2500,0')
  })

  it('fails at a percentage that any kind reaches (exit 3), says which, and prints the report all the same', async () => {
    const runs = await runAll(world, {
      below: 'twilio:usage -a busy-dev --fail-at 121 --json',
      reached: 'twilio:usage -a busy-dev --fail-at 42 --json',
      human: 'twilio:usage -a busy-dev --fail-at 120',
      csv: 'twilio:usage -a busy-dev --fail-at 120 --csv',
      sims: 'twilio:usage -a sims-dev --fail-at 15 --json',
      ofMetric: 'twilio:usage -a busy-dev --fail-at sms=48 --fail-at 121 --json',
      forecast: 'twilio:usage -a busy-dev --fail-at-forecast 100 --json',
      over: 'twilio:usage --all --fail-at 100 --over-only --json',
      noneOver: 'twilio:usage --all --fail-at 1000 --over-only',
    })
    expect(runs.ofMetric.exitCode).toBe(3)
    expect(json(runs.ofMetric)).toMatchObject({failAt: 121, failAtMetrics: {sms: 48}, overLimit: [{kind: 'sms'}]})
    expect(json(runs.forecast)).toMatchObject({overLimit: [{kind: 'sms', forecastPercent: 100.11}, {kind: 'm2m'}]})
    expect(runs.over.exitCode).toBe(3)
    expect(json(runs.over)).toMatchObject({addons: [{appSpace: 'busy-dev'}]})
    expect(runs.noneOver.stdout).toBe('No add-on reaches its limits.\n')
    expect(runs.below.exitCode).toBe(0)
    expect(json(runs.below)).toMatchObject({failAt: 121, overLimit: []})
    expect(json(runs.below)).not.toHaveProperty('error')
    expect(runs.reached.exitCode).toBe(3)
    expect(json(runs.reached)).toMatchObject({
      month: '2028-02',
      kinds: expect.any(Array) as unknown,
      overLimit: [
        {appSpace: 'busy-dev', plan: 'small', kind: 'voice', used: 1050, included: 2500, percent: 42},
        {kind: 'sms', percent: 48.33},
        {kind: 'm2m', percent: 120.3},
      ],
      error: {
        code: 'USAGE_LIMIT_EXCEEDED',
        exitCode: 3,
        message: expect.stringContaining('M2M messages 120% (1,203 of 1,000)') as unknown,
      },
    })
    expect(runs.human).toMatchObject({exitCode: 3, stdout: expect.stringContaining('over by 203') as unknown})
    expect(runs.human.stderr).toMatch(/✖ 120% of the plan is reached: busy-dev M2M messages 120% \(1,203 of 1,000\)\./)
    expect(runs.human.stderr).toMatch(/aka addons:upgrade twilio:medium -a busy-dev/)
    expect(runs.csv).toMatchObject({exitCode: 3, stdout: expect.stringMatching(/^app_space,/) as unknown})
    expect(runs.sims).toMatchObject({exitCode: 3})
    expect(json(runs.sims).overLimit).toMatchObject([{kind: 'sims', used: 6, percent: 15}])
  })

  it('refuses what makes no sense (exit 2), and an app-space without an add-on (exit 4)', async () => {
    const runs = await runAll(world, {
      month: 'twilio:usage -a busy-dev --month 2028-13 --json',
      toCome: 'twilio:usage -a busy-dev --month 2028-03 --json',
      watch: 'twilio:usage -a busy-dev --watch',
      watchJson: 'twilio:usage -a busy-dev --watch --json',
      failAt: 'twilio:usage -a busy-dev --fail-at 0 --json',
      metric: 'twilio:usage -a busy-dev --fail-at mms=10 --json',
      twice: 'twilio:usage -a busy-dev --fail-at 10 --fail-at 20 --json',
      overOne: 'twilio:usage -a busy-dev --over-only --json',
      both: 'twilio:usage -a busy-dev --all --json',
      none: 'twilio:usage -a none-dev --json',
    })
    const {none, ...wrong} = runs
    for (const run of Object.values(wrong)) expect(run).toMatchObject({exitCode: 2})
    expect(json(runs.month)).toMatchObject({error: {code: 'MONTH_INVALID'}})
    expect(json(runs.toCome)).toMatchObject({error: {code: 'MONTH_IN_FUTURE'}})
    expect(runs.watch).toMatchObject({stdout: '', stderr: expect.stringContaining('terminal') as unknown})
    expect(json(none)).toMatchObject({error: {code: 'ADDON_NOT_FOUND', exitCode: 4}})
  })

  it('reads with an API key, too, and of a subaccount that is suspended or closed', async () => {
    const {apiKey} = await world.sandbox.credentials()
    const key = {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}
    const runs = await runAll(world, {
      key: ['twilio:usage -a busy-dev --json', {env: key}],
      keyAll: ['twilio:usage --all --json', {env: key}],
    })
    expect(kinds(runs.key)[1]).toMatchObject({used: 1450})
    expect((json(runs.keyAll).addons as {appSpace: string}[])[0]).toMatchObject({appSpace: 'busy-dev', error: null})

    const status = (to: 'active' | 'suspended' | 'closed') =>
      world.sandbox.change((state) => {
        const sid = state.apps['idle-dev']?.configVars.TWILIO_SID
        for (const account of subaccounts(state).filter((each) => each.sid === sid)) account.status = to
      })
    await status('suspended')
    const suspended = await world.aka('twilio:usage -a idle-dev')
    expect(suspended).toMatchObject({exitCode: 0})
    expect(suspended.stdout).toMatch(/^idle-dev {2}twilio:medium {2}suspended\n/)
    expect(suspended.stdout).toMatch(/not counted, 0 on order/)
    await status('closed')
    const closed = await world.aka('twilio:usage -a idle-dev --json')
    expect(json(closed)).toMatchObject({error: {code: 'SUBACCOUNT_CLOSED', exitCode: 1}})
    await status('active')
  })

  it('takes records as they may come: numbers, nothing used, no time', async () => {
    const odd = await worldAt(NOW)
    try {
      await takesOdd(odd)
    } finally {
      await odd.close({oddAnswers: true})
    }
  })
})

/** Records that the documents allow and the examples do not show. */
async function takesOdd(odd: World): Promise<void> {
  const {faults} = odd.sandbox
  const record = {usage: 2400, price: 1.5, as_of: null, start_date: '2028-02-01', end_date: '2028-02-15'}
  const answer = (path: string, ...records: unknown[]): void => {
    const body = {usage_records: records, page: 0, page_size: 100, start: 0, end: 0, uri: '', first_page_uri: ''}
    const headers = {'content-type': 'application/json'}
    faults.add({path, when: 'before', times: 99, do: {status: 200, headers, body: JSON.stringify(body)}})
  }
  await odd.aka('addons:create twilio:small -a api-dev')
  await odd.aka('addons:create twilio:medium -a web-dev')

  answer('ThisMonth')
  answer('LastMonth')
  expect(json(await odd.aka('twilio:usage -a api-dev --json'))).toMatchObject({month: '2028-02', to: '2028-02-29'})
  expect(json(await odd.aka('twilio:usage -a api-dev --month last --json'))).toMatchObject({from: '2028-01-01'})
  const unknown = await runAll(odd, {
    shown: 'twilio:usage -a api-dev --daily',
    all: 'twilio:usage --all',
    failAt: 'twilio:usage -a api-dev --fail-at 100 --json',
    failAtAll: 'twilio:usage --all --fail-at 100 --json',
    down: 'addons:downgrade twilio twilio:small -a web-dev',
  })
  expect(unknown.shown).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/SMS messages +\? \/ 3,000/) as unknown,
  })
  expect(unknown.all).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/api-dev +small +\? +\? +\?/) as unknown,
  })
  expect(json(unknown.failAt)).toMatchObject({overLimit: [], error: {code: 'USAGE_UNKNOWN', exitCode: 7}})
  expect(json(unknown.failAtAll)).toMatchObject({error: {code: 'USAGE_UNKNOWN', exitCode: 7}})
  expect(unknown.failAtAll.stderr).toMatch(/api-dev \(Voice minutes, SMS messages, M2M messages\)/)
  expect(unknown.down).toMatchObject({exitCode: 2, stderr: expect.stringMatching(/does not say how much/) as unknown})

  faults.clear()
  answer('ThisMonth', {...record, usage: 'many'})
  expect(await odd.aka('twilio:usage -a api-dev')).toMatchObject({exitCode: 7, stdout: ''})
  faults.clear()
  answer('ThisMonth', record)
  expect(kinds(await odd.aka('twilio:usage -a api-dev --json'))).toMatchObject([
    {kind: 'voice', used: 2400},
    {kind: 'sms', used: 2400},
    {kind: 'm2m', used: 4800},
    {kind: 'sims', used: 0},
  ])
}

describe('twilio:usage --all', () => {
  let world: World
  beforeAll(async () => {
    world = await worldAt(NOW)
    await runAll(world, {
      a: 'addons:create twilio:small -a api-dev',
      b: 'addons:create twilio:medium -a busy-dev',
      c: 'addons:create twilio:small -a calm-dev',
      d: 'addons:create twilio:large -a dead-dev',
      e: 'addons:create twilio:small -a early-dev',
    })
    await world.aka('twilio:sims:order -a calm-dev --quantity 6 --yes')
    await use(world, 'api-dev', 'sms-outbound', 2400, '2028-02-10')
    await use(world, 'busy-dev', M2M.older, 1500, '2028-02-10')
    await use(world, 'busy-dev', M2M.superSim, 700, '2028-02-10')
    await use(world, 'api-dev', 'sms-outbound', 1, '2028-01-10')
    await changeRecord(world, 'early-dev', (data) => {
      delete data.accountSid
      data.state = 'provisioning'
    })
  })
  afterAll(() => world.close())

  it('shows every add-on on a line, worst first, with the registry read once', async () => {
    const from = world.sandbox.requests.length
    const run = await world.aka('twilio:usage --all')
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toBe(`February 2028, as of 2028-02-15 00:00 UTC

App-space  Plan    Voice  SMS   M2M  SIMs on order
busy-dev   medium     0%   0%  110%              0  M2M over by 200
api-dev    small      0%  80%    0%              0  SMS over on 18 Feb
calm-dev   small      0%   0%    0%              2
dead-dev   large      0%   0%    0%              0
early-dev  small       –    –     –              –  provisioning
`)
    const requests = world.sandbox.requests.slice(from)
    expect(changes(requests)).toEqual([])
    expect(requests.filter(({host}) => host === 'sync.twilio.com')).toHaveLength(1)
    expect(requests.filter(({path}) => path.endsWith('/Accounts.json'))).toHaveLength(1)
    // Nothing of an app, and no token of a subaccount.
    expect(requests).toHaveLength(2 + 4 * 4)
    expect(run.stderr).toMatch(/Reading the usage of every add-on/)
  })

  it('does not hide the others where one fails: the exit code is the highest met', async () => {
    const dead = await world.sandbox.read(({apps}) => apps['dead-dev']?.configVars.TWILIO_SID ?? '')
    const fail = (action: Parameters<typeof world.sandbox.faults.add>[0]['do']) =>
      world.sandbox.faults.add({path: `Accounts/${dead}/Usage`, when: 'before', times: 99, do: action})
    fail(refusal(400, 20001))
    const refused = await world.aka('twilio:usage --all --json --fail-at 80')
    world.sandbox.faults.clear()
    fail({status: 401})
    const human = await world.aka('twilio:usage --all --fail-at 80')
    world.sandbox.faults.clear()

    expect(refused).toMatchObject({exitCode: 3})
    expect(json(refused)).toMatchObject({
      overLimit: [
        {appSpace: 'busy-dev', kind: 'm2m', used: 2200},
        {appSpace: 'api-dev', kind: 'sms', percent: 80},
      ],
      error: {code: 'USAGE_LIMIT_EXCEEDED', exitCode: 3},
      errors: [
        {code: 'USAGE_LIMIT_EXCEEDED', exitCode: 3},
        {code: 'ADDONS_NOT_READ', exitCode: 1},
      ],
    })
    // What a script throws away is for whoever gets its mail.
    expect(refused.stderr).toMatch(/✖ 80% of the plan is reached: busy-dev[^]*✖ 1 of 5 add-ons could not be read/)
    const addons = json(refused).addons as {appSpace: string; error: unknown; kinds: unknown[]}[]
    expect(addons.map(({appSpace}) => appSpace)).toEqual(['busy-dev', 'api-dev', 'calm-dev', 'early-dev', 'dead-dev'])
    expect(addons.at(-1)).toMatchObject({kinds: [], error: {code: 'TWILIO_REFUSED', exitCode: 1}})

    expect(human).toMatchObject({exitCode: 5})
    expect(human.stdout).toMatch(/busy-dev[^]*dead-dev +large +– +– +– +– +not read: CREDENTIALS_REFUSED\n/)
    expect(human.stderr).toMatch(/✖ 1 of 5 add-ons could not be read\.\n {2}→ dead-dev: Twilio refused/)
    expect(human.stderr).toMatch(/✖ 80% of the plan is reached: busy-dev M2M messages 110% \(2,200 of 2,000\); api-dev/)
    expect(human.stderr).not.toMatch(STACK)
  })

  it('goes for other months, as CSV, and where there are none', async () => {
    const empty = await worldAt(NOW)
    const runs = await runAll(world, {csv: 'twilio:usage --all --csv', last: 'twilio:usage --all --month last --json'})
    const none = await runAll(empty, {human: 'twilio:usage --all', json: 'twilio:usage --all --json --fail-at 1'})
    await empty.close()
    const rows = runs.csv.stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(1 + 4 * 4 + 1)
    expect(rows.at(-1)).toMatch(/^early-dev,[^,]*,small,,,,,,,,,,,$/)
    expect((json(runs.last).addons as unknown[])[0]).toMatchObject({appSpace: 'api-dev', month: '2028-01'})
    expect(none.human).toMatchObject({exitCode: 0, stdout: 'No app-space has a Twilio add-on yet.\n'})
    expect(json(none.json)).toMatchObject({addons: [], overLimit: []})
  })
})

describeOnTerminal('twilio:usage on a terminal', () => {
  it('is coloured by level, drawn again with --watch until Ctrl-C, which is no failure', async () => {
    const world = await worldAt(NOW)
    try {
      await world.aka('addons:create twilio:small -a api-dev')
      await use(world, 'api-dev', 'sms-outbound', 2400)
      const terminal = onTerminal([BIN, 'twilio:usage -a api-dev --watch --interval 1'], {
        cwd: world.home,
        env: world.env,
      })
      await terminal.shows(/SMS messages.*2,400 \/ 3,000/)
      expect(terminal.shown()).toContain('\u001B[33m')
      await use(world, 'api-dev', 'sms-outbound', 700)
      await terminal.shows(/SMS messages.*3,100 \/ 3,000.*over by 100/)
      await terminal.shows(/Refreshed every 1 s.*Ctrl-C stops/)
      // Back to the first of its nine lines.
      expect(terminal.shown()).toContain('\u001B[9A\u001B[0J')
      world.sandbox.faults.add({
        path: 'ThisMonth',
        when: 'before',
        times: 99,
        do: {status: 429, headers: {'retry-after': '61'}},
      })
      await terminal.shows(/! .+ answered 429/)
      terminal.type(CTRL_C)
      expect(await terminal.ended).toBe(0)
      expect(terminal.shown()).not.toMatch(/Stopping/)
      world.sandbox.faults.clear()
      const all = onTerminal([BIN, 'twilio:usage --all --watch --interval 1'], {cwd: world.home, env: world.env})
      await all.shows(/api-dev +small .*over by 100[^]*Ctrl-C stops/)
      all.type(CTRL_C)
      expect(await all.ended).toBe(0)
    } finally {
      await world.close()
    }
  })
})
