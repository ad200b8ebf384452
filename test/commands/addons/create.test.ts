import {execFileSync} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import type {LoggedRequest} from '../../../src/sandbox/sandbox.js'
import {type Finished, json, startWorld, type World} from '../../support/cli.js'
import {
  changeRecord,
  changes,
  configVars,
  ownNumber,
  record,
  type Run,
  runAll,
  runOf,
  snapshot,
  STACK,
  subaccounts,
  worlds,
} from '../support.js'

const newWorld = worlds()

const CREATE = 'addons:create twilio:small -a api-dev'

describe('addons:create', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('shows the account, the number, the three config vars with the token masked, and what is next', async () => {
    const {exitCode, stdout, stderr} = await world.aka(CREATE)
    const state = await snapshot(world)
    const [account] = subaccounts(state)
    const [number] = state.incomingNumbers
    expect(exitCode).toBe(0)
    expect(account).toMatchObject({status: 'active'})
    expect(number).toMatchObject({accountSid: account?.sid})
    expect(state.apps['api-dev']).toMatchObject({
      restarts: 1,
      configVars: {
        TWILIO_SID: account?.sid,
        TWILIO_AUTH_TOKEN: account?.authToken,
        TWILIO_PHONE_NUMBER: number?.phoneNumber,
      },
    })
    expect(stdout).toContain('twilio:small')
    expect(stdout).toContain('$50')
    expect(stdout).toContain(`TWILIO_SID=${account?.sid ?? ''}`)
    expect(stdout).toContain(`TWILIO_PHONE_NUMBER=${number?.phoneNumber ?? ''}`)
    expect(stdout).toMatch(/TWILIO_AUTH_TOKEN=\*{4}/)
    expect(stdout).not.toContain(account?.authToken)
    expect(stdout).toMatch(/Next/)
    expect(stdout).toMatch(/register it: aka twilio:registration -a /)
    expect(stdout).not.toContain('…')
    expect(stderr).toMatch(/subaccount.*…\n.*Buying.*…\n.*config vars.*…/s)
  })

  it('prints the whole contract with --json, and created: false with nothing changed when run again', async () => {
    const first = json(await world.aka(`${CREATE} --json`))
    const before = await snapshot(world)
    const again = await world.aka(`${CREATE} --json`)
    const human = await world.aka(CREATE)
    const [account] = subaccounts(before)
    expect(first).toMatchObject({
      created: true,
      appSpace: 'api-dev',
      plan: 'small',
      accountSid: account?.sid,
      phoneNumber: before.incomingNumbers[0]?.phoneNumber,
      configVars: {
        TWILIO_SID: account?.sid,
        TWILIO_AUTH_TOKEN: expect.stringMatching(/^\*{4,}/) as unknown,
        TWILIO_PHONE_NUMBER: before.incomingNumbers[0]?.phoneNumber,
      },
    })
    expect(json(again)).toEqual({...first, created: false, repaired: [], subaccounts: null})
    expect(human.exitCode).toBe(0)
    expect(await snapshot(world)).toEqual(before)
    expect(human.stdout).not.toMatch(/restarts/)
    expect(human.stdout).toMatch(/register it: aka twilio:registration -a /)
  })

  it('says how many subaccounts are left, counted once for all that follow, and warns while some are', async () => {
    const counts = () => world.sandbox.requests.filter(({url}) => url.endsWith('/Accounts.json?PageSize=1000')).length
    const first = await world.aka(CREATE)
    expect(first.stdout).toMatch(/Main account +999 of 1,000 subaccounts left$/m)
    expect(first.stderr).not.toContain('subaccounts left')
    const second = json(await world.aka(`addons:create twilio:small -a web-dev --json`))
    expect(second.subaccounts).toMatchObject({used: 2, limit: 1000, left: 998})
    await world.aka('twilio:settings set subaccount-limit 11')
    await world.aka('addons:destroy twilio -a web-dev --confirm web-dev')
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      await world.aka(`addons:create twilio:small -a ${name}-dev`)
    expect(counts()).toBe(1)
    const nearlyLast = await world.aka(`addons:create twilio:small -a last-dev --json`)
    expect(json(nearlyLast).subaccounts).toMatchObject({used: 10, limit: 11, left: 1})
    expect(nearlyLast.stderr).toMatch(/The main account has 1 of 11 subaccounts left.*settings set subaccount-limit/s)
  })

  it('does not say how many are left where Twilio does not, and does not wait for that', async () => {
    const busy = {status: 429, headers: {'retry-after': '50'}}
    // The first looks for one of its name.
    world.sandbox.faults.add({method: 'GET', path: '/Accounts.json$', nth: 2, when: 'before', do: busy})
    const {stdout, stderr} = await world.aka(`${CREATE} --json`)
    expect(JSON.parse(stdout)).toMatchObject({created: true, subaccounts: null})
    expect(stderr).not.toContain('busy')
  })

  it('accepts --wait and -w as aka does, and its alias twilio:create', async () => {
    const runs = await runAll(world, {
      wait: 'addons:create twilio:small -a wait-dev --wait --json',
      short: 'addons:create twilio:medium -a short-dev -w --json',
      noWait: 'addons:create twilio:large -a nowait-dev --no-wait --json',
      alias: 'twilio:create twilio:small -a alias-dev --json',
    })
    for (const run of Object.values(runs)) expect(json(run)).toMatchObject({created: true})
    expect(json(runs.short)).toMatchObject({plan: 'medium'})
    expect(json(runs.noWait)).toMatchObject({plan: 'large'})
  })

  it('shows the token with --show-secrets, in both forms', async () => {
    const asJson = json(await world.aka(`${CREATE} --show-secrets --json`))
    const human = await world.aka(`${CREATE} --show-secrets`)
    const [account] = subaccounts(await snapshot(world))
    expect(asJson).toMatchObject({configVars: {TWILIO_AUTH_TOKEN: account?.authToken}})
    expect(human.stdout).toContain(`TWILIO_AUTH_TOKEN=${account?.authToken ?? ''}`)
  })

  it('prints export lines with --shell that a shell evaluates to the right values', async () => {
    const {exitCode, stdout} = await world.aka(`${CREATE} --shell`)
    const evaluated = execFileSync('sh', ['-ec', `${stdout}\nenv | grep ^TWILIO_ | sort`], {
      env: {PATH: process.env.PATH ?? ''},
      encoding: 'utf8',
    })
    expect(exitCode).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(Object.fromEntries(evaluated.split('\n').flatMap((line) => (line ? [line.split('=')] : [])))).toEqual(
      configVars(await snapshot(world), 'api-dev'),
    )
  })

  it('reads the app-space from AKKERIS_APP, or from the git branch, and says so on stderr', async () => {
    const repository = await mkdtemp(join(tmpdir(), 'aka-git-'))
    const git = (...args: string[]) => execFileSync('git', args, {cwd: repository, stdio: 'ignore'})
    git('init', '-b', 'feature')
    git('config', 'branch.feature.akkeris', 'branch-dev')
    const runs = await runAll(world, {
      variable: ['addons:create twilio:small --json', {env: {AKKERIS_APP: 'variable-dev'}}],
      branch: ['addons:create twilio:small --json', {cwd: repository}],
      both: ['addons:create twilio:small --dry-run --json', {cwd: repository, env: {AKKERIS_APP: 'first-dev'}}],
      flag: ['addons:create twilio:small -a flag-dev --dry-run', {cwd: repository, env: {AKKERIS_APP: 'x-dev'}}],
    })
    await rm(repository, {recursive: true})
    expect(json(runs.variable)).toMatchObject({appSpace: 'variable-dev', created: true})
    expect(runs.variable.stderr).toMatch(/variable-dev.*AKKERIS_APP/)
    expect(json(runs.branch)).toMatchObject({appSpace: 'branch-dev', created: true})
    expect(runs.branch.stderr).toMatch(/branch-dev.*branch\.feature\.akkeris/)
    expect(json(runs.both)).toMatchObject({appSpace: 'first-dev'})
    expect(runs.flag.stderr).not.toMatch(/Using/)
  })
})

