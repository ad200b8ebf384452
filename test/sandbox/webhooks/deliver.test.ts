import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'

import {describe, expect, it} from '@jest/globals'

import {createRequestLog} from '../../../src/sandbox/http/request-log.js'
import {deliver, isFailed} from '../../../src/sandbox/webhooks/deliver.js'
import {apps} from './support.js'

const startApp = apps()

/** Requests an address; gives the code of the error, or the status, and what the log says. */
async function tell(url: string, method: 'GET' | 'POST' = 'POST') {
  const log = createRequestLog()
  const outcome = await deliver({url, method, form: {A: '1'}, about: 'SM1', authToken: 'token'}, log.startWebhook)
  const logged = log.entries.map(({status, error}) => [status, error?.code])
  return {result: isFailed(outcome) ? outcome.error.code : outcome.answer.status, logged}
}

/** Accepts connections, and ends or ignores them. */
async function deafServer(mute: boolean) {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => undefined)
    if (!mute) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connections: () => connections,
    close: () => server.close(),
  }
}

describe('a webhook', () => {
  it('is tried once more when there is no connection, and no more often', async () => {
    expect(await tell('http://127.0.0.1:1/sms')).toEqual({
      result: 11205,
      logged: [
        [undefined, 11205],
        [undefined, 11205],
      ],
    })
  })

  it('is tried as the fragment of its address says', async () => {
    const app = await startApp({'/sms': [{status: 500}, {status: 404}, 'fine']})
    expect((await tell(`${app.url}/sms`)).result).toBe(11200)
    app.answers['/sms'] = [{status: 500}, {status: 404}, 'fine']
    expect((await tell(`${app.url}/sms#rc=5&rp=5xx`)).logged).toEqual([
      [500, 11200],
      [404, 11200],
    ])
    app.answers['/sms'] = [{status: 500}, {status: 404}, 'fine']
    expect((await tell(`${app.url}/sms#rc=2&rp=all`)).result).toBe(200)
    expect(app.hits.map(({url}) => url.replace(app.url, ''))).toEqual(Array(6).fill('/sms'))
  })

  it('fails when no answer comes in time, and when the connection ends without one', async () => {
    const mute = await deafServer(true)
    expect((await tell(`${mute.url}#rt=100`)).logged).toEqual([[undefined, 11205]])
    expect(mute.connections()).toBe(1)
    mute.close()
    const rude = await deafServer(false)
    await tell(`${rude.url}#rp=rt&rc=2`)
    expect(rude.connections()).toBe(3)
    rude.close()
  })

  it('follows redirects on this machine, ten at most, with GET unless they say otherwise', async () => {
    const app = await startApp({
      '/a': {status: 302, location: '/c'},
      '/b': {status: 307, location: '/c'},
      '/c': 'fine',
      '/out': {status: 302, location: 'https://example.com/'},
      '/round': {status: 302, location: '/round'},
    })
    for (const path of ['/a', '/b']) expect((await tell(app.url + path)).result).toBe(200)
    expect(app.hits.map(({method, path}) => `${method} ${path}`)).toEqual(['POST /a', 'GET /c', 'POST /b', 'POST /c'])
    expect((await tell(`${app.url}/out`)).result).toBe(11215)
    expect((await tell(`${app.url}/round`)).result).toBe(11215)
    expect(app.hits.filter(({path}) => path === '/round')).toHaveLength(11)
  })

  it('goes nowhere but to this machine', async () => {
    for (const url of ['https://example.com/', 'http://10.0.0.1/', 'ftp://127.0.0.1/', 'http://127.0.0.1.example.com/'])
      expect(await tell(url)).toEqual({result: 11205, logged: [[undefined, undefined]]})
  })
})
