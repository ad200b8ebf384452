import {describe, expect, it} from '@jest/globals'

import {listAddons} from '../../../src/lib/akkeris/addons.js'
import {answering, transportOf} from '../../support/in-process.js'

function where(status: number, body: unknown) {
  const transport = transportOf(answering(status, body))
  return listAddons({baseUrl: 'https://x.example.com', host: 'x.example.com', authorization: 'x', transport}, 'api-dev')
}

describe("the platform's add-ons of an app", () => {
  it('have the names of their config vars, never the values', async () => {
    const addons = await where(200, [
      {name: 'cache', plan: {name: 'redis:small'}, config_vars: {REDIS_URL: 'redis://:secret@x'}},
      {id: 'without a name'},
    ])
    expect(addons).toEqual([
      {name: 'cache', plan: 'redis:small', configVars: ['REDIS_URL']},
      {name: '', plan: '', configVars: []},
    ])
    expect(JSON.stringify(addons)).not.toContain('secret')
  })

  it('are none where the app is gone, which no other refusal means', async () => {
    expect(await where(404, 'Not found')).toEqual([])
    await expect(where(401, 'Unauthorized')).rejects.toMatchObject({exitCode: 5})
  })
})
