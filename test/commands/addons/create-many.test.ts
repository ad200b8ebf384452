import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, startWorld, type World} from '../../support/cli.js'
import {configVars, documentsOf, runOf, snapshot, subaccounts} from '../support.js'

const list = 'app,plan,area-code\na-dev,twilio:small,801\nb-dev,,\n# not this one: c-dev\nd-dev,twilio:large,\n'

describe('addons:create --apps-from', () => {
  let world: World
  const ran: Record<string, Finished> = {}
  const run = (name: string) => runOf(ran, name)
  const file = (name: string) => join(world.home, name)
  beforeAll(async () => {
    world = await startWorld()
    await writeFile(file('apps.csv'), list)
    const create = `addons:create twilio:medium --apps-from ${file('apps.csv')}`
    ran.unasked = await world.aka(create)
    ran.preview = await world.aka(`${create} --dry-run`)
    ran.unsent = {...(await world.aka('twilio')), stdout: String((await snapshot(world)).accounts.length)}
    await world.aka('twilio:settings set subaccount-limit 2')
    ran.narrow = await world.aka(`${create} --dry-run`)
    await world.aka('twilio:settings unset subaccount-limit')
    ran.first = await world.aka(`${create} --yes --json`)
    ran.second = await world.aka(`${create} --yes`)
  })
  afterAll(() => world.close())

  it('asks before it spends: without a terminal the flag is named, and nothing is sent', () => {
    expect(run('unasked')).toMatchObject({exitCode: 2, stdout: ''})
    expect(run('unasked').stderr).toMatch(/Create 3 add-ons for up to \$350 a month\?[^]*--yes/)
  })

  it('shows with --dry-run what each would get, and the cost of all', () => {
    expect(run('preview')).toMatchObject({exitCode: 0})
    expect(run('preview').stdout).toMatch(/^a-dev {2}would get twilio:small with \+1801\d{7}$/m)
    expect(run('preview').stderr).toMatch(/3 would be created: \$350 a month\./)
    expect(run('unsent').stdout).toBe('1')
  })

  it('says beforehand how many subaccounts are left, and what to do where they do not suffice', () => {
    expect(run('unasked').stderr).toMatch(
      /^3 new subaccounts\. The main account has 0 of 1,000 subaccounts: 1,000 are left\.$/m,
    )
    expect(run('narrow').stderr).toMatch(
      /Twilio would refuse 1 of them\.[^]*Twilio support[^]*twilio:login --profile NAME/,
    )
    expect(run('second').stderr).toMatch(
      /^0 new subaccounts\. The main account has 3 of 1,000 subaccounts: 997 are left\.$/m,
    )
  })

  it('creates what each line asks for, and prints the document of each, with its line', async () => {
    expect(run('first')).toMatchObject({exitCode: 0})
    expect(documentsOf(run('first'))).toMatchObject([
      {line: 2, appSpace: 'a-dev', created: true, plan: 'small', phoneNumber: expect.stringMatching(/^\+1801/)},
      {line: 3, appSpace: 'b-dev', created: true, plan: 'medium'},
      {line: 5, appSpace: 'd-dev', created: true, plan: 'large'},
    ])
    expect(run('first').stderr).toMatch(/^3 app-spaces: 3 done\.$/m)
    expect(configVars(await snapshot(world), 'd-dev').TWILIO_SID).toMatch(/^AC/)
  })

  it('skips what is as asked when it is run again', async () => {
    expect(run('second')).toMatchObject({exitCode: 0})
    expect(run('second').stdout).toMatch(/^a-dev {2}already has twilio:small with \+1801\d{7}$/m)
    expect(run('second').stderr).toMatch(/0 created: \$0 a month; 3 existed already\./)
    expect(subaccounts(await snapshot(world))).toHaveLength(3)
  })
})