describe('addons:create and the number', () => {
  let world: World
  const MOVED = '+12065550123'
  const german = `AD${'de'.repeat(16)}`
  const names = {us: '', bundle: ''}
  let runs: Record<string, Finished>

  beforeAll(async () => {
    world = await startWorld()
    await ownNumber(world, MOVED)
    await world.sandbox.change(({addresses, bundles}) => {
      const [office] = addresses
      if (!office) throw new Error('the sandbox has no address')
      addresses.push({...office, sid: german, city: 'Berlin', region: 'Berlin', postalCode: '10115', isoCountry: 'DE'})
      Object.assign(names, {us: office.sid, bundle: bundles[0]?.sid})
    })
    const create = (app: string, rest: string) => `addons:create twilio:small -a ${app} --json ${rest}`
    runs = await runAll(world, {
      canada: create('canada-dev', '--country CA'),
      lowercase: create('lowercase-dev', '--country ca --area-code 514'),
      area: create('area-dev', '--area-code 212'),
      contains: create('contains-dev', '--contains 415555**99'),
      letters: create('letters-dev', '--contains COOL'),
      tollFree: create('free-dev', '--number-type toll-free'),
      mobile: create('mobile-dev', '--country SE --number-type mobile'),
      exact: create('exact-dev', '--phone-number +13125550177'),
      moved: create('moved-dev', `--phone-number ${MOVED} --voice-url https://x.example/voice?a=1&b=2`),
      anyArea: create('any-dev', '--area-code 533 --any-area'),
      address: create('british-dev', `--country GB --address-sid ${names.us}`),
      german: create('german-dev', `--country DE --address-sid ${german} --bundle-sid ${names.bundle}`),
      urls: create('urls-dev', '--voice-url https://x.example/voice --sms-url https://x.example/sms'),
      nowhere: create('nowhere-dev', '--area-code 533'),
      british: create('noaddress-dev', '--country GB'),
      germanAlone: create('nobundle-dev', '--country DE'),
      taken: create('taken-dev', '--phone-number +15005550000'),
      pattern: create('pattern-dev', '--contains 1234567890123456'),
    })
  })
  afterAll(() => world.close())

  const numberOf = async (appSpace: string) => {
    const state = await snapshot(world)
    const vars = configVars(state, appSpace)
    const numbers = state.incomingNumbers.filter(({accountSid}) => accountSid === vars.TWILIO_SID)
    expect(numbers.map(({phoneNumber}) => phoneNumber)).toEqual([vars.TWILIO_PHONE_NUMBER])
    return numbers[0]
  }

  it.each([
    ['--country CA', 'canada', 'canada-dev', /^\+1(416|514|604|403|613|204|902)555/],
    ['--country ca --area-code 514', 'lowercase', 'lowercase-dev', /^\+1514/],
    ['--area-code 212', 'area', 'area-dev', /^\+1212/],
    ['--contains 415555**99', 'contains', 'contains-dev', /^\+1415555\d\d99$/],
    ['--contains COOL', 'letters', 'letters-dev', /2665/],
    ['--number-type toll-free', 'tollFree', 'free-dev', /^\+18(00|33|44|55|66|77|88)/],
    ['--country SE --number-type mobile', 'mobile', 'mobile-dev', /^\+4670/],
    ['--phone-number of one that is for sale', 'exact', 'exact-dev', /^\+13125550177$/],
    ['--phone-number of one the main account owns', 'moved', 'moved-dev', /^\+12065550123$/],
    ['--area-code 533 --any-area', 'anyArea', 'any-dev', /^\+1(?!533)/],
    ['--country GB --address-sid', 'address', 'british-dev', /^\+44/],
    ['--country DE --address-sid --bundle-sid', 'german', 'german-dev', /^\+49/],
  ])('gets the number asked for with %s', async (_, name, appSpace, form) => {
    expect(json(runOf(runs, name))).toMatchObject({
      created: true,
      phoneNumber: expect.stringMatching(form) as unknown,
    })
    expect((await numberOf(appSpace))?.phoneNumber).toMatch(form)
  })

  it('moves a number of the main account in, and does not buy one', async () => {
    const {sid} = (await numberOf('moved-dev')) ?? {}
    const moves = changes(world.sandbox.requests).filter(({path}) => path.includes('IncomingPhoneNumbers'))
    expect(sid).toBe(`PN${MOVED.slice(1).padStart(32, '0')}`)
    expect(moves.filter(({form}) => form?.PhoneNumber === MOVED)).toEqual([])
    expect(record(await snapshot(world), 'moved-dev')).toMatchObject({phoneNumber: {sid, transferred: true}})
  })

  it('sets --voice-url and --sms-url on a number that is bought and on one that is transferred', async () => {
    expect((await numberOf('urls-dev'))?.settings).toMatchObject({
      voice_url: 'https://x.example/voice',
      sms_url: 'https://x.example/sms',
    })
    expect((await numberOf('moved-dev'))?.settings).toMatchObject({voice_url: 'https://x.example/voice?a=1&b=2'})
  })

  it('gives the number the documents its country requires, as copies that belong to the subaccount', async () => {
    const {addresses, bundles} = await snapshot(world)
    const number = await numberOf('german-dev')
    const address = addresses.find(({sid}) => sid === number?.addressSid)
    const bundle = bundles.find(({sid}) => sid === number?.bundleSid)
    expect(address).toMatchObject({accountSid: number?.accountSid, isoCountry: 'DE', city: 'Berlin'})
    expect(bundle).toMatchObject({accountSid: number?.accountSid, status: 'twilio-approved'})
  })

  it('says what Twilio still asks for: registration of US local numbers, verification of toll-free ones', () => {
    expect(json(runOf(runs, 'area')).pendingRegistrations).toMatch(/A2P 10DLC/)
    expect(json(runOf(runs, 'tollFree')).pendingRegistrations).toMatch(/verif/i)
    expect(json(runOf(runs, 'mobile')).pendingRegistrations ?? '').not.toMatch(/10DLC/)
  })

  it('offers other area codes and --any-area when the area code has none, and leaves nothing behind', async () => {
    const {error} = json(runOf(runs, 'nowhere')) as {error: {suggestions: string[]; message: string}}
    const state = await snapshot(world)
    expect(runs.nowhere).toMatchObject({exitCode: 1})
    expect(error.message).toMatch(/533/)
    expect(error.suggestions.join('\n')).toMatch(/--area-code \d{3}/)
    expect(error.suggestions.join('\n')).toMatch(/--any-area/)
    expect(record(state, 'nowhere-dev')).toBeUndefined()
    expect(subaccounts(state).filter(({friendlyName}) => friendlyName.includes('nowhere-dev'))).toEqual([])
  })

  it.each([
    ['a country that wants an address', 'british', 'noaddress-dev', /--address-sid/],
    ['a country that wants an address and a bundle', 'germanAlone', 'nobundle-dev', /--address-sid|--bundle-sid/],
    ['a pattern that no number has', 'pattern', 'pattern-dev', /--contains/],
    ['a number that is not for sale', 'taken', 'taken-dev', /another|other|--phone-number|--area-code/i],
  ])('says how to fix %s, and rolls back what it did', async (_, name, appSpace, way) => {
    const {error} = json(runOf(runs, name)) as {error: {suggestions: string[]}}
    const state = await snapshot(world)
    expect(runs[name]).toMatchObject({exitCode: 1})
    expect(error.suggestions.join('\n')).toMatch(way)
    expect(record(state, appSpace)).toBeUndefined()
    expect(configVars(state, appSpace)).toEqual({})
    const live = subaccounts(state).filter(
      ({friendlyName, status}) => friendlyName.includes(appSpace) && status !== 'closed',
    )
    expect(live).toEqual([])
  })
})

