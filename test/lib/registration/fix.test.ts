import {beforeEach, describe, expect, it} from '@jest/globals'

import {temporary} from '../../../src/lib/errors.js'
import {fixRegistration} from '../../../src/lib/registration/fix.js'
import {followRegistration} from '../../../src/lib/registration/follow.js'
import {readForm, type RegistrationForm} from '../../../src/lib/registration/form.js'
import {readRegistration} from '../../../src/lib/registration/read.js'
import {submitRegistration} from '../../../src/lib/registration/submit.js'
import {type AddonInProcess, APP, startReadyAddon} from '../../support/in-process-addon.js'
import {sidAt} from '../../support/in-process-registration.js'
import {REGISTRATION} from '../../support/registration.js'

const options = {mock: false, brandSid: undefined}
type Section = keyof typeof REGISTRATION
const formWith = (section: Section, changes: object) =>
  readForm('registration.yaml', {...REGISTRATION, [section]: {...REGISTRATION[section], ...changes}})
const right = readForm('registration.yaml', REGISTRATION)

let world: AddonInProcess

const submit = (form: RegistrationForm) => submitRegistration(world.context, APP, form, options)
const reviewed = () => world.transport.sleep(10_000)
const sending = async () => (await readRegistration(world.context, APP)).sending.state
const fix = (form: RegistrationForm, reason?: string) => fixRegistration(world.context, APP, form, {reason})
const finish = async () => {
  await reviewed()
  return followRegistration(world.context, APP, right, {options, submitted: await submit(right)})
}

/** Submits it until something is rejected. */
async function untilRejected(form: RegistrationForm): Promise<void> {
  for (let run = 1; run <= 6; run++) {
    try {
      await submit(form)
    } catch {
      return
    }
    await reviewed()
  }
  throw new Error('nothing was rejected')
}

async function counts() {
  const {trustBundles, brands, campaigns, tollfreeVerifications, mainAccountSid} = await world.state()
  const own = trustBundles.filter(({accountSid}) => accountSid !== mainAccountSid)
  return [own.length, brands.length, campaigns.length, tollfreeVerifications.length]
}

