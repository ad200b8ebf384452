import {describe, expect, it} from '@jest/globals'

import {codeOf, sdk} from '../../sdk.js'
import {mainLogin, newSandbox} from '../../support.js'

async function setUp() {
  const sandbox = newSandbox()
  const as = await mainLogin(sandbox)
  const service = sdk(sandbox, as).sync.v1.services('default')
  await service.syncMaps.create({uniqueName: 'things'})
  return {sandbox, as, service, items: service.syncMaps('things').syncMapItems}
}

describe('maps', () => {
  it('are found by unique name or SID, in the default service or by its SID', async () => {
    const {sandbox, as, service} = await setUp()
    const {sid, serviceSid, uniqueName} = await service.syncMaps('things').fetch()
    expect([uniqueName, serviceSid]).toEqual(['things', (await service.fetch()).sid])
    const bySid = sdk(sandbox, as).sync.v1.services(serviceSid).syncMaps(sid)
    expect((await bySid.fetch()).sid).toBe(sid)
    expect((await service.syncMaps.list()).map((map) => map.sid)).toEqual([sid])
  })

  it('have unique names, account by account', async () => {
    const {sandbox, as, service} = await setUp()
    expect(await codeOf(service.syncMaps.create({uniqueName: 'things'}))).toBe(54301)
    expect(await codeOf(service.syncMaps('others').fetch())).toBe(54200)
    const {sid, authToken} = await sdk(sandbox, as).api.v2010.accounts.create({})
    const subaccount = sdk(sandbox, {username: sid, password: authToken})
    expect(await codeOf(subaccount.sync.v1.services('default').syncMaps('things').fetch())).toBe(54200)
  })
})
