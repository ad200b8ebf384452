import {describe, expect, it} from '@jest/globals'

import {checkUrl} from '../../src/lib/urls.js'

describe('a URL', () => {
  it.each([
    'https://api-default.example.com/voice',
    'http://127.0.0.1:3000/',
    'https://user:password@example.com/?token=a%20b',
  ])('that Twilio can call is taken: %s', (url) => {
    expect(() => checkUrl('--voice-url', url)).not.toThrow()
  })

  it.each([
    'ftp://example.com/',
    'example.com/voice',
    '/voice',
    'javascript:alert(1)',
    'https://',
    'https://example.com/a b',
    'https://example.com/\nvoice',
    'https://exam\u200Bple.com/',
    '',
  ])('that Twilio cannot call, or would read otherwise, is refused: %j', (url) => {
    expect(() => checkUrl('--voice-url', url)).toThrow(expect.objectContaining({code: 'URL_INVALID', exitCode: 2}))
  })

  it('is refused without its password', () => {
    const error = (() => {
      try {
        checkUrl('--voice-url', 'ftp://user:open-sesame@example.com/')
        return undefined
      } catch (thrown) {
        return thrown as Error
      }
    })()
    expect(error?.message).toMatch(/^--voice-url ftp:\/\/\S*example\.com\/ is not a URL/)
    expect(error?.message).not.toContain('open-sesame')
  })
})
