import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {mainAccountOf} from '../../../src/sandbox/world/initial-state.js'
import {type Finished, json, startWorld, type World} from '../../support/cli.js'
import {documentsOf, runAll, snapshot} from '../support.js'

const off = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}

interface Accounts {
  readonly world: World
  readonly prod: string
  readonly dev: string
  readonly aka: (args: string, stdin?: string) => Promise<Finished>
}

/** A machine with a login for each of two main accounts, which share an Akkeris. */
async function startAccounts(): Promise<Accounts> {
  const world = await startWorld()
  const prod = await world.sandbox.change((state, now) => ({...mainAccountOf(state, 'acme-prod', now)}))
  const aka = (args: string, stdin = '') => world.aka(args, {env: off, stdin})
  await aka(`twilio:login --account-sid ${prod.sid} --profile acme-prod`, `${prod.authToken}\n`)
  await aka(`twilio:login --account-sid ${world.accountSid} --profile acme-dev`, `${world.authToken}\n`)
  await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-dev')
  return {world, prod: prod.sid, dev: world.accountSid, aka}
}

async function ownerOf({world}: Accounts, appSpace: string): Promise<string | undefined> {
  const {accounts} = await snapshot(world)
  return accounts.find(({friendlyName}) => friendlyName.startsWith(`${appSpace} `))?.ownerAccountSid
}

describe('the setting space-profiles', () => {
  let accounts: Accounts
  beforeAll(async () => {
    accounts = await startAccounts()
  })
  afterAll(() => accounts.world.close())

  it('chooses the login by the space of the app-space, and everything says so', async () => {
    const {world, prod, dev, aka} = accounts
    expect(json(await aka('twilio:whoami -a api-prod --json'))).toMatchObject({
      accountSid: prod,
      profile: 'acme-prod',
      profileChosenBy: 'the setting space-profiles (prod)',
    })
    const named = await world.aka('twilio:whoami -a api-prod --profile acme-dev --json', {env: off})
    expect(json(named)).toMatchObject({accountSid: dev, profileChosenBy: '--profile'})
    const fromEnvironment = json(await world.aka('twilio:whoami -a api-prod --json'))
    expect(fromEnvironment).toMatchObject({accountSid: dev, profile: null, profileChosenBy: null})
    const doctor = json(await aka('twilio:doctor -a api-prod --json'))
    expect(JSON.stringify(doctor)).toContain('profile acme-prod, named by the setting space-profiles (prod)')
    expect(json(await aka('twilio:settings -a api-prod --json'))).toMatchObject({
      settings: {profile: 'acme-prod'},
      sources: {profile: 'the setting space-profiles (prod)'},
    })
  })

  it('is followed by commands about one app-space, and by each line of a list', async () => {
    const {prod, dev, aka} = accounts
    const created = await aka('addons:create twilio:small -a api-prod --json')
    expect(created).toMatchObject({exitCode: 0})
    expect(await ownerOf(accounts, 'api-prod')).toBe(prod)
    expect(await aka('addons:info twilio -a api-prod')).toMatchObject({exitCode: 0})
    expect(await aka('addons:info twilio -a api-prod --profile acme-dev')).toMatchObject({exitCode: 4})

    const list = await aka('addons:create twilio:small --apps-from - --yes --json', 'web-prod\nweb-dev\napi-prod\n')
    expect(list).toMatchObject({exitCode: 0})
    expect(documentsOf(list)).toMatchObject([
      {line: 1, profile: 'acme-prod', appSpace: 'web-prod', created: true},
      {line: 2, profile: 'acme-dev', appSpace: 'web-dev', created: true},
      {line: 3, profile: 'acme-prod', appSpace: 'api-prod', created: false},
    ])
    expect([await ownerOf(accounts, 'web-prod'), await ownerOf(accounts, 'web-dev')]).toEqual([prod, dev])
    expect(list.stderr).toMatch(/acme-prod: 1 new subaccount\.[^]*acme-dev: 1 new subaccount\./)
    const upgraded = await aka('addons:upgrade twilio:medium --apps-from - --yes', 'web-prod\nweb-dev\n')
    expect(upgraded).toMatchObject({exitCode: 0})
  })

  it('names the login in commands that no app-space chooses it for, and only there', async () => {
    const gone = await accounts.aka('addons:info twilio -a gone-prod')
    expect(gone).toMatchObject({exitCode: 4})
    expect(gone.stderr).toMatch(/aka addons:create twilio:small -a gone-prod/)
    expect(gone.stderr).not.toMatch(/-a gone-prod --profile/)
    expect(gone.stderr).toMatch(/aka twilio --profile acme-prod/)
  })

  it('is reported where there is no such login, before anything is sent', async () => {
    const {world, aka} = accounts
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=nobody')
    const sofar = world.sandbox.requests.length
    const runs = await runAll(world, {
      one: ['addons:info twilio -a web-dev', {env: off}],
      list: ['addons:create twilio:small --apps-from - --yes', {env: off, stdin: 'z-prod\nz-dev\n'}],
    })
    for (const run of Object.values(runs)) {
      expect(run).toMatchObject({exitCode: 5})
      expect(run.stderr).toMatch(/no login for the profile nobody, which the setting space-profiles \(dev\) names/)
      expect(run.stderr).toMatch(/twilio:login --profile nobody/)
    }
    expect(world.sandbox.requests).toHaveLength(sofar)
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-dev')
  })
})

