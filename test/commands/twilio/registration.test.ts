import {readFile, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {describe, expect, it} from '@jest/globals'

import {json} from '../../support/cli.js'
import {REGISTRATION} from '../../support/registration.js'
import {worlds} from '../support.js'

const newWorld = worlds()
const APP = '-a api-default'

describe('whether a number may send to the US', () => {
  it('is shown with the add-on, its number and its registration', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP}`)
    const info = await world.aka(`addons:info twilio ${APP}`)
    expect(info.stdout).toMatch(
      /SMS to the US +blocked until the number is registered\n +.*twilio:registration -a api-default/,
    )
    expect(json(await world.aka(`addons:info twilio ${APP} --json`))).toMatchObject({
      sending: {state: 'not-registered'},
    })
    expect(json(await world.aka(`twilio:number ${APP} --json`))).toMatchObject({sending: {state: 'not-registered'}})

    const registration = await world.aka(`twilio:registration ${APP}`)
    expect(registration).toMatchObject({exitCode: 0})
    expect(registration.stdout).toMatch(/Campaign +not started/)
    expect(registration.stdout).toMatch(
      /aka twilio:registration:init\n.*:submit -a api-default --file registration.yaml$/m,
    )
    const {kind, steps} = json(await world.aka(`twilio:registration ${APP} --json`)) as {
      kind: string
      steps: {step: string; state: string}[]
    }
    expect([kind, steps.map(({step}) => step)]).toEqual([
      'local',
      ['customer-profile', 'a2p-profile', 'brand', 'messaging-service', 'campaign'],
    ])
  })

  it('asks Trust Hub nothing about a number that is no US one', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP} --country CA`)
    const before = world.sandbox.requests.length
    expect(json(await world.aka(`addons:info twilio ${APP} --json`))).toMatchObject({sending: {state: 'not-needed'}})
    expect(json(await world.aka(`twilio:registration ${APP} --json`))).toMatchObject({kind: 'foreign', steps: []})
    const hosts = world.sandbox.requests.slice(before).map(({host}) => host)
    expect(hosts.filter((host) => /trusthub|messaging/.test(host))).toEqual([])
  })

  it('is said before a message goes to the US, and what blocked it afterwards', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP}`)
    await world.sandbox.change((state) => void (state.strictUs = true))
    const run = await world.aka(`twilio:sms:send +14155550100 hello ${APP} --wait`)
    expect(run).toMatchObject({exitCode: 1})
    expect(run.stderr).toContain('US carriers do not deliver SMS from')
    expect(run.stderr).toContain('Twilio error 30034')
    expect(run.stderr).toContain('twilio:registration -a')
    const abroad = await world.aka(`twilio:sms:send +442079460101 hello ${APP}`)
    expect([abroad.exitCode, abroad.stderr]).toEqual([0, expect.not.stringContaining('US carriers')])
  })

  it('depends on the main account’s primary profile, which the doctor looks at', async () => {
    const world = await newWorld()
    const finding = async () => {
      const {findings} = json(await world.aka('twilio:doctor --json')) as {findings: {check: string; status: string}[]}
      return findings.find(({check}) => check === 'SMS to the US')
    }
    expect(await finding()).toMatchObject({status: 'ok'})
    await world.sandbox.change((state) => void (state.trustBundles = []))
    expect(await finding()).toMatchObject({
      status: 'warning',
      detail: 'no primary profile: no number can be registered',
      suggestions: [expect.stringContaining('https://console.twilio.com/us1/account/trust-hub')],
    })
  })
})

describe('twilio:registration:submit', () => {
  it('asks for what Twilio charges, needs a whole file, and goes the whole way with a mock brand', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP}`)
    const submit = (flags: string) => world.aka(`twilio:registration:submit ${APP} ${flags}`)
    const file = join(world.home, 'registration.yaml')
    expect(await submit(`--file ${file} --yes`)).toMatchObject({exitCode: 1})
    await writeFile(file, 'business: {}')
    const incomplete = await submit(`--file ${file} --yes`)
    expect([incomplete.exitCode, incomplete.stderr]).toEqual([2, expect.stringContaining('business.name is missing')])

    await writeFile(file, JSON.stringify(REGISTRATION))
    const dry = await submit(`--file ${file} --dry-run`)
    expect(dry.stderr).toMatch(/Twilio charges for the brand once \(reported: about \$4\.50.*\$15.*\$1\.50/)
    expect((await submit(`--file ${file} --dry-run --mock`)).stderr).not.toContain('charges')
    const unasked = await submit(`--file ${file}`)
    expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')])
    expect((await world.sandbox.read(({brands, trustItems}) => [...brands, ...trustItems])).length).toBe(0)

    const begun = await submit(`--file ${file} --yes --json`)
    expect(begun).toMatchObject({exitCode: 0})
    expect(json(begun)).toMatchObject({
      steps: [{step: 'customer-profile', state: 'in-review'}, {state: 'missing'}, {}, {}, {}],
    })
    await world.sandbox.advanceClock(10)
    // It was agreed to.
    expect(await submit(`--file ${file} --json`)).toMatchObject({exitCode: 0})
  })
})

