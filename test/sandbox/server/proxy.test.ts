import {execFile, spawnSync} from 'node:child_process'
import {X509Certificate} from 'node:crypto'
import {once} from 'node:events'
import {mkdtemp, readFile, rm, stat} from 'node:fs/promises'
import {connect} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {environmentOf} from '../../../src/sandbox/environment.js'
import {type Authority, authorityIn} from '../../../src/sandbox/server/authority.js'
import {type SandboxServer, serveSandbox} from '../../../src/sandbox/server/server.js'
import {newSandbox} from '../support.js'

const run = promisify(execFile)

let folder: string
let server: SandboxServer
let authority: Authority
let environment: Record<string, string>
let sandbox: ReturnType<typeof newSandbox>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-proxy-'))
  authority = await authorityIn(join(folder, 'settings'), Date.now())
  sandbox = newSandbox()
  server = await serveSandbox(sandbox, {port: 0, authority})
  environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    ...environmentOf(server.url, await sandbox.credentials(), authority),
  }
})

afterEach(async () => {
  await server.close()
  await rm(folder, {recursive: true, force: true})
})

describe('through the proxy', () => {
  it('the SDK for Node works as it is, for every product', async () => {
    const script = `
      const {TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token} = process.env
      const client = require('twilio')(sid, token)
      const run = async () => {
        const {status} = await client.messages.create({from: '+15005550006', to: '+14155550100', body: 'hello'})
        const map = await client.sync.v1.services('default').syncMaps.create({uniqueName: 'x'})
        console.log(status, map.uniqueName)
      }
      run()`
    const {stdout} = await run('node', ['-e', script], {cwd: process.cwd(), env: environment})
    expect(stdout).toBe('queued x\n')
    expect(sandbox.requests.map(({host}) => host)).toEqual(['api.twilio.com', 'sync.twilio.com'])
  })

  it('no other host is reached, and no web page is answered', async () => {
    const ask = async (...lines: string[]) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.end(`${lines.join('\r\n')}\r\n\r\n`)
      let text = ''
      for await (const chunk of socket) text += String(chunk)
      return text.split('\r\n')[0]
    }
    for (const host of ['example.com:443', 'api.twilio.com:80', '127.0.0.1:443', 'twilio.com.example.com:443'])
      expect(await ask(`CONNECT ${host} HTTP/1.1`, `host: ${host}`)).toBe('HTTP/1.1 403 Forbidden')
    expect(await ask('GET http://example.com/ HTTP/1.1', 'host: example.com', 'connection: close')).toMatch(/ 403 /)
    const script = `
      import {Agent, request} from 'node:https'
      import {HttpsProxyAgent} from 'https-proxy-agent'
      const agent = new HttpsProxyAgent(process.env.HTTPS_PROXY)
      request('https://api.twilio.com/', {agent, headers: {origin: 'https://example.com'}}, ({statusCode}) => {
        console.log(statusCode)
        process.exit()
      }).end()`
    const {stdout} = await run('node', ['--input-type=module', '-e', script], {cwd: process.cwd(), env: environment})
    expect(stdout).toBe('403\n')
    expect(sandbox.requests).toEqual([])
  })

  const query =
    'import urllib.request, urllib.error\ntry: urllib.request.urlopen("https://api.twilio.com/2010-04-01/Accounts.json")\nexcept urllib.error.HTTPError as e: print(e.read().decode())'
  const clients = [
    ['curl', ['-sS', 'https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json']],
    ['python3', ['-c', query]],
  ] as const
  const isHere = ([program]: (typeof clients)[number]) => !spawnSync(program, ['--version']).error

  it.each(clients.filter(isHere))('%s trusts it with the environment', async (program, args) => {
    const {stdout} = await run(program, args, {env: environment})
    expect(JSON.parse(stdout)).toMatchObject({code: 20003})
  })

  const others = clients.filter((each) => !isHere(each))
  if (others.length > 0) it.skip.each(others)('%s is not tried: it is not installed', () => undefined)

  it('answers CONNECT as Twilio’s SDK for PHP expects it, to the letter', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.write('CONNECT api.twilio.com:443 HTTP/1.1\r\nhost: api.twilio.com:443\r\n\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(answer.toString()).toBe('HTTP/1.1 200 Connection established\r\n\r\n')
  })
})

describe('the certificate', () => {
  it('is made once, by whoever is first, and its key is for its owner alone', async () => {
    const other = join(folder, 'other')
    const [first, second] = await Promise.all([authorityIn(other, Date.now()), authorityIn(other, Date.now())])
    expect(first.path).toBe(second.path)
    const before = await readFile(first.path, 'utf8')
    await authorityIn(other, Date.now())
    expect(await readFile(first.path, 'utf8')).toBe(before)
    expect((await stat(join(other, 'sandbox-ca-key.pem'))).mode & 0o777).toBe(0o600)
    const certificate = new X509Certificate(before)
    expect(certificate.ca).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
  })

  it('is made anew when it is about to expire', async () => {
    const before = await readFile(authority.path, 'utf8')
    await authorityIn(join(folder, 'settings'), Date.now() + 5 * 365 * 86_400_000)
    const after = new X509Certificate(await readFile(authority.path, 'utf8'))
    expect(after.toString()).not.toBe(before)
    expect(Date.parse(after.validTo)).toBeGreaterThan(Date.now() + 9 * 365 * 86_400_000)
  })
})
