import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, json, type World} from '../../support/cli.js'
import {refusal} from '../../support/faults.js'
import {changeRecord, changes, runAll, subaccounts} from '../support.js'
import {use, worldAt} from '../usage-support.js'

const NOW = '2028-03-01T00:30:00Z'

/** The last column, whose SIDs change. */
const withoutAccounts = ({stdout}: Finished) => stdout.replaceAll(/ {2}(Account|AC[0-9a-f]{32}|–)$/gm, '')

describe('twilio:invoice', () => {
  let world: World
  beforeAll(async () => {
    world = await worldAt(NOW)
    await runAll(world, {
      a: 'addons:create twilio:small -a api-dev',
      b: 'addons:create twilio:medium -a busy-dev',
      c: 'addons:create twilio:small -a half-dev',
    })
    await world.aka('twilio:sims:order -a api-dev --quantity 6 --yes')
    // As if all of it had been there for a while; commands write by the clock of their machine.
    for (const app of ['api-dev', 'busy-dev'])
      await changeRecord(world, app, (data) => (data.createdAt = '2028-01-20T00:00:00Z'))
    await world.sandbox.change(({syncMaps, rentals}) => {
      rentals.splice(0)
      for (const [key, {data}] of syncMaps.flatMap(({items}) => Object.entries(items)))
        if (key.startsWith('api-dev/')) (data as Record<string, unknown>).createdAt = '2028-02-29T23:59:59Z'
    })
    await changeRecord(world, 'half-dev', (data) => {
      delete data.accountSid
      Object.assign(data, {state: 'provisioning', createdAt: '2028-02-29T00:00:00Z'})
    })
    await use(world, 'api-dev', 'sms-outbound', 1000, '2028-02-29', 8.3)
    await use(world, 'api-dev', 'calls-outbound', 10, '2028-02-01', 0.145)
    await use(world, 'api-dev', 'sms-outbound', 1, '2028-03-01', 0.0083)
    await use(world, 'busy-dev', 'sms-outbound', 100, '2028-02-10', 1234.5)
  })
  afterAll(() => world.close())

  it('shows plan, SIM cards and cards ordered beside what Twilio charged, month by month', async () => {
    const from = world.sandbox.requests.length
    const runs = await runAll(world, {
      last: 'twilio:invoice -a api-dev --month last',
      this: 'twilio:invoice -a api-dev --json',
      named: 'twilio:invoice -a api-dev --month 2028-02 --json',
      before: 'twilio:invoice -a api-dev --month 2027-12 --json',
    })
    expect(runs.last.exitCode).toBe(0)
    // 50 + 40 + 6 × 5; 8.30 + 0.145
    expect(withoutAccounts(runs.last)).toBe(`February 2028, as of 2028-03-01 00:30 UTC

App-space  Plan   Price  SIM cards  New cards  Total  Twilio
api-dev    small    $50        $40  6 for $30   $120   $8.45
`)
    expect(runs.last.stderr).toMatch(/\$40\/month while the app-space has any, plus \$5 once per card/)
    expect(json(runs.named)).toEqual({
      month: '2028-02',
      from: '2028-02-01',
      to: '2028-02-29',
      asOf: '2028-03-01T00:30:00.000Z',
      appSpace: 'api-dev',
      host: expect.any(String) as unknown,
      plan: 'small',
      plans: [{plan: 'small', from: '2028-02-01', to: '2028-02-29', days: 29, price: 50}],
      currency: 'usd',
      labels: {},
      destroyedAt: null,
      earlier: [],
      accountSid: expect.stringMatching(/^AC/) as unknown,
      planPrice: 50,
      simCardsPerMonth: 40,
      cardsOrdered: 6,
      cardsOrderedPrice: 30,
      total: 120,
      twilio: {amount: 8.445, currency: 'usd'},
      registrationFees: {amount: 0, currency: 'usd'},
    })
    expect(json(runs.this)).toMatchObject({month: '2028-03', cardsOrdered: 0, total: 90, twilio: {amount: 0.0083}})
    expect(json(runs.before)).toMatchObject({month: '2027-12', planPrice: 0, total: 0, twilio: {amount: 0}})
    expect(changes(world.sandbox.requests.slice(from))).toEqual([])
  })

  it('shows every add-on and the sums, as a table, as CSV and for scripts', async () => {
    const runs = await runAll(world, {
      human: 'twilio:invoice --all --month last',
      csv: 'twilio:invoice --all --month last --csv',
      json: 'twilio:invoice --all --month last --json',
    })
    expect(withoutAccounts(runs.human)).toBe(`February 2028, as of 2028-03-01 00:30 UTC

App-space  Plan    Price  SIM cards  New cards  Total     Twilio
api-dev    small     $50        $40  6 for $30   $120      $8.45
busy-dev   medium   $100         $0         $0   $100  $1,234.50
half-dev   small      $0         $0         $0     $0          –
Total               $150        $40  6 for $30   $220  $1,242.95
`)
    const [head, ...rows] = runs.csv.stdout.trimEnd().split('\n')
    expect(head).toBe(
      'app_space,host,plan,month,as_of,plan_price,sim_cards_per_month,cards_ordered,cards_ordered_price,total,twilio_amount,twilio_currency,error,account_sid,currency,labels,plan_days,destroyed_at,registration_fees',
    )
    expect(rows.map((row) => row.replace(/,[^,]*,/, ',').replace(/AC\w{32}/, 'AC'))).toEqual([
      'api-dev,small,2028-02,2028-03-01T00:30:00.000Z,50,40,6,30,120,8.445,usd,,AC,usd,,small 29,,0',
      'busy-dev,medium,2028-02,2028-03-01T00:30:00.000Z,100,0,0,0,100,1234.5,usd,,AC,usd,,medium 29,,0',
      'half-dev,small,2028-02,2028-03-01T00:30:00.000Z,0,0,0,0,0,,,,,usd,,,,',
    ])
    expect(json(runs.json)).toMatchObject({
      month: '2028-02',
      invoices: [
        {appSpace: 'api-dev', total: 120, error: null},
        {appSpace: 'busy-dev'},
        {accountSid: null, twilio: null},
      ],
      totals: {planPrice: 150, cardsOrdered: 6, total: 220, twilio: [{amount: 1242.945, currency: 'usd'}]},
    })
    const from = world.sandbox.requests.length
    await world.aka('twilio:invoice --all --month last')
    // The registry, the accounts, the month, whether there are fees of registrations, and one for each subaccount.
    expect(world.sandbox.requests.slice(from)).toHaveLength(4 + 2)
  })

  it('has a line for what Twilio charged for registrations, where it charged any', async () => {
    const registered = await worldAt(NOW)
    for (const app of ['api-dev', 'web-dev']) await registered.aka(`addons:create twilio:small -a ${app}`)
    await use(registered, 'api-dev', 'a2p-10dlc-registrationfees-brandregistration', 1, '2028-03-01', 4.5)
    await use(registered, 'api-dev', 'a2p-10dlc-registrationfees-campaigncharges', 1, '2028-03-01', 1.5)
    const runs = await runAll(registered, {
      one: 'twilio:invoice -a api-dev',
      all: 'twilio:invoice --all',
      csv: 'twilio:invoice --all --csv',
      json: 'twilio:invoice --all --json',
      before: 'twilio:invoice --all --month last',
    })
    // 1.15 for the number.
    for (const run of [runs.one, runs.all])
      expect(withoutAccounts(run)).toMatch(/api-dev .* \$7\.15\n {2}of which registration +\$6\.00\n/)
    expect(runs.csv.stdout).toMatch(/^api-dev.*,6\nweb-dev.*,0$/m)
    expect(json(runs.json)).toMatchObject({
      invoices: [
        {twilio: {amount: 7.15}, registrationFees: {amount: 6, currency: 'usd'}},
        {registrationFees: {amount: 0}},
      ],
      totals: {registrationFees: [{amount: 6, currency: 'usd'}]},
    })
    expect(runs.before.stdout).not.toContain('registration')
    await registered.close()
  })

  it('shows several months, with their sum', async () => {
    const runs = await runAll(world, {
      json: 'twilio:invoice -a api-dev --from 2028-01 --to 2028-03 --json',
      csv: 'twilio:invoice --all --from 2028-01 --to 2028-02 --csv',
      human: 'twilio:invoice -a api-dev --from 2028-02 --to 2028-03',
      both: 'twilio:invoice -a api-dev --from 2028-02 --to 2028-03 --month last --json',
      turned: 'twilio:invoice -a api-dev --from 2028-03 --to 2028-02 --json',
    })
    // 50; 50 + 40 + 6 × 5; 50 + 40
    expect(json(runs.json)).toMatchObject({
      months: [
        {month: '2028-01', total: 50},
        {month: '2028-02', total: 120},
        {month: '2028-03', total: 90},
      ],
      total: 260,
    })
    expect(runs.csv.stdout.trimEnd().split('\n')).toHaveLength(1 + 2 * 3)
    expect(runs.human.stdout).toMatch(/^February 2028[^]*^March 2028/m)
    expect([runs.both.exitCode, runs.turned.exitCode]).toEqual([2, 2])
  })

  it('keeps what is charged where Twilio’s part cannot be read, and tells other currencies apart', async () => {
    const busy = await world.sandbox.read(({apps}) => apps['busy-dev']?.configVars.TWILIO_SID ?? '')
    world.sandbox.faults.add({path: `Accounts/${busy}/Usage`, when: 'before', times: 9, do: refusal(400, 20001)})
    const run = await world.aka('twilio:invoice --all --month last --json')
    const human = await world.aka('twilio:invoice --all --month last')
    world.sandbox.faults.clear()
    expect(run.exitCode).toBe(1)
    expect(json(run)).toMatchObject({
      invoices: [{error: null}, {total: 100, twilio: null, error: {code: 'TWILIO_REFUSED'}}, {error: null}],
      error: {code: 'ADDONS_NOT_READ', exitCode: 1},
    })
    expect(withoutAccounts(human)).toMatch(/busy-dev +medium +\$100 +\$0 +\$0 +\$100 +not read\n/)
    expect(human.stderr).toMatch(/✖ 1 of 3 add-ons could not be read/)
  })

  it.each([
    ['no record', '{"usage_records": []}'],
    ['no price', '{"usage_records": [{"price": null, "start_date": "2028-02-01", "end_date": "2028-02-29"}]}'],
  ])('takes %s of one add-on for unknown, not for $0, and shows the others', async (_, body) => {
    const odd = await worldAt(NOW)
    try {
      await runAll(odd, {a: 'addons:create twilio:small -a api-dev', b: 'addons:create twilio:small -a busy-dev'})
      const busy = await odd.sandbox.read(({apps}) => apps['busy-dev']?.configVars.TWILIO_SID ?? '')
      const headers = {'content-type': 'application/json'}
      odd.sandbox.faults.add({
        path: `Accounts/${busy}/Usage`,
        when: 'before',
        times: 9,
        do: {status: 200, headers, body},
      })
      const run = await odd.aka('twilio:invoice --all --json')
      expect(json(run)).toMatchObject({
        invoices: [{error: null}, {total: 50, twilio: null}],
        error: {code: 'ADDONS_NOT_READ'},
      })
      expect(run).toMatchObject({exitCode: 7, stderr: expect.stringMatching(/busy-dev/) as unknown})
      expect(await odd.aka('twilio:invoice -a busy-dev')).toMatchObject({exitCode: 7, stdout: ''})
    } finally {
      await odd.close({oddAnswers: true})
    }
  })

  it('goes by API keys, and says what cannot be shown', async () => {
    const {apiKey} = await world.sandbox.credentials()
    const env = {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}
    const runs = await runAll(world, {
      key: ['twilio:invoice -a api-dev --month last --json', {env}],
      keyAll: ['twilio:invoice --all --month last --json', {env}],
      half: 'twilio:invoice -a half-dev --json',
      none: 'twilio:invoice -a none-dev --json',
      month: 'twilio:invoice --all --month 2028-04 --json',
      wrong: 'twilio:invoice --all --month Feb --json',
    })
    expect(json(runs.key)).toMatchObject({twilio: {amount: 8.445}})
    expect(json(runs.keyAll)).toMatchObject({totals: {twilio: [{amount: 1242.945}]}})
    expect(json(runs.half)).toMatchObject({total: 0, twilio: null})
    expect(json(runs.none)).toMatchObject({error: {code: 'ADDON_NOT_FOUND', exitCode: 4}})
    expect(json(runs.month)).toMatchObject({error: {code: 'MONTH_IN_FUTURE', exitCode: 2}})
    expect(json(runs.wrong)).toMatchObject({error: {code: 'MONTH_INVALID', exitCode: 2}})
  })

  it('ends the price of cards in the month after the last went back to stock', async () => {
    const other = await worldAt(new Date().toISOString())
    try {
      await other.aka('addons:create twilio:small -a api-dev')
      await other.aka('twilio:sims:order -a api-dev --quantity 1 --yes')
      const [sim] = (json(await other.aka('twilio:sims -a api-dev --json')) as {sims: {sid: string}[]}).sims
      expect(await other.aka(`twilio:sims:release -a api-dev ${sim?.sid ?? ''}`)).toMatchObject({exitCode: 0})
      const invoice = async () => json(await other.aka('twilio:invoice -a api-dev --json'))
      expect(await invoice()).toMatchObject({simCardsPerMonth: 40, cardsOrderedPrice: 5, total: 95})
      await other.sandbox.advanceClock(32 * 86_400)
      expect(await invoice()).toMatchObject({simCardsPerMonth: 0, cardsOrderedPrice: 0, total: 50})
      expect(await other.sandbox.read((state) => subaccounts(state).length)).toBe(1)
    } finally {
      await other.close()
    }
  })
})

