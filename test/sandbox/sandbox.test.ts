import {describe, expect, it} from '@jest/globals'

import {ask, mainLogin, newSandbox} from './support.js'

const ACCOUNTS = 'https://api.twilio.com/2010-04-01/Accounts.json'

describe('a sandbox', () => {
  it('does the same again from the same seed', async () => {
    const run = async (seed: number) => {
      const sandbox = newSandbox({seed, now: () => 0})
      const {json} = await ask(sandbox, {method: 'POST', url: ACCOUNTS, as: await mainLogin(sandbox), form: {}})
      return json
    }
    expect(await run(1)).toEqual(await run(1))
    expect((await run(1)).sid).not.toBe((await run(2)).sid)
  })

  it('is as strict with messages to the US after a reset as it was to be', async () => {
    for (const strictUs of [true, false]) {
      const sandbox = newSandbox({strictUs})
      await sandbox.change((state) => void (state.strictUs = !strictUs))
      await sandbox.reset()
      expect(await sandbox.read((state) => state.strictUs)).toBe(strictUs)
    }
  })

  it('dates its answers by its own clock, and names those of Twilio', async () => {
    const sandbox = newSandbox({now: () => Date.parse('2026-03-01T12:00:00Z')})
    await sandbox.advanceClock(3600)
    const as = await mainLogin(sandbox)
    const [first, second] = [await ask(sandbox, {url: ACCOUNTS, as}), await ask(sandbox, {url: ACCOUNTS, as})]
    expect(first.headers).toMatchObject({
      date: 'Sun, 01 Mar 2026 13:00:00 GMT',
      'twilio-request-id': expect.stringMatching(/^RQ[0-9a-f]{32}$/),
    })
    expect(second.headers['twilio-request-id']).not.toBe(first.headers['twilio-request-id'])
    const akkeris = await ask(sandbox, {url: 'https://apps.sandbox.invalid/account'})
    expect(akkeris.headers).not.toHaveProperty('twilio-request-id')
  })

  it('shows every exchange to who listens, with the answer as it was given', async () => {
    const sandbox = newSandbox()
    const seen: [string, number][] = []
    sandbox.onExchange((request, {status}) => void seen.push([request.url, status]))
    sandbox.faults.add({when: 'after', do: {status: 500}})
    await ask(sandbox, {url: ACCOUNTS, as: await mainLogin(sandbox)})
    await ask(sandbox, {url: ACCOUNTS})
    expect(seen).toEqual([
      [ACCOUNTS, 500],
      [ACCOUNTS, 401],
    ])
  })
})
