import {once} from 'node:events'
import {type AddressInfo, createServer, type Socket} from 'node:net'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {directRoute, proxiedRoute, proxyFor} from '../../../src/lib/transport/route.js'

const TWILIO = new URL('https://api.twilio.com/x')
const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy']

const before = {...process.env}
beforeEach(() => {
  for (const name of variables) process.env[name] = ''
})
afterEach(() => {
  process.env = {...before}
})

describe('the proxy of a request', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])('is the one in %s', async (name) => {
    process.env[name] = 'http://proxy.example.com:8080'
    expect((await proxyFor(TWILIO))?.host).toBe('proxy.example.com:8080')
  })

  it('is none where none is set, or NO_PROXY excepts the host', async () => {
    expect(await proxyFor(TWILIO)).toBeUndefined()
    process.env.HTTPS_PROXY = 'http://proxy.example.com:8080'
    process.env.NO_PROXY = '.twilio.com'
    expect(await proxyFor(TWILIO)).toBeUndefined()
    expect(await proxyFor(new URL('https://apps.example.com'))).toBeDefined()
  })

  it.each(['proxy.example.com:8080', 'ftp://me:pass-of-proxy@proxy.example.com', 'http://'])(
    'is not guessed from "%s", nor is that repeated, which may have a password',
    async (value) => {
      process.env.HTTPS_PROXY = value
      const refused = await proxyFor(TWILIO).catch((error: unknown) => error)
      expect(refused).toMatchObject({code: 'PROXY_INVALID', exitCode: 2})
      expect(JSON.stringify([refused, (refused as Error).message])).not.toContain('pass-of-proxy')
    },
  )
})

it.each(['socks5://user:secret@127.0.0.1:1080', 'socks://127.0.0.1:1080', 'SOCKS5h://127.0.0.1:1080'])(
  'a SOCKS proxy is named, without its password, and not used: %s',
  async (proxy) => {
    process.env.ALL_PROXY = proxy
    const failed = proxyFor(TWILIO)
    await expect(failed).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^ALL_PROXY names a SOCKS proxy \(127\.0\.0\.1:1080\)/),
    })
    await expect(failed).rejects.not.toMatchObject({message: expect.stringContaining('secret')})
  },
)

it('an HTTP proxy goes before it', async () => {
  process.env.ALL_PROXY = 'socks5://127.0.0.1:1080'
  process.env.HTTPS_PROXY = 'http://proxy.example.com:8080'
  expect((await proxyFor(TWILIO))?.host).toBe('proxy.example.com:8080')
  process.env.NO_PROXY = '.twilio.com'
  expect(await proxyFor(TWILIO)).toBeUndefined()
})

describe('a route', () => {
  it('keeps its connections, through a proxy as well', async () => {
    const proxy = new URL('http://proxy.example.com:8080')
    for (const {agent} of [await directRoute('https:'), await directRoute('http:'), await proxiedRoute(proxy)])
      expect(agent).toMatchObject({keepAlive: true})
  })

  it('shows no login of its proxy, but gives it to the proxy', async () => {
    const {agent, proxy, hasLogin} = await proxiedRoute(new URL('http://me:p%C3%A4ss%40word@proxy.example.com:8080'))
    expect({proxy, hasLogin}).toEqual({proxy: 'proxy.example.com:8080', hasLogin: true})
    const {proxy: url, proxyHeaders} = agent as unknown as {proxy: URL; proxyHeaders: Record<string, string>}
    expect(url.href).toBe('http://proxy.example.com:8080/')
    const [scheme, login = ''] = (proxyHeaders['proxy-authorization'] ?? '').split(' ')
    expect([scheme, Buffer.from(login, 'base64').toString()]).toEqual(['Basic', 'me:päss@word'])
  })

  it('ends with the request, though the proxy never answers: a command would wait for it', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const {port} = server.address() as AddressInfo
    const {agent, request} = await proxiedRoute(new URL(`http://127.0.0.1:${port}`))
    const abandoned = new AbortController()
    const sent = request(TWILIO, {agent, abandoned: abandoned.signal}).on('error', () => undefined)
    sent.end()
    const [connection] = (await once(server, 'connection')) as [Socket]
    sent.destroy()
    abandoned.abort()
    await once(connection.resume(), 'close')
    server.close()
  })

  it('without a login has none', async () => {
    const {hasLogin, agent} = await proxiedRoute(new URL('http://proxy.example.com:8080'))
    expect(hasLogin).toBe(false)
    expect(JSON.stringify(agent)).not.toContain('authorization')
    expect((await directRoute('https:')).proxy).toBeUndefined()
  })
})
