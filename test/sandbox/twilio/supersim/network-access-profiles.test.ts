import {describe, expect, it} from '@jest/globals'

import {codeOf} from '../../sdk.js'
import {simWorld} from '../../sim-support.js'

describe('network access profiles', () => {
  it('list the networks they were made with or were given later', async () => {
    const {v1} = (await simWorld()).main.supersim
    const [first, second] = await v1.networks.list()
    const profile = await v1.networkAccessProfiles.create({uniqueName: 'two', networks: [first?.sid ?? '']})
    const {networks} = v1.networkAccessProfiles('two')
    const {networkAccessProfileSid} = await networks.create({network: second?.sid ?? ''})
    await networks.create({network: second?.sid ?? ''})
    expect(networkAccessProfileSid).toBe(profile.sid)
    expect((await networks.list()).map(({sid}) => sid)).toEqual([first?.sid, second?.sid])
    expect(await codeOf(networks.create({network: `HW${'0'.repeat(32)}`}))).toBe(20422)
    expect((await v1.networkAccessProfiles('two').fetch()).sid).toBe(profile.sid)
  })

  it('have unique names', async () => {
    const {v1} = (await simWorld()).main.supersim
    await v1.networkAccessProfiles.create({uniqueName: 'one'})
    expect(await codeOf(v1.networkAccessProfiles.create({uniqueName: 'one'}))).toBe(20409)
    expect((await v1.networkAccessProfiles.list()).map(({uniqueName}) => uniqueName)).toEqual(['one'])
    expect(await codeOf(v1.networkAccessProfiles('other').fetch())).toBe(20404)
  })
})

it('networks are the same for all, found by country and code', async () => {
  const {main, sub} = await simWorld()
  const names = async (filter = {}) => (await sub.supersim.v1.networks.list(filter)).map((each) => each.friendlyName)
  expect((await names()).length).toBe(5)
  expect(await names({isoCountry: 'US'})).toEqual(['AT&T', 'T-Mobile'])
  expect(await names({mcc: '262', mnc: '06'})).toEqual(['Telekom'])
  const [network] = await main.supersim.v1.networks.list()
  expect((await sub.supersim.v1.networks(network?.sid ?? '').fetch()).friendlyName).toBe('AT&T')
  expect(await codeOf(sub.supersim.v1.networks(`HW${'0'.repeat(32)}`).fetch())).toBe(20404)
})