describe('twilio:registration:fix', () => {
  it('edits a rejected verification of a toll-free number, which costs nothing', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP} --number-type toll-free`)
    const file = join(world.home, 'registration.yaml')
    const write = (sample: string) =>
      writeFile(file, JSON.stringify({...REGISTRATION, toll_free: {...REGISTRATION.toll_free, sample}}))
    await write('Your order was sent [30475].')
    expect(await world.aka(`twilio:registration:submit ${APP} --file ${file}`)).toMatchObject({exitCode: 0})
    await world.sandbox.advanceClock(10)
    const rejected = await world.aka(`twilio:registration:submit ${APP} --file ${file}`)
    expect([rejected.exitCode, rejected.stderr]).toEqual([1, expect.stringContaining('twilio:registration:fix')])
    expect((await world.aka(`twilio:registration ${APP}`)).stdout).toMatch(/Toll-free verification +rejected/)

    await write('Your order 1234 was sent today.')
    const fixed = await world.aka(`twilio:registration:fix ${APP} --file ${file} --json`)
    expect(fixed).toMatchObject({exitCode: 0})
    expect(json(fixed)).toMatchObject({
      fixed: [{step: 'toll-free-verification', fields: ['productionMessageSample']}],
      steps: [{state: 'in-review'}],
    })
    await world.sandbox.advanceClock(10)
    expect((await world.aka(`twilio:registration ${APP}`)).stdout).toMatch(/SMS to the US +registered/)
  })
})

describe('twilio:registration:init', () => {
  const settings = (sections: object) =>
    Object.entries(sections).flatMap(([section, fields]) =>
      Object.entries(fields as Record<string, string | string[]>).flatMap(([key, value]) =>
        [value].flat().flatMap((each) => ['--set', `${section}.${key}=${each}`]),
      ),
    )
  const init = (file: string, ...more: string[]) => ['twilio:registration:init', '--file', file, ...more]

  it('writes from flags alone what submit takes, for its owner alone, and never over what is there', async () => {
    const world = await newWorld()
    const file = join(world.home, 'registration.yaml')
    const {business, representative, address, campaign, toll_free} = REGISTRATION
    const all = settings({business, representative, address, campaign, toll_free})
    const written = await world.aka(init(file, '--for', 'both', ...all))
    expect(written).toMatchObject({exitCode: 0})
    expect(written.stderr).toContain('keep it out of git')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(written.stderr).toContain("Twilio's policy (read now)")
    // Nothing of the answers leaves the machine.
    expect(world.sandbox.requests.map(({method, path}) => `${method} ${path.replace(/RN.*/, 'RN')}`)).toEqual(
      Array.from({length: 2}, () => 'GET /v1/Policies/RN'),
    )

    const before = await readFile(file, 'utf8')
    const again = await world.aka(init(file, ...all))
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('never overwritten')])
    expect(await readFile(file, 'utf8')).toBe(before)

    await world.aka(`addons:create twilio:small ${APP}`)
    expect(await world.aka(`twilio:registration:submit ${APP} --file ${file} --yes`)).toMatchObject({exitCode: 0})
  })

  it('checks against what Twilio asked for last, or this version knows, where Twilio cannot be asked', async () => {
    const world = await newWorld()
    const {business, representative, address, campaign} = REGISTRATION
    const all = settings({business, representative, address, campaign})
    const rules = async (file: string, env: NodeJS.ProcessEnv = {}) => {
      const run = await world.aka(init(join(world.home, file), '--json', ...all), {env})
      return (json(run) as {rules: object}).rules
    }
    const noLogin = {TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: ''}
    const before = world.sandbox.requests.length
    expect(await rules('1.yaml', noLogin)).toEqual({source: 'built-in', readAt: null})
    world.sandbox.faults.add({path: 'Policies', when: 'before', times: 9, do: {status: 503}})
    expect(await rules('2.yaml')).toMatchObject({source: 'built-in'})
    // Each policy was asked for once.
    expect(world.sandbox.requests.length - before).toBe(2)
    world.sandbox.faults.clear()
    expect(await rules('3.yaml')).toMatchObject({source: 'twilio', readAt: expect.stringMatching(/Z$/)})
    expect(await rules('4.yaml')).toMatchObject({source: 'cache'})
    expect(await rules('5.yaml', noLogin)).toMatchObject({source: 'cache'})
    expect(world.sandbox.requests.length - before).toBe(4)
    const misspelled = await world.aka(init(join(world.home, '6.yaml'), ...all.slice(2)))
    expect(misspelled.stderr).toMatch(/It was checked against Twilio's policy \(as it was read /)
  })

  it('writes what the numbers of an organisation share, and what one of them sends, each to a file of its own', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP}`)
    const [shared, own] = ['organisation.yaml', 'own.yaml'].map((name) => join(world.home, name)) as [string, string]
    const {business, representative, address, campaign} = REGISTRATION
    const organisation = init(
      shared,
      '--only',
      'organisation',
      '--json',
      ...settings({business, representative, address}),
    )
    expect(json(await world.aka(organisation))).toMatchObject({sections: ['business', 'representative', 'address']})
    const incomplete = await world.aka(init(own, '--only', 'campaign', '--set', 'campaign.use_case=2FA'))
    expect(incomplete.stderr).toMatch(/not complete: campaign\.samples must .*; campaign\.description is missing/)
    expect(incomplete.stderr).not.toMatch(/business\.name is|policy/)
    const written = await world.aka(init(own, '--only', 'campaign', ...settings({campaign})))
    expect([written.exitCode, written.stderr]).toEqual([0, expect.stringContaining('--file FILE --campaign')])
    const submit = `twilio:registration:submit ${APP} --file ${shared} --campaign ${own} --yes`
    expect(await world.aka(submit)).toMatchObject({exitCode: 0})
  })

  it('says all that is missing or wrong where nobody can be asked, and writes nothing', async () => {
    const world = await newWorld()
    const file = join(world.home, 'registration.yaml')
    const {business, representative, address} = REGISTRATION
    const run = await world.aka(init(file, '--for', 'toll-free', ...settings({business, representative, address})))
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('toll_free.sample is missing')])
    expect(run.stderr).toContain('--set SECTION.FIELD=VALUE')
    const typo = await world.aka(init(file, '--set', 'business.nmae=Example'))
    expect([typo.exitCode, typo.stderr]).toEqual([2, expect.stringContaining('no field business.nmae')])
    await expect(stat(file)).rejects.toThrow()
  })
})

