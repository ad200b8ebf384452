import {describe, expect, it} from '@jest/globals'

import {dynosOf, recordRollouts} from '../../src/sandbox/akkeris/dynos.js'
import {getAppToChange, getApp} from '../../src/sandbox/akkeris/apps.js'
import {SANDBOX_AKKERIS_HOST} from '../../src/sandbox/sandbox.js'
import {newSandbox} from './support.js'

interface Dyno {
  id: string
  state: string
  ready: boolean
  created_at: string
  release: {id: string | null; version: number | null}
}

function world(name = 'api-default') {
  const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
  const get = async <T>(path: string): Promise<T> => {
    const url = `https://${SANDBOX_AKKERIS_HOST}/apps/${name}${path}`
    const {status, body} = await sandbox.send({method: 'GET', url, headers: {authorization: 'Bearer token'}})
    return status === 200 ? (JSON.parse(body) as T) : (status as T)
  }
  const dynos = () => get<Dyno[]>('/dynos')
  return {
    sandbox,
    get,
    dynos,
    set: (vars: Record<string, string>) =>
      sandbox.send({
        method: 'PATCH',
        url: `https://${SANDBOX_AKKERIS_HOST}/apps/${name}/config-vars`,
        headers: {authorization: 'Bearer token'},
        body: JSON.stringify(vars),
      }),
    pass: (ms: number) => sandbox.advanceClock(ms / 1000),
    states: async () => (await dynos()).map(({state}) => state).sort(),
    /** What dynos that can be reached have in their environment. */
    environments: () =>
      sandbox.change((state, now) =>
        dynosOf(state, {name, app: getApp(state, name)}, now)
          .filter((dyno) => dyno.state === 'running')
          .map(({vars}) => vars),
      ),
  }
}

describe('dynos', () => {
  it('run as the formation says, of the current release', async () => {
    const {get, dynos, states} = world()
    expect(await states()).toEqual(['running', 'running'])
    expect(await get('/formation')).toMatchObject([{type: 'web', quantity: 2, app: {name: 'api-default'}}])
    const [release] = await get<{id: string; version: number}[]>('/releases')
    for (const dyno of await dynos())
      expect(dyno).toMatchObject({ready: true, release: {id: release?.id, version: 1}, app: {name: 'api-default'}})
  })

  it('are replaced one after the other when config vars change, each when the new one runs', async () => {
    const {dynos, set, pass, states, environments} = world()
    const before = (await dynos()).map(({id}) => id)
    await set({A: '1'})
    const seen = [await states()]
    for (const ms of [100, 500, 250, 250, 250]) {
      await pass(ms)
      seen.push(await states())
      expect((await environments()).length).toBe(2)
    }
    expect(seen).toEqual([
      ['running', 'running'],
      ['pending', 'running', 'running'],
      ['pending', 'running', 'running', 'stopping'],
      ['pending', 'running', 'running'],
      ['running', 'running', 'stopping'],
      ['running', 'running'],
    ])
    const after = await dynos()
    expect(after.filter(({id}) => before.includes(id))).toEqual([])
    expect(after.map(({created_at}) => created_at >= '2026-03-01T12:00:00Z')).toEqual([true, true])
  })

  it('have the config vars that they started with', async () => {
    const {sandbox, set, pass, environments} = world()
    await set({A: '1'})
    expect(await environments()).toEqual([{}, {}])
    await pass(600)
    expect(await environments()).toEqual([{A: '1'}, {}])
    await pass(500)
    expect(await environments()).toEqual([{A: '1'}, {A: '1'}])
    await sandbox.change((state) => {
      recordRollouts(state, {name: 'api-default', app: getApp(state, 'api-default')})
      getAppToChange(state, 'api-default').addonVars = {DATABASE_URL: 'postgres://'}
    })
    expect(await environments()).toEqual([{A: '1'}, {A: '1'}])
  })

  it('keep theirs when a change was refused half-way', async () => {
    const {set, pass, environments, states} = world()
    await set({A: '1', PORT: '80'})
    await pass(1000)
    expect([await states(), await environments()]).toEqual([
      ['running', 'running'],
      [{}, {}],
    ])
  })

  it('that do not run yet give way to those of the next change', async () => {
    const {sandbox, set, pass, environments, states} = world()
    await set({A: '1'})
    await pass(400)
    await set({A: '2'})
    await pass(599)
    expect(await environments()).toEqual([{}, {}])
    await pass(10_000)
    expect([await states(), await environments()]).toEqual([
      ['running', 'running'],
      [{A: '2'}, {A: '2'}],
    ])
    await set({A: '3'})
    expect(await sandbox.read((state) => state.rollouts['api-default']?.map(({vars}) => vars))).toEqual([
      {A: '2'},
      {A: '3'},
    ])
  })

  it('of an app that crashes leave the old ones running', async () => {
    const {set, pass, states, environments} = world('crashing-default')
    await set({A: '1'})
    await pass(60_000)
    expect(await states()).toEqual(['app-crashed', 'app-crashed', 'running', 'running'])
    expect(await environments()).toEqual([{}, {}])
  })

  it('of an app that was never deployed are none, before and after', async () => {
    const {sandbox, get, set} = world('idle-default')
    await set({A: '1'})
    expect([await get('/dynos'), await get('/formation'), await get('/releases')]).toEqual([[], [], []])
    expect(await sandbox.read((state) => state.apps['idle-default']?.restarts)).toBe(0)
  })
})

describe('releases', () => {
  it('are what was deployed: a change of config vars makes none', async () => {
    const {get, set} = world()
    const before = await get<{id: string}[]>('/releases')
    await set({A: '1'})
    expect(await get('/releases')).toEqual(before)
    expect(before).toMatchObject([{version: 1, status: 'succeeded', state: 'success', current: true}])
    expect(await get(`/releases/${before[0]?.id ?? ''}`)).toEqual(before[0])
    expect(await get('/releases/4f739e5e-4cf7-11e6-beb8-9e71128cae77')).toBe(404)
  })

  it('show the last as the current one', async () => {
    const {sandbox, get} = world()
    await sandbox.change((state, now) => {
      getAppToChange(state, 'api-default').releases.push({version: 2, description: 'Deploy', createdAt: now})
    })
    expect(await get('/releases')).toMatchObject([
      {version: 1, current: false},
      {version: 2, current: true, description: 'Deploy'},
    ])
  })
})
