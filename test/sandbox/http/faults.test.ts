import {describe, expect, it} from '@jest/globals'

import {NoAnswer} from '../../../src/lib/transport/types.js'
import {applyFaults, createFaults, type Fault, withoutLatest} from '../../../src/sandbox/http/faults.js'
import {errorResponse} from '../../../src/sandbox/http/respond.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {memoryStore} from '../../../src/sandbox/state/store.js'
import {ask, mainLogin, newSandbox} from '../support.js'

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

  it('may delay, or call a function of the test', async () => {
    const {sandbox, create, made} = await setUp()
    const seen: number[] = []
    sandbox.faults.add({when: 'after', do: {call: async () => void seen.push(await made())}})
    sandbox.faults.add({when: 'before', do: {delayMs: 5}})
    expect((await create()).status).toBe(201)
    expect(seen).toEqual([1])
  })
})

describe('matching', () => {
  /** For each of these requests, whether the fault applies. */
  const applies = (fault: Partial<Fault>, ...requests: readonly (readonly ['GET' | 'POST', string])[]) => {
    const faults = createFaults()
    faults.add({when: 'before', do: {drop: true}, times: 9, ...fault})
    return requests.map(([method, url]) => {
      const {host, pathname} = new URL(url)
      return faults.match({method, url, headers: {}}, {host, path: pathname}).before.length === 1
    })
  }
  const MAPS = 'https://sync.twilio.com/v1/Services/default/Maps'

  it('is by method, in upper or lower case', () => {
    expect(applies({method: 'post'}, ['GET', MAPS], ['POST', MAPS])).toEqual([false, true])
  })

  it.each([
    ['sync.twilio.com/v1', true],
    ['^sync.*Maps$', true],
    ['^api', false],
    ['Maps/', false],
    ['[', false],
  ])('is by a part of host and path, or a regular expression: %s', (path, expected) => {
    expect(applies({path}, ['GET', MAPS])).toEqual([expected])
  })

  it('counts only the requests that match, and ends after as many as it applies to', () => {
    const calls = ['POST', 'GET', 'POST', 'POST', 'POST'] as const
    const requests = calls.map((method) => [method, MAPS] as const)
    expect(applies({method: 'POST', nth: 2, times: 2}, ...requests)).toEqual([false, false, true, true, false])
  })

  it('is done for every fault, and ends when they are cleared', () => {
    const faults = createFaults()
    faults.add({when: 'before', do: {status: 500}})
    faults.add({when: 'after', do: {status: 503}, times: 2})
    const match = () => faults.match({method: 'GET', url: MAPS, headers: {}}, {host: '', path: ''})
    expect(match()).toEqual({before: [{status: 500}], after: [{status: 503}]})
    faults.clear()
    expect(match()).toEqual({before: [], after: []})
  })
})

const sleep = async () => undefined
const twilio = {usual: errorResponse, sleep}

describe('a status in place of the answer', () => {
  it.each([
    [401, 20003, 'Authenticate'],
    [503, 20503, 'Service unavailable'],
    [418, 20418, 'An error of the sandbox'],
  ])('of %s has the code of Twilio’s', async (status, code, message) => {
    const response = await applyFaults([{status}], twilio)
    expect(response?.status).toBe(status)
    expect(JSON.parse(response?.body ?? '')).toMatchObject({status, code, message})
  })

  it('is what the fault says, where that has a body', async () => {
    expect((await applyFaults([{status: 500, body: 'x'}], twilio))?.body).toBe('x')
  })

  it.each([
    ['apps.sandbox.invalid', 'The sandbox answers 500.'],
    [
      'supersim.api.korewireless.com',
      {status: 500, code: 20500, more_info: 'https://docs.korewireless.com/errors/20500'},
    ],
    ['api.korewireless.com', {code: 500, message: 'Internal Server Error'}],
  ])('is what %s would say', async (host, answer) => {
    const {send, faults} = createSandbox({store: memoryStore()})
    faults.add({when: 'before', do: {status: 500}})
    const {body} = await send({method: 'GET', url: `https://${host}/apps/x`, headers: {}})
    if (typeof answer === 'string') expect(body).toBe(answer)
    else expect(JSON.parse(body)).toMatchObject(answer)
  })
})

describe('a list that is late', () => {
  const list = {status: 200, headers: {}, body: JSON.stringify({sims: [made(0), made(7000)], meta: {page: 0}})}

  function made(at: number) {
    return {date_created: new Date(at).toISOString()}
  }

  it.each([
    [[{listsLateMs: 5000}], [made(0)]],
    [[{listsLateMs: 1000}], [made(0), made(7000)]],
    [[{delayMs: 1}], [made(0), made(7000)]],
  ])('after %j shows %j', (actions, sims) => {
    const {body} = withoutLatest(list, actions, 9000)
    expect(JSON.parse(body)).toEqual({sims, meta: {page: 0}})
  })
})