describe('addons:create --dry-run', () => {
  interface Call {
    readonly method: string
    readonly url: string
    readonly form?: Record<string, string>
  }
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  const listed = (run: Finished) =>
    (json(run).calls as Call[]).map(({method, url}) => `${method} ${new URL(url).pathname}`)
  const sent = async (requests: readonly LoggedRequest[]) => {
    const sids = subaccounts(await snapshot(world)).map(({sid}) => sid)
    return (
      requests
        // What is refused changes nothing (the first item, while there is no Map for it).
        .filter(({method, status = 0}) => method !== 'GET' && status < 400)
        .map(({method, path}) => sids.reduce((line, sid) => line.replace(sid, '{subaccount}'), `${method} ${path}`))
    )
  }
  const inForm = (calls: string[]) => calls.map((call) => decodeURIComponent(call))

  it.each([
    ['the first add-on of the main account', ''],
    ['an exact number', '--phone-number +13125550177'],
    ['a number that is transferred', '--phone-number +12065550123'],
    ['an address that is copied', '--country GB --address-sid'],
  ])('changes nothing, and lists exactly the changes that the real run then makes: %s', async (_, options) => {
    await ownNumber(world, '+12065550123')
    const before = await snapshot(world)
    const flags = options.endsWith('--address-sid') ? `${options} ${before.addresses[0]?.sid ?? ''}` : options
    const dry = await world.aka(`${CREATE} ${flags} --dry-run --json`)
    expect(dry).toMatchObject({exitCode: 0})
    expect(changes(world.sandbox.requests)).toEqual([])
    expect(await snapshot(world)).toEqual(before)

    const asked = world.sandbox.requests.length
    const real = await world.aka(`${CREATE} ${flags} --json`)
    expect(json(real)).toMatchObject({created: true, phoneNumber: json(dry).phoneNumber})
    const really = await sent(world.sandbox.requests.slice(asked))
    expect(inForm(listed(dry)).toSorted()).toEqual(inForm(really).toSorted())
    const stages = (calls: string[]) =>
      calls.filter((call) => /Accounts\.json|IncomingPhoneNumbers|Addresses|Maps$|config-vars/.test(call))
    expect(stages(inForm(listed(dry)))).toEqual(stages(inForm(really)))
  })

  it('shows a person the plan, the price, the number it would try and the calls', async () => {
    const dryRun = 'addons:create twilio:medium -a api-dev --area-code 212 --dry-run'
    const words = await world.aka(dryRun)
    expect(words.stdout).toMatch(
      /1\. Create a subaccount.*\n +2\. Buy \+1212\d{7} .*\$1\.15.*\n +3\. Write .*config vars/,
    )
    expect(words.stdout).not.toContain('https')
    expect(words.stdout).toMatch(/The main account has 0 of 1,000 subaccounts: 1,000 are left\./)
    expect(json(await world.aka(`${dryRun} --json`)).subaccounts).toMatchObject({used: 0, limit: 1000, left: 1000})
    expect(json(await world.aka(`${dryRun} --json`)).numberPrice).toEqual({perMonth: 1.15, currency: 'USD'})
    const {exitCode, stdout} = await world.aka(`${dryRun} --verbose`)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/twilio:medium.*\$100/)
    expect(stdout).toMatch(/\+1212\d{7}/)
    expect(stdout).toMatch(/POST +https:\/\/api\.twilio\.com\n +\/2010-04-01\/Accounts\.json/)
    expect(stdout).toMatch(/PATCH .*\n.*config-vars/)
  })

  it('lists nothing for an add-on that is ready, and the one PATCH that would restore its config vars', async () => {
    await world.aka(`${CREATE} --json`)
    const ready = await world.aka(`${CREATE} --dry-run --json`)
    expect(json(ready)).not.toHaveProperty('subaccounts')
    await world.sandbox.change(({apps}) =>
      Reflect.deleteProperty(apps['api-dev']?.configVars ?? {}, 'TWILIO_AUTH_TOKEN'),
    )
    const sofar = world.sandbox.requests.length
    const broken = await world.aka(`${CREATE} --dry-run --json`)
    expect(json(ready)).toMatchObject({calls: []})
    expect(listed(broken)).toEqual(['PATCH /apps/api-dev/config-vars'])
    expect(changes(world.sandbox.requests.slice(sofar))).toEqual([])
  })

  it('fails as the real run would: an app that is not there, no number, foreign vars, a trial account', async () => {
    await world.sandbox.change((state) => {
      getAppToChange(state, 'foreign-dev').configVars.TWILIO_SID = `AC${'1'.repeat(32)}`
    })
    const runs = await runAll(world, {
      app: 'addons:create twilio:small -a missing-dev --dry-run',
      number: 'addons:create twilio:small -a api-dev --dry-run --area-code 533',
      foreign: 'addons:create twilio:small -a foreign-dev --dry-run',
      wrong: [`${CREATE} --dry-run`, {env: {TWILIO_AUTH_TOKEN: '0'.repeat(32)}}],
    })
    const codes = Object.fromEntries(Object.entries(runs).map(([name, {exitCode}]) => [name, exitCode]))
    expect(codes).toEqual({app: 4, number: 1, foreign: 6, wrong: 5})
    expect(changes(world.sandbox.requests)).toEqual([])
  })
})

