import {describe, expect, it} from '@jest/globals'

import {getApp, getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {recordRollouts} from '../../../src/sandbox/akkeris/dynos.js'
import {appWorld} from './support.js'

describe('dynos', () => {
  it('run as the formation says, of the current release', async () => {
    const {get, dynos, states} = appWorld()
    expect(await states()).toEqual(['running', 'running'])
    expect(await get('/formation')).toMatchObject([{type: 'web', quantity: 2, app: {name: 'api-default'}}])
    const [release] = await get<{id: string; version: number}[]>('/releases')
    for (const dyno of await dynos())
      expect(dyno).toMatchObject({ready: true, release: {id: release?.id, version: 1}, app: {name: 'api-default'}})
  })

  it('are replaced one after the other when config vars change, each when the new one runs', async () => {
    const {dynos, set, pass, states, environments} = appWorld()
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
    const {sandbox, set, pass, environments} = appWorld()
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
    const {set, pass, environments, states} = appWorld()
    await set({A: '1', PORT: '80'})
    await pass(1000)
    expect([await states(), await environments()]).toEqual([
      ['running', 'running'],
      [{}, {}],
    ])
  })

  it('that do not run yet give way to those of the next change', async () => {
    const {sandbox, set, pass, environments, states} = appWorld()
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
    const {set, pass, states, environments} = appWorld('crashing-default')
    await set({A: '1'})
    await pass(60_000)
    expect(await states()).toEqual(['app-crashed', 'app-crashed', 'running', 'running'])
    expect(await environments()).toEqual([{}, {}])
  })

  it('of an app that was never deployed are none, before and after', async () => {
    const {sandbox, get, set} = appWorld('idle-default')
    await set({A: '1'})
    expect([await get('/dynos'), await get('/formation'), await get('/releases')]).toEqual([[], [], []])
    expect(await sandbox.read((state) => state.apps['idle-default']?.restarts)).toBe(0)
  })
})
