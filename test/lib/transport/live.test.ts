import {readFile} from 'node:fs/promises'
import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from 'node:http'
import {createServer as createTlsServer} from 'node:https'
import {type AddressInfo, createServer as createTcpServer, type Server, type Socket} from 'node:net'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {liveSender} from '../../../src/lib/transport/live.js'
import type {HttpRequest} from '../../../src/lib/transport/types.js'

const certificate = async () => {
  const file = (name: string) => readFile(join(process.cwd(), 'test', 'support', 'tls', name))
  const [key, cert] = await Promise.all([file('key.pem'), file('certificate.pem')])
  return {key, cert}
}

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {accept: 'application/json'},
  ...more,
})

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy']

describe('the live sender', () => {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const before = {...process.env}
  beforeEach(() => {
    for (const name of proxyVariables) process.env[name] = ''
  })
  afterEach(async () => {
    process.env = {...before}
    for (const socket of sockets) socket.destroy()
    sockets.clear()
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
  })

  const listen = async (server: Server): Promise<number> => {
    servers.push(server)
    server.on('connection', (socket: Socket) => void sockets.add(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const serve = async (answer: RequestListener) => `http://127.0.0.1:${await listen(createServer(answer))}`
  const serveTls = async (answer: RequestListener) => listen(createTlsServer(await certificate(), answer))
  const echo = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    let body = ''
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()))
    incoming.on('end', () => {
      const {method, url, headers} = incoming
      outgoing.writeHead(201, {'content-type': 'application/json', 'x-twice': ['a', 'b']})
      outgoing.end(JSON.stringify({method, url, headers, body}))
    })
  }

  it('sends method, path, headers and body, and gives status, headers and text', async () => {
    const url = await serve(echo)
    const post = {
      method: 'POST',
      body: 'Name=Zürich',
      headers: {'content-type': 'application/x-www-form-urlencoded'},
    } as const
    const answer = await liveSender()(request(`${url}/a/b?c=d%20e`, post))
    expect(answer).toMatchObject({status: 201, headers: {'content-type': 'application/json', 'x-twice': 'a, b'}})
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/a/b?c=d%20e',
      headers: {'content-length': '12', 'content-type': 'application/x-www-form-urlencoded'},
      body: 'Name=Zürich',
    })
  })

  it('keeps a connection for the next request', async () => {
    const url = await serve(echo)
    const send = liveSender()
    for (let time = 1; time <= 3; time++) await send(request(url))
    expect(sockets.size).toBe(1)
  })

  it('follows no redirect', async () => {
    const url = await serve((_, outgoing) => outgoing.writeHead(302, {location: 'https://elsewhere.example.com'}).end())
    expect(await liveSender()(request(url))).toMatchObject({status: 302})
  })

  it('knows that nothing was sent where nobody listens', async () => {
    const server = createServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    servers.length = 0
    await expect(liveSender()(request(`http://127.0.0.1:${port}`))).rejects.toMatchObject({
      name: 'NoAnswer',
      sent: false,
      message: expect.stringMatching(/ECONNREFUSED/),
    })
  })

  it.each([
    ['closes the connection without an answer', (socket: Socket) => socket.once('data', () => socket.destroy())],
    [
      'stops in the middle of its answer',
      (socket: Socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"sid": "A')),
    ],
    [
      'does not speak HTTP',
      (socket: Socket) => socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n')),
    ],
  ])('does not know what became of a request where the server %s', async (_, answer) => {
    const port = await listen(createTcpServer(answer))
    await expect(
      liveSender()(request(`http://127.0.0.1:${port}`, {method: 'POST', body: 'a=b'})),
    ).rejects.toMatchObject({name: 'NoAnswer', sent: true})
  })

  it('reads no answer without end', async () => {
    const url = await serve((_, outgoing) => {
      const more = (): void => {
        while (!outgoing.destroyed && outgoing.write('x'.repeat(1_048_576)));
        if (!outgoing.destroyed) outgoing.once('drain', more)
      }
      more()
    })
    await expect(liveSender()(request(url))).rejects.toMatchObject({message: expect.stringMatching(/more than 32 MiB/)})
  })

  it('names a certificate that is not trusted, and sends nothing', async () => {
    let asked = 0
    const port = await serveTls(() => asked++)
    await expect(liveSender()(request(`https://127.0.0.1:${port}`))).rejects.toMatchObject({
      code: 'CERTIFICATE_UNTRUSTED',
      exitCode: 7,
      suggestions: expect.arrayContaining([expect.stringContaining('NODE_EXTRA_CA_CERTS')]),
    })
    expect(asked).toBe(0)
  })

  it('says that a server does not speak TLS', async () => {
    const port = new URL(await serve(echo)).port
    await expect(liveSender()(request(`https://127.0.0.1:${port}`))).rejects.toMatchObject({code: 'TLS_FAILED'})
  })

  describe('through a proxy that opens no tunnel (test/commands/proxy.test.ts has one that does)', () => {
    const startProxy = async (status: number) => {
      const asked: string[] = []
      const server = createServer()
      server.on('connect', ({url: what = ''}, socket: Socket) => {
        asked.push(what)
        socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 7\r\n\r\n{"a":1}`)
      })
      return {asked, url: `http://127.0.0.1:${await listen(server)}`}
    }
    const url = 'https://api.twilio.com/2010-04-01/Accounts.json'

    it.each([
      [407, {code: 'PROXY_LOGIN_REFUSED', exitCode: 5}],
      [403, {code: 'PROXY_REFUSED', exitCode: 1}],
      [
        502,
        {name: 'NoAnswer', sent: false, message: expect.stringMatching(/The proxy 127\.0\.0\.1:\d+ could not reach/)},
      ],
    ])('that answers %d is not taken for the server behind it', async (status, failure) => {
      const proxy = await startProxy(status)
      process.env.https_proxy = proxy.url
      await expect(liveSender()(request(url, {method: 'POST', body: 'a=b'}))).rejects.toMatchObject(failure)
      expect(proxy.asked).toHaveLength(1)
    })

    it('whose login is not accepted is distinguished from one that was given none', async () => {
      const proxy = await startProxy(407)
      process.env.https_proxy = proxy.url.replace('//', '//me:pass-of-proxy@')
      await expect(liveSender()(request(url))).rejects.toMatchObject({
        code: 'PROXY_LOGIN_REFUSED',
        message: expect.stringMatching(/does not accept the login/),
      })
    })

    it.each([
      [
        'has a certificate that is not trusted',
        async () => `https://127.0.0.1:${await serveTls(echo)}`,
        {code: 'CERTIFICATE_UNTRUSTED'},
      ],
      ['does not speak TLS', async () => (await serve(echo)).replace('http:', 'https:'), {code: 'TLS_FAILED'}],
      [
        'hangs up',
        async () => `http://127.0.0.1:${await listen(createTcpServer((socket) => void socket.destroy()))}`,
        {sent: false, suggestion: expect.stringMatching(/NO_PROXY/)},
      ],
      ['is not there', async () => 'http://127.0.0.1:1', {sent: false, suggestion: expect.stringMatching(/NO_PROXY/)}],
      [
        'does not speak HTTP',
        async () => `http://127.0.0.1:${await listen(createTcpServer((socket) => void socket.end('SSH-2.0\r\n\r\n')))}`,
        {sent: false, suggestion: expect.stringMatching(/NO_PROXY/)},
      ],
    ])('that %s is what is named', async (_, start, failure) => {
      process.env.https_proxy = await start()
      await expect(liveSender()(request(url))).rejects.toMatchObject({
        ...failure,
        message: expect.stringMatching(/[Tt]he proxy 127\.0\.0\.1:\d+ /),
      })
    })

    it('goes nothing that stays on this machine', async () => {
      const proxy = await startProxy(407)
      process.env.HTTPS_PROXY = proxy.url
      expect(await liveSender()(request(await serve(echo)))).toMatchObject({status: 201})
      expect(proxy.asked).toEqual([])
    })
  })
})