describe('addons:create where there is something already', () => {
  let world: World
  const apps = ['repair', 'changed', 'foreign', 'second', 'host', 'keep', 'force'].map((name) => `${name}-dev`)
  const foreignSid = `AC${'1'.repeat(32)}`

  beforeAll(async () => {
    world = await startWorld()
    const runs = await runAll(
      world,
      Object.fromEntries(apps.map((app) => [app, `addons:create twilio:small -a ${app}`])),
    )
    for (const run of Object.values(runs)) expect(run).toMatchObject({exitCode: 0})
  })
  afterAll(() => world.close())

  it('writes config vars back that went missing, in one PATCH, and names them', async () => {
    const whole = configVars(await snapshot(world), 'repair-dev')
    await world.sandbox.change((state) => {
      Reflect.deleteProperty(state.apps['repair-dev']?.configVars ?? {}, 'TWILIO_PHONE_NUMBER')
      Reflect.deleteProperty(state.apps['repair-dev']?.configVars ?? {}, 'TWILIO_SID')
    })
    const {restarts} = (await snapshot(world)).apps['repair-dev'] ?? {}
    const run = json(await world.aka('addons:create twilio:small -a repair-dev --json'))
    const state = await snapshot(world)
    expect(run.created).toBe(false)
    expect((run.repaired as string[]).toSorted()).toEqual(['TWILIO_PHONE_NUMBER', 'TWILIO_SID'])
    expect(configVars(state, 'repair-dev')).toEqual(whole)
    expect(state.apps['repair-dev']?.restarts).toBe((restarts ?? 0) + 1)
  })

  it('puts config vars right that hold something else beside the right TWILIO_SID', async () => {
    const whole = configVars(await snapshot(world), 'changed-dev')
    await world.sandbox.change((state) =>
      Object.assign(state.apps['changed-dev']?.configVars ?? {}, {
        TWILIO_AUTH_TOKEN: 'of yesterday',
        TWILIO_PHONE_NUMBER: '+15550000000',
      }),
    )
    const run = json(await world.aka('addons:create twilio:small -a changed-dev --json'))
    expect((run.repaired as string[]).toSorted()).toEqual(['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'])
    expect(configVars(await snapshot(world), 'changed-dev')).toEqual(whole)
  })

  it('leaves a TWILIO_SID alone that somebody else set (exit 6), and overwrites it with --force', async () => {
    const set = (app: string) =>
      world.sandbox.change((state) => {
        getAppToChange(state, app).configVars.TWILIO_SID = foreignSid
      })
    await set('foreign-dev')
    await set('new-dev')
    const before = await snapshot(world)
    const {foreign, fresh} = await runAll(world, {
      foreign: 'addons:create twilio:small -a foreign-dev',
      fresh: 'addons:create twilio:small -a new-dev',
    })
    for (const run of [foreign, fresh]) {
      expect(run).toMatchObject({exitCode: 6, stdout: ''})
      expect(run.stderr).toMatch(/TWILIO_SID/)
      expect(run.stderr).toMatch(/--force/)
    }
    const after = await snapshot(world)
    expect(after.apps).toEqual(before.apps)
    expect(after.accounts).toEqual(before.accounts)
    expect(record(after, 'new-dev')).toBeUndefined()

    const forced = await world.aka('addons:create twilio:small -a new-dev --force --json')
    expect(json(forced)).toMatchObject({created: true})
    expect(configVars(await snapshot(world), 'new-dev').TWILIO_SID).toBe(json(forced).accountSid)
  })

  it('refuses a second plan (exit 6) and points at addons:upgrade', async () => {
    const before = await snapshot(world)
    const {exitCode, stdout, stderr} = await world.aka('addons:create twilio:medium -a second-dev')
    expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
    expect(stderr).toMatch(/twilio:small/)
    expect(stderr).toMatch(/aka addons:upgrade twilio:medium -a second-dev/)
    expect(await snapshot(world)).toEqual(before)
  })

  it("leaves another Akkeris host's item alone (exit 6), in every command, and points at the registry setting", async () => {
    await changeRecord(world, 'host-dev', (data) => (data.host = 'apps.other.example'))
    const before = await snapshot(world)
    const runs = await runAll(world, {
      create: 'addons:create twilio:small -a host-dev',
      force: 'addons:create twilio:small -a host-dev --force',
      info: 'addons:info twilio -a host-dev',
      destroy: 'addons:destroy twilio -a host-dev --confirm host-dev',
    })
    for (const {exitCode, stdout, stderr} of Object.values(runs)) {
      expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
      expect(stderr).toContain('apps.other.example')
      expect(stderr).toMatch(/aka twilio:settings set registry /)
    }
    expect(await snapshot(world)).toEqual(before)
  })

  it('refuses another number or country than the add-on has, rather than say that all is well', async () => {
    const runs = await runAll(world, {
      number: 'addons:create twilio:small -a keep-dev --phone-number +12125550100',
      country: 'addons:create twilio:small -a keep-dev --country GB',
    })
    for (const {exitCode, stdout, stderr} of Object.values(runs)) {
      expect({exitCode, stdout}).toEqual({exitCode: 6, stdout: ''})
      expect(stderr).toMatch(/→ /)
    }
  })
})

