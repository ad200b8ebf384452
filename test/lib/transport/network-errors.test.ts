import {describe, expect, it} from '@jest/globals'

import {explainNetwork, ProxyRefused, TookTooLong} from '../../../src/lib/transport/network-errors.js'
import type {Route} from '../../../src/lib/transport/route.js'
import {NoAnswer} from '../../../src/lib/transport/types.js'

const HOST = 'api.twilio.com'
const PROXY = 'proxy.example.com:8080'
const direct = {proxy: undefined, hasLogin: false} as Route
const proxied = {proxy: PROXY, hasLogin: false} as Route

const errorWith = (code: string) => Object.assign(new Error(`failed: ${code}`), {code})
const explain = (
  error: unknown,
  {route = direct, isTunnelOpen = false, sent = false}: {route?: Route; isTunnelOpen?: boolean; sent?: boolean} = {},
) => explainNetwork(error, {host: HOST, route, isTunnelOpen, sent})

describe('no answer', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'])(
    'because of %s means that nothing was sent, whatever stood before',
    (code) => expect(explain(errorWith(code), {sent: true})).toMatchObject({name: 'NoAnswer', sent: false}),
  )

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])(
    'because of %s leaves open what happened, once a connection stood',
    (code) => {
      expect(explain(errorWith(code), {sent: true})).toMatchObject({name: 'NoAnswer', sent: true})
      expect(explain(errorWith(code))).toMatchObject({name: 'NoAnswer', sent: false})
    },
  )

  it('names the host and why, also where the reason is deeper down', () => {
    expect(explain(errorWith('ECONNRESET')).message).toBe('api.twilio.com gave no answer (ECONNRESET)')
    expect(explain(new Error('fetch failed', {cause: errorWith('ECONNREFUSED')}), {sent: true})).toMatchObject({
      sent: false,
      message: expect.stringContaining('ECONNREFUSED'),
    })
    // Of every address of the host that was tried.
    const all = new AggregateError([errorWith('ENETUNREACH')], 'all failed')
    expect(explain(all, {sent: true})).toMatchObject({sent: false})
    expect(explain(new Error('odd')).message).toContain('odd')
    expect(explain('odd').message).toContain('unknown reason')
  })

  it('in time says for how long', () => {
    const late = explain(new TookTooLong(15_000), {sent: true})
    expect(late).toMatchObject({sent: true, message: 'api.twilio.com did not answer within 15 s'})
  })
})

describe('a connection that nobody should trust', () => {
  it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    '(%s) is no reason to try again, and what to set is said',
    (code) => {
      const explained = explain(errorWith(code), {sent: true})
      expect(explained).not.toBeInstanceOf(NoAnswer)
      expect(explained).toMatchObject({
        code: 'CERTIFICATE_UNTRUSTED',
        message: expect.stringContaining(code),
        suggestions: [expect.stringContaining('NODE_EXTRA_CA_CERTS'), expect.any(String)],
      })
    },
  )

  it.each(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'])('(%s) is no TLS at all', (code) => {
    expect(explain(errorWith(code))).toMatchObject({
      code: 'TLS_FAILED',
      message: expect.stringMatching(/^api\.twilio\.com could not be reached over TLS/),
    })
  })
})

describe('through a proxy', () => {
  it('who failed is the proxy until its tunnel is open, and then the host behind it', () => {
    const closed = explain(errorWith('ECONNREFUSED'), {route: proxied})
    expect(closed).toMatchObject({
      message: `The proxy ${PROXY} gave no answer (ECONNREFUSED)`,
      suggestion: expect.stringContaining('HTTPS_PROXY'),
    })
    const open = explain(errorWith('ECONNRESET'), {route: proxied, isTunnelOpen: true, sent: true})
    expect(open).toMatchObject({
      message: `api.twilio.com gave no answer (ECONNRESET, through the proxy ${PROXY})`,
      suggestion: undefined,
      sent: true,
    })
    expect(explain(errorWith('EPROTO'), {route: proxied}).message).toMatch(/^The proxy/)
  })

  it('one that says nothing is named, and tried twice', () => {
    const silent = explain(new TookTooLong(10_000), {route: proxied})
    expect(silent).toMatchObject({
      message: `The proxy ${PROXY} opened no connection to ${HOST} within 10 s`,
      suggestion: expect.stringContaining('HTTPS_PROXY'),
      sent: false,
      mostTries: 2,
    })
    const slowHost = explain(new TookTooLong(15_000), {route: proxied, isTunnelOpen: true, sent: true})
    expect(slowHost).toMatchObject({
      message: `${HOST} did not answer within 15 s, through the proxy ${PROXY}`,
      mostTries: undefined,
    })
  })

  it.each([
    ['that asks for a login', 407, proxied, {code: 'PROXY_LOGIN_REFUSED', exitCode: 5}, /asks for a login/],
    [
      'that does not accept the login',
      407,
      {...proxied, hasLogin: true},
      {code: 'PROXY_LOGIN_REFUSED', exitCode: 5},
      /does not accept the login/,
    ],
    ['that does not let us there', 403, proxied, {code: 'PROXY_REFUSED', exitCode: 1}, /api\.twilio\.com/],
    ['that cannot reach the host', 502, proxied, {name: 'NoAnswer', sent: false}, /could not reach .*\(502\)/],
    ['that speaks something else', NaN, proxied, {name: 'NoAnswer', sent: false}, /something other than HTTP/],
  ])('%s, it is the proxy that refused, and not the host', (_, status, route, failure, message) => {
    const explained = explain(new ProxyRefused(status), {route})
    expect(explained).toMatchObject(failure)
    expect(explained.message).toMatch(message)
    expect(explained.message).toContain(PROXY)
  })
})

const wrongHost = Object.assign(new Error('altnames'), {
  code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  cert: {subjectaltname: 'DNS:portal.example.com, DNS:www.example.com'},
})

describe('a certificate that is trusted, but of another host', () => {
  it.each([
    ['api.twilio.com', direct, true],
    ['api.twilio.com', proxied, true],
    ['The proxy proxy.example.com:8080', proxied, false],
  ])('is said to be that: of %s', (who, route, isTunnelOpen) => {
    const failure = explainNetwork(wrongHost, {host: 'api.twilio.com', route, isTunnelOpen, sent: false})
    expect(failure).toMatchObject({
      exitCode: 7,
      message: `${who} answered with a certificate that is not its own, but that of portal.example.com, www.example.com; nothing was sent.`,
    })
  })
})