describe('the registrations of all', () => {
  it('are submitted for a list, each with its own campaign, agreed to once, and shown with the step that each is at', async () => {
    const world = await newWorld()
    await world.aka(`addons:create twilio:small ${APP}`)
    await world.aka('addons:create twilio:small -a calls-default --country CA')
    await world.aka('addons:create twilio:small -a free-default --number-type toll-free')
    const [file, own, list] = ['registration.yaml', 'own.yaml', 'apps.csv'].map((name) => join(world.home, name))
    const {campaign: _, ...organisation} = REGISTRATION
    await writeFile(file ?? '', JSON.stringify(organisation))
    await writeFile(own ?? '', JSON.stringify({campaign: REGISTRATION.campaign}))
    await writeFile(list ?? '', `app,campaign\napi-default,${own ?? ''}\nfree-default,\n`)
    const submit = (more: string) =>
      world.aka(`twilio:registration:submit --apps-from ${list ?? ''} --file ${file ?? ''} ${more}`)
    const unasked = await submit('')
    expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')])
    const submitted = await submit('--yes')
    expect(submitted).toMatchObject({exitCode: 0})
    expect(submitted.stdout).toMatch(/api-default +is at Customer profile: in review/)
    expect(submitted.stdout).toMatch(/free-default {2}is at Toll-free verification: in review/)

    const all = await world.aka('twilio:registration --all')
    expect(all.stdout).toMatch(/api-default .*blocked .*Customer profile: in review/)
    expect(all.stdout).toMatch(/calls-default .*not needed/)
    const {registrations, notRead} = json(await world.aka('twilio:registration --all --json')) as {
      registrations: {appSpace: string; kind: string}[]
      notRead: unknown[]
    }
    expect([registrations.map(({appSpace, kind}) => `${appSpace} ${kind}`), notRead]).toEqual([
      ['api-default local', 'calls-default foreign', 'free-default toll-free'],
      [],
    ])
    await world.sandbox.advanceClock(10)
    expect((await submit('--dry-run')).stdout).toMatch(/free-default {2}is registered/)
    expect(await submit('--yes')).toMatchObject({exitCode: 0})

    const lost = /toll-free verification\) deleted: SMS to the US from \+1\d+ end/
    const dry = 'addons:destroy twilio -a free-default --dry-run'
    expect((await world.aka(dry)).stdout).toMatch(lost)
    expect(json(await world.aka(`${dry} --json`))).toMatchObject({
      registration: {steps: ['toll-free-verification'], isVerified: true},
    })
    await writeFile(list ?? '', 'free-default\ncalls-default\n')
    const many = `addons:destroy twilio --apps-from ${list ?? ''}`
    expect((await world.aka(`${many} --dry-run`)).stdout).toMatch(lost)
    const told = await world.aka(many)
    expect([told.exitCode, told.stderr]).toEqual([
      2,
      expect.stringMatching(/1 app-space has a registration for SMS to the US: free-default\. It is deleted/),
    ])
    const fleet = join(world.home, 'fleet.yaml')
    await writeFile(fleet, 'appSpaces:\n  api-default:\n    plan: small\n')
    expect((await world.aka(`twilio:apply ${fleet} --prune --dry-run`)).stderr).toMatch(
      /1 app-space has a registration for SMS to the US: free-default\. It is deleted/,
    )
    expect((await world.aka(`twilio:apply ${fleet} --dry-run`)).stderr).not.toMatch(/registration/)

    const destroyed = await world.aka('addons:destroy twilio -a free-default --confirm free-default')
    expect(destroyed.stderr).toMatch(
      /registration \(toll-free verification\) is deleted .* SMS to the US from \+1\d+ end/s,
    )
  })
})