describe('addons:create in a space that hides secrets', () => {
  it('never takes [redacted] for a token: nothing to restore, the real token for --shell, info says set', async () => {
    const world = await newWorld()
    const create = 'addons:create twilio:small -a api-socs'
    expect(json(await world.aka(`${create} --json`))).toMatchObject({created: true})
    const before = await snapshot(world)
    const [account] = subaccounts(before)
    const runs = await runAll(world, {
      again: `${create} --json --show-secrets`,
      shell: `${create} --shell`,
      info: 'addons:info twilio -a api-socs --json',
    })
    expect(json(runs.again)).toMatchObject({
      created: false,
      repaired: [],
      configVars: {TWILIO_AUTH_TOKEN: account?.authToken},
    })
    expect(runs.shell.stdout).toContain(account?.authToken)
    for (const {stdout} of Object.values(runs)) expect(stdout).not.toContain('redacted')
    expect(await snapshot(world)).toEqual(before)
  })
})

describe('addons:create going on where it stopped', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('keeps what was made with --keep-on-failure; going on refuses options that contradict (exit 6)', async () => {
    world.sandbox.faults.add({
      method: 'POST',
      path: 'IncomingPhoneNumbers',
      when: 'before',
      do: {status: 400, body: '{"code":21649,"message":"no bundle","more_info":"https://x","status":400}'},
    })
    const stopped = await world.aka(`${CREATE} --area-code 801 --keep-on-failure`)
    expect(stopped.exitCode).toBe(1)
    const kept = await snapshot(world)
    expect(subaccounts(kept)).toMatchObject([{status: 'active'}])
    expect(record(kept, 'api-dev')).toMatchObject({state: 'provisioning'})
    expect(stopped.stderr).toMatch(/addons:create/)
    expect(stopped.stderr).toMatch(/addons:destroy/)

    const runs = await runAll(world, {
      area: `${CREATE} --area-code 212`,
      country: `${CREATE} --country CA`,
      exact: `${CREATE} --phone-number +12125550100`,
      plan: 'addons:create twilio:large -a api-dev --area-code 801',
    })
    for (const {exitCode, stderr} of Object.values(runs)) {
      expect(exitCode).toBe(6)
      expect(stderr).toMatch(/→/)
    }
    expect(subaccounts(await snapshot(world))).toHaveLength(1)

    const resumed = await world.aka(`${CREATE} --json`)
    expect(json(resumed)).toMatchObject({accountSid: subaccounts(kept)[0]?.sid})
    expect(json(resumed).phoneNumber).toMatch(/^\+1801/)
    expect(subaccounts(await snapshot(world))).toHaveLength(1)
  })

  it('rolls back what it did after a definite refusal, and says what was refused', async () => {
    world.sandbox.faults.add({
      method: 'PATCH',
      path: 'config-vars',
      when: 'before',
      do: {
        status: 409,
        body: 'The environment variable TWILIO_SID was set by a service, remove the service to change it.',
      },
    })
    const {exitCode, stdout, stderr} = await world.aka(CREATE)
    const state = await snapshot(world)
    expect({exitCode, stdout}).toMatchObject({stdout: ''})
    expect([1, 6]).toContain(exitCode)
    expect(stderr).toMatch(/TWILIO_SID/)
    expect(stderr).not.toMatch(STACK)
    expect(subaccounts(state)).toMatchObject([{status: 'closed'}])
    expect(state.incomingNumbers).toEqual([])
    expect(record(state, 'api-dev')).toBeUndefined()
  })

  it('rolls back nothing when Akkeris does not answer (exit 7), and says how to resume and how to roll back', async () => {
    world.sandbox.faults.add({method: 'PATCH', path: 'config-vars', when: 'before', times: 99, do: {status: 503}})
    const {exitCode, stdout, stderr} = await world.aka(CREATE)
    const state = await snapshot(world)
    expect({exitCode, stdout}).toEqual({exitCode: 7, stdout: ''})
    expect(stderr).toMatch(/again/)
    expect(stderr).toMatch(/addons:destroy/)
    expect(subaccounts(state)).toMatchObject([{status: 'active'}])
    expect(state.incomingNumbers).toHaveLength(1)

    world.sandbox.faults.clear()
    const resumed = json(await world.aka(`${CREATE} --json`))
    expect(resumed).toMatchObject({
      accountSid: subaccounts(state)[0]?.sid,
      phoneNumber: state.incomingNumbers[0]?.phoneNumber,
    })
    expect((await snapshot(world)).incomingNumbers).toHaveLength(1)
  })
})

