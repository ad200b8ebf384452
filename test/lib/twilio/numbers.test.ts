import {beforeEach, describe, expect, it} from '@jest/globals'

import {fetchAccount} from '../../../src/lib/twilio/accounts.js'
import {searchNumbers} from '../../../src/lib/twilio/available-numbers.js'
import {
  ensureNumber,
  ensureReleased,
  ensureTransferredIn,
  ensureTransferredToMain,
  ensureWebhooks,
  listNumbers,
} from '../../../src/lib/twilio/numbers.js'
import {openSubaccount, type Subaccount} from '../../../src/lib/twilio/subaccount.js'
import {freely, type InProcess, startInProcess} from '../../support/in-process.js'

const webhooks = {voiceUrl: 'https://example.com/voice', smsUrl: 'https://example.com/sms'}
const PURCHASE = {method: 'POST', path: String.raw`/IncomingPhoneNumbers\.json$`}
const TRANSFER = {method: 'POST', path: String.raw`/IncomingPhoneNumbers/PN\w+\.json$`}

let world: InProcess
let sub: Subaccount
let candidates: readonly string[]
beforeEach(async () => {
  world = await startInProcess()
  const {sid} = await world.newSubaccount()
  sub = openSubaccount(world.main, await fetchAccount(world.main, sid))
  candidates = (await searchNumbers(world.main, {country: 'US', type: 'local', withoutAddress: true})).map(
    ({e164}) => e164,
  )
})

const buy = (settings = {}, at = 0) =>
  ensureNumber(sub, candidates[at] ?? '', {settings, guard: freely, mayBeOurs: false})
const purchases = () =>
  world.sandbox.requests.filter(({method, path}) => method === 'POST' && path.endsWith('IncomingPhoneNumbers.json'))
const held = async (account = sub.twilio) => (await listNumbers(account)).map(({e164}) => e164)

describe('buying a number', () => {
  it('gives it with its webhooks and the methods that belong to them', async () => {
    const number = await buy(webhooks)
    expect(number).toMatchObject({e164: candidates[0], accountSid: sub.account.sid})
    expect(number.webhooks).toEqual({...webhooks, voiceMethod: 'POST', smsMethod: 'POST'})
    expect(await listNumbers(sub.twilio)).toEqual([number])
  })

  it.each([0, 8000, 20_000])(
    'buys it once where the answer is lost and lists show it %d ms late',
    async (listsLateMs) => {
      world.sandbox.faults.add({...PURCHASE, when: 'after', do: {drop: true}})
      world.sandbox.faults.add({method: 'GET', when: 'after', times: Infinity, do: {listsLateMs}})
      const number = await buy()
      expect(await held()).toEqual([number.e164])
      expect(purchases()).toHaveLength(1)
    },
  )

  it('says that it is not known, and buys no second one, where it never shows', async () => {
    world.sandbox.faults.add({...PURCHASE, when: 'before', do: {drop: true}})
    await expect(buy()).rejects.toMatchObject({
      exitCode: 7,
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringMatching(/not known whether \+\d+ was bought: .*did not show in the 30 seconds after/),
    })
    expect(purchases()).toHaveLength(1)
  })

  it('takes "taken" for its own where an earlier run may have bought it, however late it shows', async () => {
    const first = await buy()
    world.sandbox.faults.add({method: 'GET', when: 'after', times: Infinity, do: {listsLateMs: 8000}})
    const again = ensureNumber(sub, first.e164, {settings: {}, guard: freely, mayBeOurs: true})
    expect(await again).toMatchObject({sid: first.sid})
  })

  it('takes a refusal that it is taken for success where it was this account that took it', async () => {
    const first = await buy()
    expect(await buy()).toEqual(first)
    await ensureReleased(sub.twilio, first.sid)
    // Nobody can buy it back, so this time somebody else has it.
    await expect(buy()).rejects.toMatchObject({code: 'NUMBER_TAKEN'})
  })

  it('does not go on without a SID in the answer, but finds the number', async () => {
    const body = JSON.stringify({sid: '', phone_number: candidates[0], date_created: null})
    world.sandbox.faults.add({...PURCHASE, when: 'after', do: {status: 201, body}})
    expect((await buy()).sid).toMatch(/^PN/)
    expect(purchases()).toHaveLength(1)
  })

  it('waits for a subaccount that is just made until it is known where numbers are sold, and for no other', async () => {
    const unknown = {...PURCHASE, when: 'before', do: {status: 401}} as const
    world.sandbox.faults.add({...unknown, times: 2})
    const fresh = openSubaccount(world.main, sub.account, {isNew: true})
    expect(
      await ensureNumber(fresh, candidates[0] ?? '', {settings: {}, guard: freely, mayBeOurs: false}),
    ).toMatchObject({e164: candidates[0]})
    world.sandbox.faults.add(unknown)
    await expect(buy({}, 1)).rejects.toMatchObject({exitCode: 5})
  })

  it('does not begin where the lease has no time left for it', async () => {
    const guard = {
      requireTime: () => {
        throw new Error('too late')
      },
      withTime: async <Result>(work: () => Promise<Result>) => work(),
    }
    await expect(ensureNumber(sub, candidates[0] ?? '', {settings: {}, guard, mayBeOurs: false})).rejects.toThrow(
      'too late',
    )
    expect(purchases()).toEqual([])
  })
})

