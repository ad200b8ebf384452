import {beforeEach, describe, expect, it} from '@jest/globals'

import {
  fetchBundle,
  findPrimaryProfile,
  listA2pProfiles,
  listProfiles,
  policies,
  readPolicyFields,
} from '../../../src/lib/twilio/trust-hub.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'
import {putReviewed, type Reviewed, sidAt} from '../../support/in-process-registration.js'

let world: InProcess
beforeEach(async () => {
  world = await startInProcess()
  await world.sandbox.change((state) => void (state.trustBundles = []))
})
const put = (parts: Reviewed) => putReviewed(world, world.main.sid, parts)

describe('the profile that vouches for those of subaccounts', () => {
  type Profile = readonly [keyof typeof policies, Required<Reviewed>['profiles'][number][0]]

  /** The end of its SID: the place in this list. */
  async function primaryOf(...profiles: readonly Profile[]): Promise<number | undefined> {
    await put({profiles: profiles.map(([, is]) => [is])})
    await world.sandbox.change(({trustBundles}) => {
      for (const [index, [policy]] of profiles.entries())
        Object.assign(trustBundles[index] ?? {}, {policySid: policies[policy]})
    })
    const found = await findPrimaryProfile(world.main)
    return found && Number(found.sid.slice(2))
  }

  it.each<[string, readonly Profile[], number | undefined]>([
    ['is that of the business', [['primaryBusiness', 'in-review']], 1],
    ['is that of the government, where it is one', [['primaryGovernment', 'approved']], 1],
    ['is none that itself needs one', [['secondaryBusiness', 'approved']], undefined],
    [
      'is an approved one of several, however old',
      [
        ['primaryBusiness', 'approved'],
        ['primaryBusiness', 'rejected'],
      ],
      1,
    ],
    [
      'is the newest, where none is approved',
      [
        ['primaryBusiness', 'rejected'],
        ['primaryGovernment', 'draft'],
      ],
      2,
    ],
  ])('%s', async (_, profiles, expected) => {
    expect(await primaryOf(...profiles)).toBe(expected)
  })
})

it('a profile without a name is named by its SID', async () => {
  await put({profiles: [['approved', '']]})
  expect(await listProfiles(world.main)).toMatchObject([{name: sidAt('BU', 1)}])
})

describe('the profiles with which an account registers', () => {
  beforeEach(() =>
    put({
      profiles: [
        ['approved', 'one'],
        ['rejected', 'two'],
      ],
      a2pProfiles: [['in-review', 'three']],
    }),
  )

  it('are those of the business, each with its name and what its review came to', async () => {
    expect(await listProfiles(world.main)).toMatchObject([
      {sid: sidAt('BU', 2), name: 'two', state: 'rejected', reasons: [{code: 18602}]},
      {sid: sidAt('BU', 1), name: 'one', state: 'approved', reasons: []},
    ])
    await world.sandbox.change(({trustBundles: [first]}) => {
      if (first) first.policySid = policies.primaryBusiness
    })
    expect(await listProfiles(world.main)).toMatchObject([{name: 'two'}])
  })

  it('are, for messages to the US, those of that policy alone', async () => {
    expect(await listA2pProfiles(world.main)).toMatchObject([
      {sid: sidAt('BU', 101), name: 'three', state: 'in-review'},
    ])
    await world.sandbox.change(({trustBundles}) => trustBundles.forEach((each) => (each.policySid = sidAt('RN', 1))))
    expect(await listA2pProfiles(world.main)).toEqual([])
  })

  it('are read each as the kind that it is', async () => {
    expect(await fetchBundle(world.main, 'customerProfiles', sidAt('BU', 1))).toMatchObject({state: 'approved'})
    expect(await fetchBundle(world.main, 'trustProducts', sidAt('BU', 101))).toMatchObject({state: 'in-review'})
  })
})

describe('the fields that a policy names', () => {
  const sid = policies.secondaryBusiness
  const read = () => readPolicyFields(world.main, sid)
  const answer = (requirements: unknown) =>
    world.sandbox.faults.add({
      path: 'Policies',
      when: 'before',
      do: {status: 200, body: JSON.stringify({sid, friendly_name: 'x', requirements, url: 'x'})},
    })

  it('are given by the type of information', async () => {
    const fields = await read()
    expect([...fields.keys()]).toContain('authorized_representative_1')
    expect(fields.get('customer_profile_business_information')).toContain('business_name')
  })

  it('are texts; a type without any has none', async () => {
    answer({end_user: [{type: 'one', fields: ['a', {name: 'b'}, null, 'c']}, {type: 'two'}]})
    expect([...(await read())]).toEqual([
      ['one', ['a', 'c']],
      ['two', []],
    ])
  })

  it.each([[{}], [{end_user: {}}], [{end_user: null}]])(
    'are not guessed where the policy has another form: %j',
    async (requirements) => {
      answer(requirements)
      await expect(read()).rejects.toMatchObject({
        code: 'TWILIO_RESPONSE_INVALID',
        message: expect.stringContaining(sid) as unknown,
      })
    },
  )

  it.each([{drop: true} as const, {status: 503}, {status: 429}])(
    'are asked for once, as one can do without them: %j',
    async (failure) => {
      world.sandbox.faults.add({path: 'Policies', when: 'before', times: 9, do: failure})
      const before = world.sandbox.requests.length
      await expect(read()).rejects.toMatchObject({code: 'SERVICE_UNAVAILABLE', exitCode: 7})
      expect(world.sandbox.requests).toHaveLength(before + 1)
      expect(world.waits).toEqual([])
    },
  )
})