describe('addons:create and credentials', () => {
  it('works with an API key of type Main', async () => {
    const world = await newWorld()
    const {apiKey} = await world.sandbox.credentials()
    const env = {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: apiKey.sid, TWILIO_API_SECRET: apiKey.secret}
    const run = await world.aka(`${CREATE} --json`, {env})
    expect(json(run)).toMatchObject({created: true})
    expect(configVars(await snapshot(world), 'api-dev').TWILIO_AUTH_TOKEN).toHaveLength(32)
  })

  it("refuses missing and wrong credentials, and a Standard key's (exit 5), and leaves nothing behind", async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a other-dev')
    const before = await snapshot(world)
    const {standardKey} = await world.sandbox.credentials()
    const key = {TWILIO_AUTH_TOKEN: undefined, TWILIO_API_KEY: standardKey.sid, TWILIO_API_SECRET: standardKey.secret}
    const runs = await runAll(world, {
      none: [CREATE, {env: {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}}],
      half: [CREATE, {env: {TWILIO_AUTH_TOKEN: undefined}}],
      wrong: [CREATE, {env: {TWILIO_AUTH_TOKEN: '0'.repeat(32)}}],
      standard: [CREATE, {env: key}],
      noAkkeris: [CREATE, {env: {API_TOKEN: undefined}}],
      expired: [CREATE, {env: {API_TOKEN: 'expired'}}],
    })
    for (const {exitCode, stdout, stderr} of Object.values(runs)) {
      expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''})
      expect(stderr).toMatch(/→/)
      expect(stderr).not.toMatch(STACK)
    }
    expect(runs.none.stderr).toMatch(/aka twilio:login/)
    expect(runs.none.stderr).toMatch(/TWILIO_ACCOUNT_SID/)
    expect(runs.noAkkeris.stderr).toMatch(/aka auth:login/)
    expect(runs.expired.stderr).toMatch(/aka auth:login/)
    expect(runs.standard.stderr).toMatch(/Standard|type Main/)
    const after = await snapshot(world)
    expect(after.accounts).toEqual(before.accounts)
    expect(after.apps).toEqual(before.apps)
    expect(record(after, 'api-dev')).toBeUndefined()
  })

  it("refuses a subaccount's credentials (exit 5), and sends nothing that changes anything", async () => {
    const world = await newWorld()
    await world.aka('addons:create twilio:small -a other-dev')
    const before = await snapshot(world)
    const [account] = subaccounts(before)
    const sofar = world.sandbox.requests.length
    // The answer that tells comes last: what is sent until then must not be a change either.
    const path = `Accounts/${account?.sid ?? ''}.json`
    world.sandbox.faults.add({method: 'GET', path, when: 'after', do: {delayMs: 300}})
    const env = {TWILIO_ACCOUNT_SID: account?.sid, TWILIO_AUTH_TOKEN: account?.authToken}
    const {exitCode, stdout, stderr} = await world.aka(CREATE, {env})
    const after = await snapshot(world)
    const sent = changes(world.sandbox.requests.slice(sofar)).map(({method, path: at}) => `${method} ${at}`)
    expect({exitCode, stdout}).toEqual({exitCode: 5, stdout: ''})
    expect(stderr).toMatch(/subaccount/)
    expect(after).toEqual(before)
    expect(sent).toEqual([])
  })

  it.each([
    ['a trial account', {type: 'Trial'} as const, /trial/],
    ['a suspended account', {status: 'suspended'} as const, /suspended/],
    ['an account with no subaccount left', {subaccountLimit: 0}, /subaccounts/],
  ])('is refused by %s (exit 1) with how to fix it, and leaves nothing behind', async (_, account, text) => {
    const world = await newWorld({account})
    const {exitCode, stdout, stderr} = await world.aka(CREATE)
    const state = await snapshot(world)
    expect({exitCode, stdout}).toEqual({exitCode: 1, stdout: ''})
    expect(stderr).toMatch(text)
    expect(stderr).toMatch(/→/)
    expect(subaccounts(state)).toEqual([])
    expect(record(state, 'api-dev')).toBeUndefined()
  })

  it('removes its item when the app does not exist (exit 4)', async () => {
    const world = await newWorld()
    const {exitCode, stdout, stderr} = await world.aka('addons:create twilio:small -a missing-dev')
    const state = await snapshot(world)
    expect({exitCode, stdout}).toEqual({exitCode: 4, stdout: ''})
    expect(stderr).toMatch(/missing-dev/)
    expect(stderr).toMatch(/aka apps/)
    expect(record(state, 'missing-dev')).toBeUndefined()
    expect(subaccounts(state)).toEqual([])
  })
})

