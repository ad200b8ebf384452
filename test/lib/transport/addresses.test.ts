import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {isLoopback, secureBase, twilioAddress} from '../../../src/lib/transport/addresses.js'
import {webPath, webQuery} from '../../support/arbitraries.js'

const ENDPOINT = 'http://127.0.0.1:4010'

describe('where requests go', () => {
  it('keeps host, path and query of a Twilio address behind an endpoint, and leaves them alone without one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('api', 'sync', 'numbers', 'accounts'),
        webPath,
        webQuery,
        (subdomain, path, query) => {
          const {href, pathname, search} = new URL(`https://${subdomain}.twilio.com${path}?${query}`)
          expect(twilioAddress(href, undefined)).toBe(href)
          expect(twilioAddress(href, ENDPOINT)).toBe(`${ENDPOINT}/${subdomain}.twilio.com${pathname}${search}`)
        },
      ),
    )
  })

  it('sends credentials to Twilio alone, wherever a link in an answer points', () => {
    for (const endpoint of [undefined, ENDPOINT])
      for (const url of [
        'http://api.twilio.com/x',
        'https://api.twilio.com.example.com/x',
        'https://evil-twilio.com/x',
        'https://twilio.com@example.com/x',
        'https://example.com/api.twilio.com',
        'http://127.0.0.1:40100/api.twilio.com',
        'http://127.0.0.1:4010@example.com/',
      ])
        expect(() => twilioAddress(url, endpoint)).toThrow(/not an address of Twilio/)
  })

  it('accepts http for this machine only, in every way to write it', () => {
    for (const host of ['127.0.0.1', '127.8.9.10', 'localhost', '[::1]', '127.1', '0x7f000001', '2130706433'])
      expect(secureBase(`http://${host}:4010/`, 'X')).toMatch(/^http:\/\/(127\.[\d.]+|localhost|\[::1\]):4010$/)
    for (const host of [
      '127.0.0.1.example.com',
      'localhost.example.com',
      'example.com',
      '192.168.0.1',
      '0.0.0.0',
      '[::ffff:10.0.0.1]',
      '[2001:db8::1]',
      '128.0.0.1',
    ])
      expect(() => secureBase(`http://${host}`, 'X')).toThrow(expect.objectContaining({outcome: 'usage'}))
    expect(secureBase('https://example.com/base/', 'X')).toBe('https://example.com/base')
  })

  it('never calls an address of the internet loopback', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.ipV4(),
          fc.ipV6().map((ip) => `[${ip}]`),
        ),
        (host) => {
          const {hostname} = new URL(`http://${host}`)
          const own = hostname.startsWith('127.') || hostname === '[::1]'
          expect(isLoopback(hostname)).toBe(own)
        },
      ),
    )
  })

  it('never repeats a password that is part of an address', () => {
    for (const url of [
      'https://user:s3cr3t-word@example.com',
      'http://user:s3cr3t-word@example.com',
      '//user:s3cr3t-word@x',
    ]) {
      let text = ''
      try {
        secureBase(url, 'X')
      } catch (error) {
        text = JSON.stringify({...(error as object), message: (error as Error).message})
      }
      expect(text).not.toBe('')
      expect(text).not.toContain('s3cr3t-word')
    }
  })
})
