import {describe, expect, it} from '@jest/globals'

import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {akkeris} from './support.js'

const VARS = '/apps/api-default/config-vars'

describe('apps', () => {
  it('exist, whatever they are called, except those that begin with missing-', async () => {
    const {call} = akkeris()
    expect((await call('GET', '/apps/any-space')).json()).toMatchObject({name: 'any-space', space: {name: 'space'}})
    expect((await call('GET', '/apps/any-space/addons')).json()).toEqual([])
    expect((await call('GET', '/apps/missing-space')).status).toBe(404)
    expect((await call('GET', '/apps/noname/config-vars')).status).toBe(404)
  })

  it('do not exist once they are deleted', async () => {
    const {sandbox, call} = akkeris()
    await sandbox.change((state) => {
      getAppToChange(state, 'api-default').deleted = true
    })
    expect((await call('PATCH', VARS, {A: '1'})).status).toBe(404)
  })
})

it.each([
  ['', 401],
  ['Bearer expired', 401],
  ['Bearer anything', 200],
])('with the Authorization %j answers %s', async (authorization, status) => {
  expect((await akkeris(authorization).call('GET', '/account')).status).toBe(status)
})