describe('the numbers of an account', () => {
  it('are listed oldest first, or the one that is asked for', async () => {
    for (const at of [2, 0, 1]) {
      await buy({}, at)
      await world.transport.sleep(1000)
    }
    expect(await held()).toEqual([2, 0, 1].map((at) => candidates[at]))
    const [one] = await listNumbers(sub.twilio, {e164: candidates[1] ?? ''})
    expect(one?.e164).toBe(candidates[1])
    expect(await listNumbers(sub.twilio, {e164: '+15005550006'})).toEqual([])
  })
})

describe('a number between the main account and a subaccount', () => {
  it.each([
    ['all goes well', undefined],
    ['the request is lost', 'before'],
    ['the answer is lost', 'after'],
  ] as const)('is transferred there and back where %s', async (_, when) => {
    const number = await buy(webhooks)
    if (when) world.sandbox.faults.add({...TRANSFER, when, do: {drop: true}})
    await ensureTransferredToMain(world.main, {...number, from: sub.account.sid})
    expect([await held(), await held(world.main)]).toEqual([[], [number.e164]])
    if (when) world.sandbox.faults.add({...TRANSFER, when, do: {drop: true}})
    await ensureTransferredIn(world.main, sub, number, {voiceUrl: ''})
    expect([await held(), await held(world.main)]).toEqual([[number.e164], []])
    expect((await listNumbers(sub.twilio))[0]?.webhooks).toEqual({smsUrl: webhooks.smsUrl, smsMethod: 'POST'})
  })

  it('is transferred although the answer is lost and it shows late', async () => {
    const number = await buy()
    await ensureTransferredToMain(world.main, {...number, from: sub.account.sid})
    const none = {status: 200, body: JSON.stringify({incoming_phone_numbers: [], next_page_uri: null})}
    world.sandbox.faults.add({...TRANSFER, when: 'after', do: {drop: true}})
    world.sandbox.faults.add({method: 'GET', path: 'IncomingPhoneNumbers', when: 'before', times: 9, do: none})
    await ensureTransferredIn(world.main, sub, number, {})
    expect(await held()).toEqual([number.e164])
  })

  it('is not transferred again where it is already', async () => {
    const number = await buy()
    const toMain = () => ensureTransferredToMain(world.main, {...number, from: sub.account.sid})
    await toMain()
    const changes = () => world.sandbox.requests.filter(({method}) => method !== 'GET').length
    const before = changes()
    await toMain()
    expect(changes()).toBe(before)
    for (let time = 1; time <= 2; time++) await ensureTransferredIn(world.main, sub, number, {})
    expect(await held()).toEqual([number.e164])
  })

  it('is not taken for transferred before the main account shows it', async () => {
    const number = {sid: `PN${'0'.repeat(32)}`, e164: '+18015550100', from: sub.account.sid}
    await expect(ensureTransferredToMain(world.main, number)).rejects.toMatchObject({
      code: 'NUMBER_NOT_TRANSFERRED',
      exitCode: 7,
    })
  })
})

describe('the webhooks of a number', () => {
  it('are changed where they differ, and nothing is sent where they do not', async () => {
    const number = await buy(webhooks)
    const sent = world.sandbox.requests.length
    expect(await ensureWebhooks(sub.twilio, number, {...webhooks, statusCallback: ''})).toBe(number)
    expect(world.sandbox.requests).toHaveLength(sent)
    const changed = await ensureWebhooks(sub.twilio, number, {voiceUrl: '', statusCallback: 'https://example.com/s'})
    expect(changed.webhooks).toEqual({
      smsUrl: webhooks.smsUrl,
      smsMethod: 'POST',
      statusCallback: 'https://example.com/s',
      statusCallbackMethod: 'POST',
    })
  })
})

it('releasing a number that is gone already is no error', async () => {
  const {sid} = await buy()
  for (let time = 1; time <= 2; time++) await ensureReleased(sub.twilio, sid)
  expect(await held()).toEqual([])
})
