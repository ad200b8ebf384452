import {describe, expect, it} from '@jest/globals'

import {explainNetwork} from '../../../src/lib/transport/network-errors.js'
import type {Route} from '../../../src/lib/transport/route.js'

const direct = {proxy: undefined} as Route
const through = {proxy: 'proxy.example.com:8080'} as Route
const wrongHost = Object.assign(new Error('altnames'), {
  code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  cert: {subjectaltname: 'DNS:portal.example.com, DNS:www.example.com'},
})

describe('a certificate that is trusted, but of another host', () => {
  it.each([
    ['api.twilio.com', direct, true],
    ['api.twilio.com', through, true],
    ['The proxy proxy.example.com:8080', through, false],
  ])('is said to be that: of %s', (who, route, isTunnelOpen) => {
    const failure = explainNetwork(wrongHost, {host: 'api.twilio.com', route, isTunnelOpen, sent: false})
    expect(failure).toMatchObject({
      exitCode: 7,
      message: `${who} answered with a certificate that is not its own, but that of portal.example.com, www.example.com; nothing was sent.`,
    })
  })
})