describe('--profile all', () => {
  let accounts: Accounts
  let runs: Record<string, Finished>
  beforeAll(async () => {
    accounts = await startAccounts()
    const {world, aka} = accounts
    await aka('addons:create twilio:small --apps-from - --yes', 'api-prod\nweb-prod\napi-dev\n')
    // A second login to a main account that is there already.
    await aka(`twilio:login --account-sid ${world.accountSid} --profile again`, `${world.authToken}\n`)
    await world.sandbox.change(({accounts: all, usage}) => {
      const sub = all.find(({friendlyName}) => friendlyName.startsWith('api-prod '))
      const entry = {category: 'sms', usage: 2700, count: 2700, price: 27, day: new Date().toISOString().slice(0, 10)}
      usage.push({...entry, accountSid: sub?.sid ?? ''})
    })
    runs = await runAll(world, {
      list: ['twilio --profile all --json', {env: off}],
      screen: ['twilio --profile all', {env: off}],
      csv: ['twilio --csv', {env: {...off, AKA_TWILIO_PROFILE: 'all'}}],
      usage: ['twilio:usage --all --profile all --fail-at 80 --json', {env: off}],
      invoice: ['twilio:invoice --all --profile all --json', {env: off}],
      invoices: ['twilio:invoice --all --profile all', {env: off}],
      audit: ['twilio:audit --profile all --json', {env: off}],
      refused: ['twilio:rotate --all --profile all', {env: off}],
      one: ['twilio:usage -a api-prod --profile all', {env: off}],
    })
  })
  afterAll(() => accounts.world.close())
  const of = (name: string) => runs[name] ?? {exitCode: null, signal: null, stdout: '', stderr: ''}

  it('lists the add-ons of each main account once, with the profile and the account', () => {
    const {prod, dev} = accounts
    expect(json(of('list'))).toMatchObject({
      mainAccountSid: null,
      profiles: [
        {profile: 'acme-prod', mainAccountSid: prod, error: null},
        {profile: 'acme-dev', mainAccountSid: dev, error: null},
      ],
      addons: [
        {appSpace: 'api-dev', profile: 'acme-dev', mainAccountSid: dev},
        {appSpace: 'api-prod', profile: 'acme-prod', mainAccountSid: prod},
        {appSpace: 'web-prod', profile: 'acme-prod'},
      ],
    })
    expect(of('screen').stdout).toMatch(/App-space +Profile +Plan[^]*api-dev +acme-dev +small[^]*api-prod +acme-prod/)
    expect(of('csv').stdout).toMatch(/,profile,main_account_sid\r?\n[^]*api-dev,.*,acme-dev,AC/)
  })

  it('holds the usage of all against their plans, and says what to do with the right login', () => {
    expect(of('usage').exitCode).toBe(3)
    expect(json(of('usage'))).toMatchObject({
      addons: [{appSpace: 'api-prod', profile: 'acme-prod'}, {profile: 'acme-dev'}, {profile: 'acme-prod'}],
      overLimit: [{appSpace: 'api-prod', profile: 'acme-prod'}],
    })
    expect(of('usage').stderr).toMatch(/addons:upgrade twilio:medium -a api-prod --profile acme-prod/)
  })

  it('adds up what all of them cost', () => {
    expect(json(of('invoice'))).toMatchObject({
      totals: {planPrice: 150, total: 150},
      invoices: [{profile: 'acme-dev'}, {profile: 'acme-prod'}, {profile: 'acme-prod'}],
      profiles: [{profile: 'acme-prod'}, {profile: 'acme-dev'}],
    })
    expect(of('invoices').stdout).toMatch(/App-space +Profile +Plan[^]*Account[^]*Total +\$150/)
  })

  it('audits each, with commands that name its login', () => {
    const {findings, addons} = json(of('audit')) as {
      findings: {appSpace: string; profile: string; commands: string[]}[]
      addons: number
    }
    expect(addons).toBe(3)
    for (const {appSpace, profile, commands} of findings) {
      expect(profile).toBe(appSpace.endsWith('-prod') ? 'acme-prod' : 'acme-dev')
      expect(commands.join()).toContain(`--profile ${profile}`)
    }
    expect(findings.length).toBeGreaterThan(0)
  })

  it('is refused by commands that are about one main account', () => {
    for (const name of ['refused', 'one']) {
      expect(of(name)).toMatchObject({exitCode: 2, stdout: ''})
      expect(of(name).stderr).toMatch(/"all" means all profiles, but this command works with one/)
    }
  })

  it('does not lose the others to one that fails', async () => {
    const {aka} = accounts
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-dev,qa=nobody')
    const env = off
    const failed = await runAll(accounts.world, {
      list: ['twilio --profile all --json', {env}],
      usage: ['twilio:usage --all --profile all --json', {env}],
      invoice: ['twilio:invoice --all --profile all --json', {env}],
      audit: ['twilio:audit --profile all --json', {env}],
    })
    for (const run of Object.values(failed)) {
      expect(run.exitCode).toBe(5)
      expect(json(run)).toMatchObject({
        error: {code: 'PROFILE_NOT_FOUND', exitCode: 5},
        profiles: [{error: null}, {error: null}, {profile: 'nobody', mainAccountSid: null, error: {exitCode: 5}}],
      })
      expect(run.stderr).toMatch(/nobody: There is no login/)
    }
    expect(json(failed.list).addons).toHaveLength(3)
    expect(json(failed.invoice)).toMatchObject({totals: {total: 150}})
    expect(json(failed.audit)).toMatchObject({addons: 3, clean: false})
  })
})

