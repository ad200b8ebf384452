import {describe, expect, it} from '@jest/globals'

import {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {badCredentials, interrupted} from '../../../src/lib/errors.js'
import {type DeclaredPart, planByAccount} from '../../../src/lib/fleet/by-account.js'
import {addAddon, type AddonInProcess, startAddonInProcess} from '../../support/in-process-addon.js'

const options = {prune: false, standardCountry: 'US', onProgress: () => undefined}

/** A world of its own, whose main account has another SID than that of other worlds. */
async function startAs(profile: string): Promise<AddonInProcess> {
  const world = await startAddonInProcess()
  const sid = `AC${Buffer.from(profile).toString('hex').padEnd(32, '0')}`
  await world.sandbox.change((state) => {
    const changed = JSON.stringify(state).replaceAll(world.main.sid, sid)
    Object.assign(state, JSON.parse(changed))
  })
  const {authToken: password} = await world.sandbox.credentials()
  const main = world.main.as({accountSid: sid, username: sid, password})
  const context = {...world.context, main, registry: new AddonRegistry(main, 'aka-twilio')}
  return {
    ...world,
    main,
    context,
    newSubaccount: async (friendlyName = 'sub') => {
      const {sid: own, authToken} = await (await main.api()).v2010.accounts.create({friendlyName})
      return main.as({accountSid: own, username: own, password: authToken})
    },
  }
}

/** What is declared for a main account. */
async function part(profile: string, names: readonly string[]) {
  const world = await startAs(profile)
  const declared = names.map((appSpace, at) => ({
    appSpace,
    line: at + 2,
    plan: 'small' as const,
    number: {},
    webhooks: {},
    alerts: undefined,
    labels: undefined,
  }))
  return {world, profile, declared, open: async () => world.context} satisfies DeclaredPart & {world: AddonInProcess}
}
const failing = (of: DeclaredPart, error: Error): DeclaredPart => ({...of, open: () => Promise.reject(error)})
const namesOf = (all: readonly {readonly profile?: string; readonly appSpace: string}[]) =>
  all.map(({profile, appSpace}) => `${profile ?? 'nobody'}: ${appSpace}`)

describe('a file for several main accounts', () => {
  it('is one plan, in which each change has the profile and the main account that it is for', async () => {
    const parts = [await part('acme', ['web-prod']), await part('other', ['job-dev'])]
    const {plan, contexts, failures} = await planByAccount(parts, options)
    expect(namesOf(plan.changes)).toEqual(['acme: web-prod', 'other: job-dev'])
    expect(plan.changes[0]?.mainAccountSid).toBe(contexts.get('acme')?.main.sid)
    expect([[...contexts.keys()], failures]).toEqual([['acme', 'other'], []])
  })

  it('refuses what has its add-on under another of them: it would have two', async () => {
    const [acme, other] = [await part('acme', ['web-prod', 'api-prod']), await part('other', [])]
    await addAddon(acme.world, 'api-prod', {state: 'provisioning'})
    await addAddon(other.world, 'web-prod')
    const {plan} = await planByAccount([acme, other], options)
    expect(namesOf(plan.changes)).toEqual(['acme: api-prod'])
    expect(plan.blocked).toMatchObject([
      {
        appSpace: 'web-prod',
        line: 2,
        profile: 'acme',
        failure: {
          code: 'ADDON_UNDER_OTHER_ACCOUNT',
          message: expect.stringContaining('under the main account of other') as unknown,
          suggestions: [
            expect.any(String),
            expect.stringMatching(/addons:destroy twilio -a web-prod .*--profile other/),
          ],
        },
      },
    ])
  })

  it('prunes nothing that is declared for another of them, and no add-on of another Akkeris is in the way', async () => {
    const [acme, other] = [await part('acme', ['web-prod', 'job-prod']), await part('other', [])]
    await addAddon(other.world, 'web-prod')
    await addAddon(other.world, 'old-prod')
    await addAddon(other.world, 'job-prod', {host: 'apps.example.com'})
    const {plan} = await planByAccount([acme, other], {...options, prune: true})
    expect(namesOf(plan.changes)).toEqual(['acme: job-prod', 'other: old-prod'])
    expect(namesOf(plan.blocked)).toEqual(['acme: web-prod'])
  })

  it('looks once at a main account to which there are two logins', async () => {
    const acme = await part('acme', [])
    await addAddon(acme.world, 'old-prod')
    const again = {...acme, profile: 'again'}
    const {plan, contexts} = await planByAccount([acme, again], {...options, prune: true})
    expect(namesOf(plan.changes)).toEqual(['acme: old-prod'])
    expect([...contexts.keys()]).toEqual(['acme'])
  })
})

describe('a main account that cannot be read', () => {
  const noLogin = badCredentials('CREDENTIALS_MISSING', 'There is no login.')

  it('blocks what is declared for it, and nothing else', async () => {
    const parts = [failing(await part('acme', ['web-prod', 'api-prod']), noLogin), await part('other', ['job-dev'])]
    const {plan, failures} = await planByAccount(parts, options)
    expect(namesOf(plan.changes)).toEqual(['other: job-dev'])
    expect(namesOf(plan.blocked)).toEqual(['acme: web-prod', 'acme: api-prod'])
    expect(plan.blocked[0]?.failure).toMatchObject({code: 'CREDENTIALS_MISSING', message: 'acme: There is no login.'})
    expect(failures).toEqual([])
  })

  it('is a failure of its own where nothing is declared for it', async () => {
    const {plan, failures} = await planByAccount([failing(await part('acme', []), noLogin)], options)
    expect([plan.blocked, failures]).toMatchObject([[], [{message: 'acme: There is no login.'}]])
  })

  it('ends the run where a person ended it, or where it is a mistake', async () => {
    for (const error of [interrupted(), new TypeError('a mistake in the code')])
      await expect(planByAccount([failing(await part('acme', ['web-prod']), error)], options)).rejects.toBe(error)
  })
})