describe('what was rejected of a local number', () => {
  beforeEach(async () => {
    world = await startReadyAddon()
  })

  it.each([
    ['customer-profile', formWith('business', {name: 'Example [18602]'}), ['address_sids', 'business_name']],
    ['customer-profile', formWith('representative', {last_name: 'Doe [18604]'}), ['last_name']],
    ['a2p-profile', formWith('business', {brand_contact_email: 'a[18606]@example.com'}), ['brand_contact_email']],
    ['brand', formWith('business', {registration_number: '[30796]'}), ['business_registration_number']],
    ['campaign', formWith('campaign', {message_flow: `${'how they opt in '.repeat(4)}[30893]`}), ['messageFlow']],
  ] as const)('is corrected in place and goes on to the end: the %s', async (step, wrong, fields) => {
    const corrected = step === 'a2p-profile' ? formWith('business', {brand_contact_email: 'ada@example.com'}) : right
    await untilRejected(wrong)
    const before = await counts()
    const {fixed} = await fix(corrected)
    expect(fixed).toMatchObject([{step}])
    expect([...(fixed[0]?.fields ?? [])].sort()).toEqual(fields)
    expect(await counts()).toEqual(before)
    expect((await finish()).waitsFor).toBeUndefined()
    expect([await sending(), await counts()]).toEqual(['verified', [2, 1, 1, 0]])
  })

  it('is not submitted again where the file says nothing new, unless there is a reason', async () => {
    const wrong = formWith('business', {name: 'Example [18602]'})
    await untilRejected(wrong)
    await expect(fix(wrong)).rejects.toMatchObject({
      code: 'REGISTRATION_UNCHANGED',
      message: expect.stringContaining('[18602]') as unknown,
    })
    await expect(fix(wrong)).rejects.toMatchObject({code: 'REGISTRATION_UNCHANGED'})
    const interrupted = {
      ...world.context,
      progress: () => Promise.reject(temporary('SERVICE_UNAVAILABLE', 'No answer.')),
    }
    const again = fixRegistration(interrupted, APP, wrong, {reason: 'the website is back'})
    await expect(again).rejects.toMatchObject({suggestions: [expect.stringContaining('-a api-default --reason TEXT`')]})
    expect((await fix(wrong, 'the website is back')).fixed).toMatchObject([{fields: []}])
  })

  it('names what an evaluation finds missing, and hands nothing in', async () => {
    await untilRejected(formWith('business', {name: 'Example [18602]'}))
    await world.sandbox.change(({trustBundles}) => {
      for (const bundle of trustBundles)
        if (bundle.friendlyName.startsWith('aka-twilio')) bundle.entities = bundle.entities.slice(0, -1)
    })
    await expect(fix(right)).rejects.toMatchObject({
      code: 'REGISTRATION_INCOMPLETE',
      message: expect.stringContaining('Physical Business Address') as unknown,
    })
  })

  it.each(['EndUsers/IT', 'CustomerProfiles/BU'])(
    'is submitted by the next run where one was interrupted after POST %s',
    async (path) => {
      await untilRejected(formWith('business', {name: 'Example [18602]'}))
      world.sandbox.faults.add({
        when: 'after',
        do: {status: 503, body: '{}'},
        method: 'POST',
        path: `${path}[0-9a-f]+$`,
        times: 10,
      })
      await fix(right).catch(() => undefined)
      world.sandbox.faults.clear()
      await fix(right)
      expect((await finish()).waitsFor).toBeUndefined()
      expect((await counts())[0]).toBe(2)
    },
  )

  it('has one brand and one campaign where the answer to handing it in again is lost', async () => {
    await untilRejected(formWith('business', {registration_number: '[30796]'}))
    world.sandbox.faults.add({when: 'after', do: {drop: true}, method: 'POST', path: 'BrandRegistrations/BN[0-9a-f]+$'})
    expect((await fix(right)).fixed).toMatchObject([{step: 'brand'}])
    expect(
      world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.includes('BrandRegistrations/BN')),
    ).toHaveLength(1)
    expect((await finish()).waitsFor).toBeUndefined()
  })

  it('is corrected although a mock brand of the same profile was approved', async () => {
    await untilRejected(formWith('business', {registration_number: '[30796]'}))
    await world.sandbox.change(({brands}) => {
      for (const brand of [...brands])
        brands.push({...brand, sid: sidAt('BN', 1), mock: true, review: {...brand.review, problems: []}})
    })
    expect((await fix(right)).fixed).toMatchObject([{step: 'brand'}])
  })

  it('says which fields of a campaign cannot be edited', async () => {
    await untilRejected(formWith('campaign', {description: `${'what it is for '.repeat(4)}[30886]`}))
    await fix(formWith('campaign', {use_case: 'MARKETING'}))
    expect(world.warnings.join()).toContain('usAppToPersonUsecase')
  })

  it('changes nothing where nothing was rejected', async () => {
    expect((await fix(right)).fixed).toEqual([])
    await submit(right)
    expect((await fix(right)).fixed).toEqual([])
  })
})

describe('a rejected verification of a toll-free number', () => {
  beforeEach(async () => {
    world = await startReadyAddon({type: 'toll-free'})
    await untilRejected(formWith('toll_free', {sample: 'Your order was sent. [30475]'}))
  })

  it('is edited in place', async () => {
    expect((await fix(right)).fixed).toMatchObject([
      {step: 'toll-free-verification', fields: ['productionMessageSample']},
    ])
    await reviewed()
    expect([await sending(), await counts()]).toEqual(['verified', [0, 0, 0, 1]])
  })

  it('cannot be edited once the time for it is over', async () => {
    await world.transport.sleep(8 * 86_400_000)
    await expect(fix(right)).rejects.toMatchObject({code: 'REGISTRATION_NOT_EDITABLE'})
  })
})