describe('twilio:apply', () => {
  let accounts: Accounts
  beforeAll(async () => {
    accounts = await startAccounts()
  })
  afterAll(() => accounts.world.close())
  const file = JSON.stringify({appSpaces: {'api-prod': {plan: 'small'}, 'api-dev': {plan: 'medium'}}})

  it('says beforehand where a main account has not enough subaccounts left', async () => {
    const {prod, aka} = accounts
    await aka('twilio:settings set subaccount-limit 9,acme-prod=1')
    const {appSpaces} = JSON.parse(file) as {appSpaces: object}
    const more = JSON.stringify({appSpaces: {...appSpaces, 'web-prod': {plan: 'small'}}})
    const plan = await aka('twilio:apply - --dry-run --json', more)
    expect(json(plan).subaccounts).toEqual([
      {profile: 'acme-prod', mainAccountSid: prod, used: 0, limit: 1, left: 1, needed: 2},
      expect.objectContaining({profile: 'acme-dev', left: 9, needed: 1}),
    ])
    expect(plan.stderr).toMatch(/acme-prod: 2 new subaccounts\..*: 1 is left\. Twilio would refuse 1 of them\./s)
    expect(plan.stderr).not.toMatch(/acme-dev: 1 new/)
    await aka('twilio:settings unset subaccount-limit')
  })

  it('gives each app-space its add-on under the main account of its space', async () => {
    const {prod, dev, aka} = accounts
    const plan = await aka('twilio:apply - --dry-run', file)
    expect(plan).toMatchObject({exitCode: 0})
    expect(plan.stdout).toMatch(/^acme-prod \(AC.*\)\n\+ create api-prod[^]*^acme-dev \(AC.*\)\n\+ create api-dev/m)
    const applied = await aka('twilio:apply - --yes --json', file)
    expect(json(applied)).toMatchObject({
      changes: [
        {appSpace: 'api-prod', profile: 'acme-prod', mainAccountSid: prod, done: true},
        {appSpace: 'api-dev', profile: 'acme-dev', mainAccountSid: dev, done: true},
      ],
      pricePerMonth: {before: 0, after: 150},
    })
    expect([await ownerOf(accounts, 'api-prod'), await ownerOf(accounts, 'api-dev')]).toEqual([prod, dev])
    expect(json(await aka('twilio:apply - --dry-run --json', file))).toMatchObject({changes: [], unchanged: 2})
  })

  it('looks with --profile all at the main accounts for which nothing is declared, too, and prunes there', async () => {
    const {aka, world} = accounts
    const only = JSON.stringify({appSpaces: {'api-prod': {plan: 'small'}}})
    expect(json(await aka('twilio:apply - --dry-run --json', only))).toMatchObject({changes: [], undeclared: []})
    const all = await world.aka('twilio:apply - --dry-run --profile all --json', {env: off, stdin: only})
    expect(json(all)).toMatchObject({changes: [], unchanged: 1, undeclared: ['api-dev']})
    const pruned = await world.aka('twilio:apply - --dry-run --prune --profile all --json', {env: off, stdin: only})
    expect(json(pruned)).toMatchObject({changes: [{action: 'destroy', appSpace: 'api-dev', profile: 'acme-dev'}]})
  })

  it('refuses an app-space that has its add-on under another main account, and carries out the rest', async () => {
    const {aka, world} = accounts
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-prod')
    const more = JSON.stringify({
      appSpaces: {'api-prod': {plan: 'small'}, 'api-dev': {plan: 'medium'}, 'web-dev': {plan: 'small'}},
    })
    const run = await world.aka('twilio:apply - --yes --prune --profile all --json', {env: off, stdin: more})
    expect(run.exitCode).toBe(6)
    expect(json(run)).toMatchObject({
      changes: [
        {appSpace: 'web-dev', profile: 'acme-prod', done: true},
        {appSpace: 'api-dev', action: 'none', error: {code: 'ADDON_UNDER_OTHER_ACCOUNT'}},
      ],
      unchanged: 1,
    })
    const {message, suggestions} = json(run).error as {message: string; suggestions: string[]}
    expect(message).toBe(
      'api-dev has its add-on under the main account of acme-dev, and its space belongs to acme-prod.',
    )
    expect(suggestions.join()).toMatch(/addons:destroy twilio -a api-dev --confirm api-dev --profile acme-dev/)
  })

  it('is found by an audit where an add-on is under another main account, with a command for that one', async () => {
    const {prod, dev, world, aka} = accounts
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-prod')
    const auditOf = async (profile: string, env = {}) => {
      const run = await world.aka(`twilio:audit --profile ${profile} --json`, {env: {...off, ...env}})
      const {findings} = json(run) as {findings: {kind: string; appSpace: string; commands: string[]}[]}
      return {...run, wrong: findings.filter(({kind}) => kind === 'wrong-main-account')}
    }
    for (const profile of ['acme-dev', 'all']) {
      expect(await auditOf(profile)).toMatchObject({exitCode: 3, wrong: [{appSpace: 'api-dev', severity: 'problem'}]})
    }
    const [found] = (await auditOf('acme-dev')).wrong
    expect(found).toMatchObject({
      detail: expect.stringMatching(`${dev}.*acme-prod \\(${prod}\\)`),
      commands: [expect.stringContaining('-a api-dev --confirm api-dev --profile acme-dev')],
    })
    expect((await auditOf('acme-prod')).wrong).toEqual([])
    // Without --profile, its commands would go to the account of the space.
    await aka('twilio:settings set profile acme-dev')
    const usual = json(await aka('twilio:audit --json')).findings as {appSpace: string; commands: string[]}[]
    expect(usual.find(({appSpace}) => appSpace === 'api-dev')?.commands.join()).toContain('--profile acme-dev')
    await aka('twilio:settings unset profile')
    // What is not known is not said.
    await aka('twilio:settings set space-profiles dev=nobody')
    expect((await auditOf('acme-dev')).wrong).toEqual([])
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-dev')
    expect((await auditOf('acme-dev')).wrong).toEqual([])
  })

  it('does what can be done where a login is missing', async () => {
    const {aka} = accounts
    await aka('twilio:settings set space-profiles prod=acme-prod,dev=acme-dev,qa=nobody')
    const more = JSON.stringify({appSpaces: {'new-prod': {plan: 'small'}, 'api-qa': {plan: 'small'}}})
    const run = await aka('twilio:apply - --yes --json', more)
    expect(run.exitCode).toBe(5)
    expect(json(run)).toMatchObject({
      changes: [
        {appSpace: 'new-prod', done: true},
        {appSpace: 'api-qa', error: {code: 'PROFILE_NOT_FOUND'}},
      ],
    })
  })
})
