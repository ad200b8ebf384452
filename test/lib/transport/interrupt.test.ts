import {describe, expect, it} from '@jest/globals'

import {sleeper, stoppable} from '../../../src/lib/transport/interrupt.js'
import type {HttpRequest, HttpResponse} from '../../../src/lib/transport/types.js'

const request: HttpRequest = {method: 'POST', url: 'https://api.twilio.com/x', headers: {}}
const response: HttpResponse = {status: 200, headers: {}, body: '{}'}

describe('after Ctrl-C', () => {
  it('nothing new is sent, but what is under way is waited for', async () => {
    const stop = new AbortController()
    let answer = (): void => undefined
    const answered = new Promise<HttpResponse>((resolve) => (answer = () => resolve(response)))
    const send = stoppable(() => answered, stop.signal)
    const underWay = send(request)
    stop.abort()
    await expect(send(request)).rejects.toMatchObject({code: 'INTERRUPTED', exitCode: 130})
    answer()
    expect(await underWay).toBe(response)
  })

  it('no wait goes on, and none begins', async () => {
    const stop = new AbortController()
    const sleep = sleeper(stop.signal)
    await sleep(0)
    const long = sleep(3_600_000)
    stop.abort()
    for (const wait of [long, sleep(3_600_000)]) await expect(wait).rejects.toMatchObject({exitCode: 130})
  })
})