describe('many app-spaces of which some cannot be done', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await fetch(`${world.url}/apps/foreign-dev/config-vars`, {
      method: 'PATCH',
      headers: {authorization: 'Bearer token-of-a-developer', 'content-type': 'application/json'},
      body: JSON.stringify({TWILIO_SID: 'AC-of-somebody-else'}),
    })
  })
  afterAll(() => world.close())

  it('do not stop the others: the highest exit code, and a list of what is to be run again', async () => {
    const stdin = '{"app":"a-dev"}\n{"app":"foreign-dev"}\n{"app":"b-dev","areaCode":533}\n{"app":"c-dev"}\n'
    const failed = join(world.home, 'again.ndjson')
    const create = `addons:create twilio:small --apps-from - --yes --json --failed-to ${failed}`
    const mixed = await world.aka(create, {stdin})
    expect(mixed.exitCode).toBe(6)
    expect(documentsOf(mixed)).toMatchObject([
      {line: 1, appSpace: 'a-dev', created: true},
      {line: 2, appSpace: 'foreign-dev', error: {code: 'FOREIGN_CONFIG_VARS', exitCode: 6}},
      {line: 3, appSpace: 'b-dev', error: {exitCode: 1}},
      {line: 4, appSpace: 'c-dev', created: true},
    ])
    expect(mixed.stderr).toMatch(/✖ foreign-dev \(line 2\): foreign-dev has TWILIO_SID already/)
    expect(await readFile(failed, 'utf8')).toBe('{"app":"foreign-dev"}\n{"app":"b-dev","areaCode":533}\n')
    expect(mixed.stderr).toContain(`--apps-from ${failed}`)
  })

  it('end with the first under --fail-fast, and the rest is to be run again', async () => {
    const failed = join(world.home, 'rest.txt')
    const create = `addons:create twilio:small --apps-from - --yes --fail-fast --concurrency 1 --failed-to ${failed}`
    const stopped = await world.aka(create, {stdin: 'foreign-dev\nx-dev\ny-dev\n'})
    expect(stopped).toMatchObject({exitCode: 6, stdout: ''})
    expect(await readFile(failed, 'utf8')).toBe('foreign-dev\nx-dev\ny-dev\n')
  })

  it('are reported with their lines before anything is sent where the list itself is wrong', async () => {
    const before = world.sandbox.requests.length
    const stdin = 'app,plan,any-area,area-code\nA B,small,,\nb-dev,twilio:small,maybe,801\nc-dev,twilio:small,,8\n'
    const wrong = await world.aka('addons:create --apps-from - --yes', {stdin})
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toMatch(/3 of the lines cannot be carried out[^]*line 2: [^]*line 3: [^]*line 4: /)
    expect(world.sandbox.requests).toHaveLength(before)
  })

  it('are not tried on when the credentials are wrong', async () => {
    const env = {TWILIO_AUTH_TOKEN: 'f'.repeat(32)}
    const create = 'addons:create twilio:small --apps-from - --yes --concurrency 1'
    const refused = await world.aka(create, {stdin: 'p-dev\nq-dev\nr-dev\n', env})
    expect(refused.exitCode).toBe(5)
    expect(refused.stderr).toMatch(/3 app-spaces: 1 failed, 2 not started\./)
  })
})

describe('many app-spaces at once', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())
  const apps = Array.from({length: 30}, (_, at) => `app${at}-dev`)

  it('never try the same number, and get through when Twilio answers 429', async () => {
    world.sandbox.faults.add({
      path: 'api.twilio.com',
      nth: 20,
      times: 15,
      when: 'before',
      do: {status: 429, headers: {'retry-after': '1'}},
    })
    const created = await world.aka('addons:create twilio:small --apps-from - --yes --json', {stdin: apps.join('\n')})
    expect(created.exitCode).toBe(0)
    expect(new Set(documentsOf(created).map(({phoneNumber}) => phoneNumber)).size).toBe(apps.length)
    const bought = world.sandbox.requests.filter(
      ({method, path, status}) => method === 'POST' && path.includes('IncomingPhoneNumbers') && status !== 429,
    )
    expect(bought).toHaveLength(apps.length)
  })

  it('end what they began at Ctrl-C, say how to go on, and are all there after the next run', async () => {
    const other = apps.map((app) => app.replace('dev', 'qa'))
    const stdin = other.join('\n')
    const command = 'addons:create twilio:small --apps-from - --yes --concurrency 2'
    const {child, finished} = world.start(command, {stdin})
    child.stdout?.once('data', () => child.kill('SIGINT'))
    const stopped = await finished
    expect(stopped.exitCode).toBe(130)
    expect(stopped.stderr).toMatch(/30 app-spaces: (?:\d+ done, )?[1-9]\d* not started\./)
    expect(stopped.stderr).toMatch(/To do what is left, run the same command again/)
    expect(await world.aka(command, {stdin})).toMatchObject({exitCode: 0})
    expect(subaccounts(await snapshot(world))).toHaveLength(2 * apps.length)
  })
})
