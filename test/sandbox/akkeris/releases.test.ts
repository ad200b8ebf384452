import {describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {appWorld} from './support.js'

describe('releases', () => {
  it('are what was deployed: a change of config vars makes none', async () => {
    const {get, set} = appWorld()
    const before = await get<{id: string}[]>('/releases')
    await set({A: '1'})
    expect(await get('/releases')).toEqual(before)
    expect(before).toMatchObject([{version: 1, status: 'succeeded', state: 'success', current: true}])
    expect(await get(`/releases/${before[0]?.id ?? ''}`)).toEqual(before[0])
    expect(await get('/releases/4f739e5e-4cf7-11e6-beb8-9e71128cae77')).toBe(404)
  })

  it('show the last as the current one', async () => {
    const {sandbox, get} = appWorld()
    await sandbox.change((state, now) => {
      getAppToChange(state, 'api-default').releases.push({version: 2, description: 'Deploy', createdAt: now})
    })
    expect(await get('/releases')).toMatchObject([
      {version: 1, current: false},
      {version: 2, current: true, description: 'Deploy'},
    ])
  })
})
