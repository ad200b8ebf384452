import {describe, expect, it} from '@jest/globals'

import {noticingServedSandbox, servedSandboxHeader} from '../../../src/lib/transport/served-sandbox.js'

describe('a served sandbox', () => {
  it.each([
    ['is known by its header', {[servedSandboxHeader]: 'served'}, 1],
    ['is not taken for what another server is', {'twilio-request-id': 'RQ1'}, 0],
  ])('%s', async (_, headers, times) => {
    let noticed = 0
    const send = noticingServedSandbox(
      async () => ({status: 200, headers, body: ''}),
      () => {
        noticed++
      },
    )
    await send({method: 'GET', url: 'http://127.0.0.1/', headers: {}})
    expect(noticed).toBe(times)
  })
})
