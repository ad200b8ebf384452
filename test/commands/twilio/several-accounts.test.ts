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

  it('is told where there is no such login, before anything is sent', async () => {
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
