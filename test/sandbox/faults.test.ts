import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../src/lib/transport/types.js'
import {ask, mainLogin, newSandbox} from './support.js'

const ACCOUNTS = 'https://api.twilio.com/2010-04-01/Accounts.json'

async function setUp() {
  const sandbox = newSandbox()
  const as = await mainLogin(sandbox)
  const create = () => ask(sandbox, {method: 'POST', url: ACCOUNTS, as, form: {FriendlyName: 'x'}})
  const made = () => sandbox.read((state) => state.accounts.length - 1)
  return {sandbox, as, create, made}
}

describe('a fault', () => {
  it('before the call keeps it from taking effect; after it, only the answer is lost', async () => {
    const {sandbox, create, made} = await setUp()
    sandbox.faults.add({when: 'before', do: {drop: true}})
    await expect(create()).rejects.toThrow(NoAnswer)
    expect(await made()).toBe(0)
    sandbox.faults.add({when: 'after', do: {drop: true}})
    await expect(create()).rejects.toMatchObject({name: 'NoAnswer', sent: true})
    expect(await made()).toBe(1)
    expect((await create()).status).toBe(201)
  })

  it('hits the nth matching call, and as many as it says', async () => {
    const {sandbox, as, create} = await setUp()
    sandbox.faults.add({method: 'POST', path: 'Accounts.json', nth: 2, times: 2, when: 'before', do: {status: 500}})
    const statuses: number[] = []
    for (let call = 1; call <= 4; call += 1) {
      statuses.push((await create()).status)
      await ask(sandbox, {url: ACCOUNTS, as})
    }
    expect(statuses).toEqual([201, 500, 500, 201])
  })

  it('that is a 429 looks like Twilio’s, with its Retry-After', async () => {
    const {sandbox, create} = await setUp()
    sandbox.faults.add({path: '^api.*Accounts', when: 'before', do: {status: 429, headers: {'Retry-After': '3'}}})
    const {json, headers} = await create()
    expect(json).toMatchObject({code: 20429, status: 429})
    expect(headers).toMatchObject({'retry-after': '3', date: expect.any(String)})
  })

  it('may delay, or do something of the tester’s own', async () => {
    const {sandbox, create, made} = await setUp()
    const seen: number[] = []
    sandbox.faults.add({when: 'after', do: {call: async () => void seen.push(await made())}})
    sandbox.faults.add({when: 'before', do: {delayMs: 5}})
    expect((await create()).status).toBe(201)
    expect(seen).toEqual([1])
  })
})

it('logs what was sent, and what was in flight together', async () => {
  const {sandbox, create} = await setUp()
  await Promise.all([create(), create()])
  await create()
  expect(sandbox.requests.map(({startedAfter}) => startedAfter)).toEqual([0, 0, 2])
  expect(sandbox.requests[2]).toMatchObject({
    method: 'POST',
    host: 'api.twilio.com',
    path: '/2010-04-01/Accounts.json',
    form: {FriendlyName: 'x'},
    status: 201,
  })
})

it('does the same again from the same seed', async () => {
  const run = async (seed: number) => {
    const sandbox = newSandbox({seed, now: () => 0})
    const {json} = await ask(sandbox, {method: 'POST', url: ACCOUNTS, as: await mainLogin(sandbox), form: {}})
    return json
  }
  expect(await run(1)).toEqual(await run(1))
  expect((await run(1)).sid).not.toBe((await run(2)).sid)
})