describe('addons:create with a command line that cannot be right', () => {
  let world: World
  let results: Record<string, Finished>
  const app = (rest: string) => `${CREATE} ${rest}`
  const cases: [sentence: string, run: Run, says: RegExp][] = [
    ['no plan', 'addons:create -a api-dev', /plan/],
    ['an unknown plan, with the nearest one', 'addons:create twilio:smal -a api-dev', /twilio:smal[\s\S]*twilio:small/],
    ['a plan in capitals', 'addons:create twilio:LARGE -a api-dev', /twilio:large/],
    ['a plan of another add-on', 'addons:create redis:small -a api-dev', /redis:small/],
    ['sendgrid:starter: email is not included', 'addons:create sendgrid:starter -a api-dev', /email.*not part/i],
    ['sendgrid alone', 'addons:create sendgrid -a api-dev', /email.*not part/i],
    ['email, with the app-space in the hint', 'addons:create sendgrid -a api-dev', /SENDGRID_API_KEY=\S+ -a api-dev/],
    ['two plans', 'addons:create twilio:small twilio:large -a api-dev', /twilio:large/],
    ['no app-space', 'addons:create twilio:small', /-a APP-SPACE/],
    ['an app without space', 'addons:create twilio:small -a api', /api-default/],
    ['an app-space in capitals', 'addons:create twilio:small -a API-dev', /api-dev/],
    ['a path in place of an app-space', 'addons:create twilio:small -a ../../x-dev', /app-space/],
    ['an app-space with a query', 'addons:create twilio:small -a api-dev?x', /app-space/],
    ['AKKERIS_APP that is not one', ['addons:create twilio:small', {env: {AKKERIS_APP: 'a/b-c'}}], /app-space/],
    ['no such country', app('--country XX'), /XX/],
    ['a country of three letters', app('--country USA'), /US\b/],
    ['an area code of two digits', app('--area-code 80'), /area code/],
    ['an area code that begins with 1', app('--area-code 180'), /area code/],
    ['an area code that is a service code', app('--area-code 911'), /area code/],
    ['an area code outside the US and Canada', app('--area-code 801 --country DE'), /area code/i],
    ['a toll-free area code for a local number', app('--area-code 800'), /toll-free/],
    ['a local area code for a toll-free number', app('--area-code 801 --number-type toll-free'), /toll-free/],
    ['a number without plus', app('--phone-number 8015551234'), /E\.164/],
    ['a number that is too short', app('--phone-number +1801'), /E\.164/],
    ['a number in a plan that has no such area', app('--phone-number +10005551234'), /phone number|E\.164/],
    ['a pattern of other signs', app('--contains 80!'), /--contains/],
    ['a kind of number that is none', app('--number-type fax'), /toll-free/],
    ['mobile numbers in the US', app('--number-type mobile'), /mobile/],
    ['--phone-number with --area-code', app('--phone-number +18015551234 --area-code 801'), /--phone-number/],
    ['--phone-number with --country', app('--phone-number +18015551234 --country US'), /--phone-number/],
    ['--phone-number with --pick', app('--phone-number +18015551234 --pick'), /--phone-number/],
    ['--phone-number with --contains', app('--phone-number +18015551234 --contains 801'), /--phone-number/],
    ['--any-area without an area code', app('--any-area'), /--area-code/],
    ['--shell with --json', app('--shell --json'), /--shell/],
    ['--shell with --dry-run', app('--shell --dry-run'), /--shell/],
    ['--pick where nobody can pick', app('--pick'), /--phone-number/],
    ['--name', app('--name primary'), /--name/],
    ['--as', app('--as TWILIO2'), /--as/],
    ['a voice URL that is none', app('--voice-url voice'), /--voice-url/],
    ['an SMS URL that is not http', app('--sms-url ftp://x.example'), /--sms-url/],
    ['an address SID that is none', app('--address-sid AD12'), /--address-sid/],
    ['a bundle SID that is an address SID', app(`--bundle-sid AD${'0'.repeat(32)}`), /--bundle-sid/],
    ['a flag that does not exist', app('--colour red'), /--colour/],
    ['an endpoint over http', [CREATE, {env: {AKA_TWILIO_ENDPOINT: 'http://192.0.2.1:4010'}}], /https:\/\//],
    [
      'an endpoint that only begins like loopback',
      [CREATE, {env: {AKA_TWILIO_ENDPOINT: 'http://127.0.0.1.example.com'}}],
      /https:\/\//,
    ],
    ['an endpoint that is no URL', [CREATE, {env: {AKA_TWILIO_ENDPOINT: 'nowhere'}}], /AKA_TWILIO_ENDPOINT/],
    ['Akkeris over http', [CREATE, {env: {AKKERIS_API_HOST: 'http://192.0.2.1'}}], /https:\/\//],
  ]

  beforeAll(async () => {
    world = await startWorld()
    results = await runAll(world, Object.fromEntries(cases.map(([sentence, run]) => [sentence, run])))
  })
  afterAll(() => world.close())

  it.each(cases)('says so and exits 2: %s', (sentence, _, says) => {
    const {exitCode, stdout, stderr} = runOf(results, sentence)
    expect(stdout + stderr).toMatch(says)
    expect(exitCode).toBe(2)
    expect(stderr).not.toMatch(STACK)
  })

  it.each(cases)('says how to fix it: %s', (sentence) => {
    const {stdout, stderr} = runOf(results, sentence)
    expect(stdout + stderr).toMatch(/→ \S|"suggestions": \[\n/)
  })

  it('sends nothing for any of them', () => {
    expect(world.sandbox.requests.map(({method, url}) => `${method} ${url}`)).toEqual([])
  })
})
