import {describe, expect, it} from '@jest/globals'

import {clockWorld} from '../../clock-support.js'
import {codeOf, sdk} from '../../sdk.js'
import {ask, mainLogin, newSandbox} from '../../support.js'

const ITEMS = 'https://sync.twilio.com/v1/Services/default/Maps/things/Items'

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

  it('link to their pages by SIDs, as do the pages of their items, however they were named', async () => {
    const {sandbox, as, items, service} = await setUp()
    const {sid, serviceSid} = await service.syncMaps('things').fetch()
    for (const key of ['a', 'b']) await items.create({key, data: {}})
    const linkOf = async (url: string) => {
      const {meta} = (await ask(sandbox, {url: `${url}?PageSize=1`, as})).json as {meta: {next_page_url: string | null}}
      return meta.next_page_url?.replace(/\?.*/, '')
    }
    await service.syncMaps.create({uniqueName: 'others'})
    const maps = `https://sync.twilio.com/v1/Services/${serviceSid}/Maps`
    expect([await linkOf(ITEMS), await linkOf(ITEMS.replace('/things/Items', ''))]).toEqual([
      `${maps}/${sid}/Items`,
      maps,
    ])
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

describe('what has a time to live', () => {
  const seconds = (count: number) => count * 1000

  it('is gone when it is over, which no update puts off but one of it', async () => {
    const {twilio, follow} = await clockWorld()
    const maps = twilio.sync.v1.services('default').syncMaps
    const map = await maps.create({uniqueName: 'things', ttl: 100})
    expect(map.dateExpires.getTime()).toBe(map.dateCreated.getTime() + seconds(100))
    const items = maps('things').syncMapItems
    const item = await items.create({key: 'a', data: {n: 1}, itemTtl: 10, ttl: 99})
    expect(item.dateExpires.getTime()).toBe(item.dateCreated.getTime() + seconds(10))
    await items('a').update({data: {n: 2}})
    const keys = async () => (await items.list()).map(({key}) => key)
    expect(await follow(keys, [seconds(9), seconds(1)])).toEqual([['a'], []])
    expect(await codeOf(items('a').fetch())).toBe(54201)
    expect(await codeOf(items('a').update({data: {}}))).toBe(54201)
    expect((await items.create({key: 'a', data: {n: 3}})).dateExpires).toBe(null)
    await maps('things').update({collectionTtl: 200})
    const exists = () => codeOf(maps('things').fetch())
    expect(await follow(exists, [seconds(199), seconds(1)])).toEqual([undefined, 54200])
    expect(await codeOf(maps.create({uniqueName: 'things'}))).toBe(undefined)
  })

  it('is kept for good again with 0, and is checked', async () => {
    const {twilio, follow} = await clockWorld()
    const maps = twilio.sync.v1.services('default').syncMaps
    await maps.create({uniqueName: 'things'})
    const items = maps('things').syncMapItems
    await items.create({key: 'a', data: {}, ttl: 10, collectionTtl: 10})
    await items('a').update({itemTtl: 0, collectionTtl: 0})
    expect(await follow(() => codeOf(items('a').fetch()), [seconds(60)])).toEqual([undefined])
    expect(await codeOf(items.create({key: 'b', data: {}, ttl: -1}))).toBe(54011)
    expect(await codeOf(items('a').update({ttl: 31_536_001}))).toBe(54011)
    expect(await codeOf(items('a').update({collectionTtl: 5}))).toBe(54010)
  })
})

describe('items', () => {
  it('are created once', async () => {
    const {items, service} = await setUp()
    expect((await items.create({key: 'a', data: {n: 1}})).data).toEqual({n: 1})
    expect(await codeOf(items.create({key: 'a', data: {n: 2}}))).toBe(54208)
    const nowhere = service.syncMaps('nowhere').syncMapItems
    expect(await codeOf(nowhere.create({key: 'a', data: {}}))).toBe(54200)
    expect(await codeOf(service.syncMaps('things').syncMapItems('b').fetch())).toBe(54201)
  })

  it('change only when the given revision, if any, is the current one', async () => {
    const {service, items} = await setUp()
    const {revision} = await items.create({key: 'a', data: {n: 1}})
    const item = service.syncMaps('things').syncMapItems('a')
    const second = await item.update({data: {n: 2}, ifMatch: revision})
    expect(second.revision).not.toBe(revision)
    expect(await codeOf(item.update({data: {n: 3}, ifMatch: revision}))).toBe(54205)
    expect(await codeOf(item.remove({ifMatch: revision}))).toBe(54205)
    expect((await item.fetch()).data).toEqual({n: 2})
    expect(await codeOf(item.update({data: {n: 4}, ifMatch: '*'}))).toBe(undefined)
    expect(await codeOf(item.update({data: {n: 5}}))).toBe(undefined)
  })

  it('that are created again have a new revision', async () => {
    const {service, items} = await setUp()
    const {revision} = await items.create({key: 'a', data: {}})
    await service.syncMaps('things').syncMapItems('a').remove({ifMatch: revision})
    expect((await items.create({key: 'a', data: {}})).revision).not.toBe(revision)
  })

  it('answer 412 to a stale If-Match of two that race', async () => {
    const {sandbox, as, items} = await setUp()
    const {revision} = await items.create({key: 'a', data: {}})
    const write = (n: number) =>
      ask(sandbox, {method: 'POST', url: `${ITEMS}/a`, as, form: {Data: `{"n":${n}}`}, headers: {'if-match': revision}})
    const statuses = (await Promise.all([write(1), write(2)])).map(({status}) => status)
    expect(statuses.sort()).toEqual([200, 412])
  })

  it('have keys with slashes', async () => {
    const {sandbox, as, items} = await setUp()
    await items.create({key: 'app/order', data: {n: 1}})
    const found = await ask(sandbox, {url: `${ITEMS}/app%2Forder`, as})
    expect(found.json.key).toBe('app/order')
  })

  it('are limited in size', async () => {
    const {items} = await setUp()
    expect(await codeOf(items.create({key: 'a', data: {x: 'x'.repeat(16 * 1024)}}))).toBe(54006)
    expect(await codeOf(items.create({key: 'k'.repeat(321), data: {}}))).toBe(54209)
  })

  it('are listed in order, from a key on, page by page', async () => {
    const {items} = await setUp()
    for (const key of ['c', 'a', 'd', 'b']) await items.create({key, data: {}})
    const keys = async (options: Parameters<typeof items.list>[0]) => (await items.list(options)).map(({key}) => key)
    expect(await keys({pageSize: 3})).toEqual(['a', 'b', 'c', 'd'])
    expect(await keys({order: 'desc'})).toEqual(['d', 'c', 'b', 'a'])
    expect(await keys({from: 'b', bounds: 'inclusive'})).toEqual(['b', 'c', 'd'])
    expect(await keys({from: 'b', bounds: 'exclusive', pageSize: 1})).toEqual(['c', 'd'])
    expect(await keys({from: 'c', order: 'desc', bounds: 'exclusive'})).toEqual(['b', 'a'])
  })
})
