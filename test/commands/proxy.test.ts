import {readFile} from 'node:fs/promises'
import {createServer, request as forward, type Server} from 'node:http'
import {createServer as createTlsServer} from 'node:https'
import {type AddressInfo, connect, type Socket} from 'node:net'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../support/cli.js'
import {runAll, spoken, STACK} from './support.js'

interface Proxy {
  readonly url: string
  /** What was asked of it, oldest first, with the headers: `GET http://…` or `CONNECT host:port`. */
  readonly asked: {readonly what: string; readonly headers: string}[]
  close(): Promise<void>
}

/** Passes plain requests on, as proxies do, and refuses every tunnel. */
async function startProxy(): Promise<Proxy> {
  const asked: {what: string; headers: string}[] = []
  const server = createServer((incoming, outgoing) => {
    const {method = '', url = '', headers} = incoming
    asked.push({what: `${method} ${url}`, headers: JSON.stringify(headers)})
    const onward = forward(url, {method, headers}, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  server.on('connect', ({url = '', headers}, socket) => {
    asked.push({what: `CONNECT ${url}`, headers: JSON.stringify(headers)})
    socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const tls = (name: string) => join(process.cwd(), 'test', 'support', 'tls', name)

/** Twilio's hosts over TLS, and a proxy that opens tunnels to them, whatever host they are asked for. */
async function startTunnel(world: World): Promise<Proxy> {
  const [key, cert] = await Promise.all([readFile(tls('key.pem')), readFile(tls('certificate.pem'))])
  const front = createTlsServer({key, cert}, (incoming, outgoing) => {
    const {method = '', url = '', headers} = incoming
    const to = {method, headers: {...headers, host: new URL(world.url).host}}
    const onward = forward(`${world.url}/${headers.host ?? ''}${url}`, to, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  const asked: {what: string; headers: string}[] = []
  const proxy = createServer()
  const tunnels: Socket[] = []
  proxy.on('connect', ({url = '', headers}, socket: Socket) => {
    asked.push({what: `CONNECT ${url}`, headers: JSON.stringify(headers)})
    const onward = connect((front.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) end.on('error', () => undefined)
    tunnels.push(socket, onward)
  })
  const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await Promise.all([listen(front), listen(proxy)])
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    async close() {
      for (const socket of tunnels) socket.destroy()
      await Promise.all([front, proxy].map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

/** No name of the internet is found, so that nothing leaves this machine whatever is wrong. */
const offline = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`import dns from 'node:dns'
const {lookup} = dns
dns.lookup = (host, options, done = options) => host === 'localhost' ? lookup(host, options, done)
  : process.nextTick(done, Object.assign(new Error('offline: ' + host), {code: 'ENOTFOUND', hostname: host}))`)}`,
}

describe('a proxy in the environment', () => {
  let world: World
  let proxy: Proxy
  beforeEach(async () => {
    ;[world, proxy] = await Promise.all([startWorld(), startProxy()])
  })
  afterEach(async () => {
    await proxy.close()
    await world.close()
  })

  const variables = (url = proxy.url) => ({HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url})
  const everywhere = {AKA_TWILIO_ENDPOINT: undefined}

  it('never sees what goes to this machine: that carries the credentials in the clear', async () => {
    const create = (app: string) => `addons:create twilio:small -a ${app} --json`
    const localhost = world.url.replace('127.0.0.1', 'localhost')
    const {numeric, named, doctor} = await runAll(world, {
      numeric: [create('api-dev'), {env: {...offline, ...variables()}}],
      named: [
        create('web-dev'),
        {env: {...offline, ...variables(), AKA_TWILIO_ENDPOINT: localhost, AKKERIS_API_HOST: localhost}},
      ],
      doctor: ['twilio:doctor', {env: {...offline, ...variables(), NO_PROXY: 'example.com', no_proxy: 'example.com'}}],
    })
    expect(proxy.asked).toEqual([])
    expect([numeric, named, doctor].map(({exitCode}) => exitCode)).toEqual([0, 0, 0])
    expect([json(numeric), json(named)]).toMatchObject([{created: true}, {created: true}])
  })

  it('is asked for a tunnel to Twilio and told no secret; when it refuses, that is temporary (exit 7)', async () => {
    const withPassword = proxy.url.replace('//', '//somebody:pass-of-proxy@')
    const upper = {HTTPS_PROXY: withPassword}
    const lower = {https_proxy: proxy.url, no_proxy: 'example.com'}
    const runs = await runAll(world, {
      upper: ['twilio:whoami --json', {env: {...offline, ...everywhere, ...upper}}],
      lower: ['twilio:whoami', {env: {...offline, ...everywhere, ...lower}}],
      akkeris: [
        'addons:create twilio:small -a api-dev',
        {env: {...offline, ...variables(), AKKERIS_API_HOST: 'apps.example.com'}},
      ],
    })
    expect(json(runs.upper)).toMatchObject({error: {code: 'SERVICE_UNAVAILABLE', exitCode: 7}})
    expect(runs.lower.stderr).toMatch(/✖ The proxy 127[^]*NO_PROXY/)
    expect(runs.lower.stderr).not.toContain('status.twilio.com')
    expect(runs.lower.stderr).toContain('api.twilio.com')
    expect(runs.akkeris.stderr).toContain('apps.example.com')
    const secrets = [world.authToken, world.env.API_TOKEN ?? '', basic(world), 'pass-of-proxy']
    for (const run of Object.values(runs)) {
      expect(run).toMatchObject({exitCode: 7})
      expect(spoken(run)).not.toMatch(STACK)
      for (const secret of secrets) expect(spoken(run)).not.toContain(secret)
    }

    const asked = proxy.asked.map(({what}) => what)
    expect(new Set(asked)).toEqual(new Set(['CONNECT api.twilio.com:443', 'CONNECT apps.example.com:443']))
    // Retried, but not for ever.
    expect(asked.filter((what) => what.includes('twilio')).length).toBeLessThanOrEqual(10)
    expect(asked.filter((what) => what.includes('twilio')).length).toBeGreaterThanOrEqual(4)
    for (const {headers} of proxy.asked) for (const secret of secrets) expect(headers).not.toContain(secret)
  })

  it('that lets nothing through is what twilio:doctor finds', async () => {
    const run = await world.aka('twilio:doctor --json', {env: {...offline, ...everywhere, HTTPS_PROXY: proxy.url}})
    const findings = (json(run) as unknown as {findings: {check: string; status: string; detail: string}[]}).findings
    expect(findings.filter(({status}) => status !== 'ok').map(({check, status}) => `${check}: ${status}`)).toEqual([
      'network route: failed',
      'Twilio account: skipped',
      'account type: skipped',
      'subaccounts: skipped',
      'Sync: failed',
      'clock: skipped',
      'SMS to the US: failed',
    ])
    expect(findings.find(({check}) => check === 'network route')?.detail).toMatch(/The proxy 127/)
  })

  it('carries everything to Twilio over its tunnels, with its own login for itself alone', async () => {
    const tunnel = await startTunnel(world)
    const env = {
      ...offline,
      ...everywhere,
      HTTPS_PROXY: tunnel.url.replace('//', '//somebody:pass-of-proxy@'),
      NODE_EXTRA_CA_CERTS: tls('certificate.pem'),
    }
    const run = await world.aka('addons:create twilio:small -a api-dev --json', {env})
    const untrusted = await world.aka('twilio:whoami --json', {env: {...env, NODE_EXTRA_CA_CERTS: undefined}})
    await tunnel.close()
    expect([run, json(run)]).toMatchObject([{exitCode: 0}, {created: true}])
    expect(world.sandbox.requests.some(({host}) => host === 'sync.twilio.com')).toBe(true)
    const login = `Basic ${Buffer.from('somebody:pass-of-proxy').toString('base64')}`
    for (const {headers} of tunnel.asked) expect(headers).toContain(login)
    expect(JSON.stringify(world.sandbox.requests)).not.toContain(login)
    expect(json(untrusted)).toMatchObject({error: {code: 'CERTIFICATE_UNTRUSTED', exitCode: 7}})
    expect(spoken(untrusted)).toMatch(/NODE_EXTRA_CA_CERTS/)
  })

  it('is not asked for what NO_PROXY names; one that is not there is temporary (exit 7), one that is no URL a mistake (exit 2)', async () => {
    const runs = await runAll(world, {
      except: ['twilio:whoami', {env: {...offline, ...everywhere, ...variables(), NO_PROXY: '.twilio.com'}}],
      gone: ['twilio:whoami', {env: {...offline, ...everywhere, HTTPS_PROXY: 'http://127.0.0.1:1'}}],
      odd: ['twilio:whoami', {env: {...offline, ...everywhere, HTTPS_PROXY: 'proxy.example.com:3128'}}],
    })
    for (const [name, run] of Object.entries(runs)) {
      expect([name, run]).toMatchObject([name, {exitCode: name === 'odd' ? 2 : 7, stdout: ''}])
      expect(run.stderr).not.toMatch(STACK)
    }
    expect(runs.except.stderr).toMatch(/api\.twilio\.com gave no answer \(ENOTFOUND\)/)
    expect(proxy.asked).toEqual([])
  })
})

function basic({accountSid, authToken}: World): string {
  return Buffer.from(`${accountSid}:${authToken}`).toString('base64')
}