it('an add-on that was destroyed stays on the invoices of its months', async () => {
  const world = await worldAt(NOW)
  await world.aka('addons:create twilio:small -a old-dev --label team=web')
  await changeRecord(world, 'old-dev', (data) => (data.createdAt = '2028-01-20T00:00:00Z'))
  await use(world, 'old-dev', 'sms-outbound', 100, '2028-02-10', 1.5)
  await world.aka('addons:destroy twilio -a old-dev --confirm old-dev')
  await world.sandbox.change(({syncMaps}) => {
    for (const [key, {data}] of syncMaps.flatMap(({items}) => Object.entries(items)))
      if (key.startsWith('old-dev/')) (data as Record<string, unknown>).destroyedAt = '2028-02-29T12:00:00Z'
  })
  const runs = await runAll(world, {
    json: 'twilio:invoice --all --month last --json',
    human: 'twilio:invoice --all --month last',
    one: 'twilio:invoice -a old-dev --month last --json',
    after: 'twilio:invoice --all --month this --json',
    list: 'twilio -q',
  })
  expect(json(runs.json)).toMatchObject({
    invoices: [{appSpace: 'old-dev', labels: {team: 'web'}, destroyedAt: '2028-02-29T12:00:00Z', total: 50}],
    totals: {total: 50},
  })
  expect(runs.human.stdout).toMatch(/^old-dev \(destroyed\) +small +\$50 /m)
  expect(json(runs.one)).toMatchObject({appSpace: 'old-dev', total: 50, earlier: []})
  expect(json(runs.after)).toMatchObject({invoices: [], totals: {total: 0}})
  expect(runs.list.stdout).toBe('')
  await world.close()
})
