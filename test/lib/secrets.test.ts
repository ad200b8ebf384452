import {beforeEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {
  forgetSecrets,
  mask,
  maskUrls,
  quoted,
  redact,
  rememberAuthorization,
  rememberConfigVars,
  rememberLogin,
  rememberSecret,
  rememberUrl,
  safeText,
} from '../../src/lib/secrets.js'

beforeEach(forgetSecrets)

/** What people and machines make secrets of: also what is written in another way in URLs, forms and JSON. */
const secret = fc.string({
  unit: fc.constantFrom(...Array.from('aZ09-_.~!$&()+,/:;=?@^|"\\% ü漢')),
  minLength: 12,
  maxLength: 40,
})
const username = fc.stringMatching(/^(AC|SK)[0-9a-f]{32}$/)

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** How a text may be written in an answer. */
const writings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).replaceAll(/%../g, (hex) => hex.toLowerCase()),
  (text) => new URLSearchParams({x: text}).toString().slice(2),
  (text) => JSON.stringify(text).slice(1, -1),
]
const writing = fc.constantFrom(...writings)

/** In a text, nobody finds the secret however it is written. */
function expectGone(secretText: string, write: (text: string) => string, ...around: readonly [string, string]): void {
  const form = write(secretText)
  const clean = redact(around.join(` ${form} `))
  expect(clean).not.toContain(form)
}

describe('secrets', () => {
  it('once remembered, are in no text any more, wherever they stand and however they are written', () => {
    fc.assert(
      fc.property(secret, writing, fc.string(), fc.string(), (known, write, before, after) => {
        forgetSecrets()
        rememberSecret(known)
        const [text, form] = [write(known), `${before}${write(known)}${after}`]
        expect(redact(form)).not.toContain(text)
      }),
    )
  })

  it('are taken out as the pair that Basic authentication makes of a login: padded or not, encoded for a URL or not', () => {
    fc.assert(
      fc.property(username, secret, writing, (user, password, write) => {
        forgetSecrets()
        rememberLogin(user, password)
        const pair = `${user}:${password}`
        const url = Buffer.from(pair).toString('base64url')
        for (const text of [password, pair, base64(pair), base64(pair).replace(/=+$/, ''), url])
          expectGone(text, write, 'before', 'after')
      }),
    )
  })

  it('are what API_AUTH carries: a Bearer token, or the password of a Basic pair', () => {
    fc.assert(
      fc.property(
        secret.map((text) => text.trim().padEnd(12, 'x')),
        writing,
        (password, write) => {
          forgetSecrets()
          rememberAuthorization(`Bearer ${password}`)
          expectGone(password, write, 'not', '!')
          forgetSecrets()
          rememberAuthorization(`basic ${base64(`me:${password}`)}`)
          for (const text of [password, `me:${password}`, base64(`me:${password}`)]) expectGone(text, write, 'not', '!')
        },
      ),
    )
  })

  it('are the password and the tokens of a URL, also apart from it', () => {
    fc.assert(
      fc.property(secret, secret, writing, (password, token, write) => {
        forgetSecrets()
        const url = new URL('https://example.com/voice')
        url.username = 'me'
        url.password = encodeURIComponent(password)
        url.searchParams.set('api_token', token)
        rememberUrl(url.href)
        for (const text of [password, token]) expectGone(text, write, 'Invalid', 'given')
        expect(maskUrls(url.href)).toBe('https://me:********@example.com/voice?api_token=********')
      }),
    )
    rememberUrl('https://hooks.example.com/services/T024BE7LD/B00000000/Xq9aPzR3sK1vLm8nQw7tYb2c')
    rememberUrl('me:no-scheme-pass@example.com')
    expect(redact('no Xq9aPzR3sK1vLm8nQw7tYb2c, no no-scheme-pass')).toBe('no ********Yb2c, no ********')
  })

  it.each([
    ['https://me:pw@example.com/x', 'https://me:********@example.com/x'],
    ['postgres://me:p@ss@db:5432/x', 'postgres://me:********@db:5432/x'],
    ['https://token@example.com', 'https://********@example.com'],
    ['see (https://a.example/x?sig=abc&b=2#c).', 'see (https://a.example/x?sig=********&b=2#c).'],
    ['http://USER:PASSWORD@HOST:PORT', 'http://USER:PASSWORD@HOST:PORT'],
    ['https://example.com/x?PageToken=PA1&accountSid=AC1', 'https://example.com/x?PageToken=PA1&accountSid=AC1'],
  ])('in a URL need not be known: %s', (text, clean) => {
    expect(redact(text)).toBe(clean)
  })

  it('of a URL are no SIDs, nor words of its path', () => {
    const url = `https://example.com/AC${'0a'.repeat(16)}/incoming-calls-of-production-2026?from=api-default`
    rememberUrl(url)
    expect(redact(url)).toBe(url)
  })

  it('are gone from a text that hid them behind what cannot be seen', () => {
    rememberSecret('a-token-of-mine-0123456789')
    expect(safeText('no a-token\u200b-of-mine\u001b[0m-0123456789')).toBe('no ********6789')
  })

  it('show their last four characters at most, and short ones none', () => {
    fc.assert(
      fc.property(fc.string({minLength: 8}), (text) => {
        expect(mask(text)).toBe(text.length < 16 ? '********' : `********${text.slice(-4)}`)
      }),
    )
  })

  it('that begin alike, or one within the other, are each taken out as a whole', () => {
    const others = Array.from({length: 5000}, (_, index) => `token-${String(index).padStart(26, '0')}`)
    for (const each of ['token-00', 'token-000', ...others]) rememberSecret(each)
    expect(redact(`${others[7]} and token-000, token-00${others[4999]}.`)).toBe(
      `${mask(others[7] ?? '')} and ********, ********${mask(others[4999] ?? '')}.`,
    )
  })

  it('leave a text alone that has none, also after nothing was remembered', () => {
    rememberSecret(undefined)
    rememberSecret(null)
    rememberSecret('')
    rememberLogin('', undefined)
    rememberUrl('no URL at all')
    expect(redact('the quick brown fox: no URL at all')).toBe('the quick brown fox: no URL at all')
  })
})

describe('what others say, quoted', () => {
  it('has no config var of the app, although our own sentences may have it', () => {
    rememberConfigVars(['production', 'hunter2-hunter2', '[redacted]', 'short', 7])
    expect(quoted('X=hunter2-hunter2 in production is [redacted], short')).toBe(
      'X=******** in ******** is [redacted], short',
    )
    expect(redact('the space production')).toBe('the space production')
  })

  it.each([
    ['STRIPE_KEY=sk_live_1 is bad', 'STRIPE_KEY=******** is bad'],
    ['{"auth_token": "abc", "sid": "AC1"}', '{"auth_token": "********", "sid": "AC1"}'],
    ['The authentication failed: wrong key', 'The authentication failed: wrong key'],
  ])('has nothing that its name makes a secret: %s', (text, clean) => {
    expect(quoted(text)).toBe(clean)
  })

  it('is a line, and not endless; no secret is cut in half', () => {
    rememberSecret('s'.repeat(400))
    expect(quoted(`${'x'.repeat(300)}${'s'.repeat(400)}`)).toBe(`${'x'.repeat(300)}********ssss`)
    expect(quoted('a\nb'.repeat(400))).toMatch(/^.{490,500} …$/)
  })
})
