import {afterEach, beforeEach, expect, it} from '@jest/globals'

import {proxyFor} from '../../../src/lib/transport/route.js'

const before = {...process.env}
beforeEach(() => {
  process.env = Object.fromEntries(Object.entries(before).filter(([name]) => !/_proxy$/i.test(name)))
})
afterEach(() => {
  process.env = {...before}
})

const twilio = new URL('https://api.twilio.com/')

it.each(['socks5://user:secret@127.0.0.1:1080', 'socks://127.0.0.1:1080', 'SOCKS5h://127.0.0.1:1080'])(
  'a SOCKS proxy is named, without its password, and not used: %s',
  async (proxy) => {
    process.env.ALL_PROXY = proxy
    const failed = proxyFor(twilio)
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
  expect((await proxyFor(twilio))?.host).toBe('proxy.example.com:8080')
  process.env.NO_PROXY = '.twilio.com'
  expect(await proxyFor(twilio)).toBeUndefined()
})
