import {beforeEach, describe, expect, it} from '@jest/globals'

import {redact} from '../../../src/lib/secrets.js'
import {
  createSecondaryToken,
  ensurePromoted,
  ensureSecondaryDeleted,
  verifyToken,
} from '../../../src/lib/twilio/auth-tokens.js'
import type {TwilioAccount} from '../../../src/lib/twilio/connect.js'
import {type InProcess, startInProcess} from '../../support/in-process.js'

const MAKE = {method: 'POST', path: 'Secondary'} as const
const PROMOTE = {method: 'POST', path: 'Promote'} as const

let world: InProcess
let sub: TwilioAccount
beforeEach(async () => {
  world = await startInProcess()
  sub = await world.newSubaccount()
})

const secondaries = () => world.sandbox.read(({secondaryTokens}) => secondaryTokens.map(({token}) => token))
const primary = () => world.sandbox.read(({accounts}) => accounts.find(({sid}) => sid === sub.sid)?.authToken)
const promotions = () => world.sandbox.requests.filter(({path}) => path.includes('Promote')).length

describe('a secondary token', () => {
  it('works beside the first one, and is a secret from the moment it is known', async () => {
    const token = await createSecondaryToken(sub)
    expect(redact(`it is ${token}`)).not.toContain(token)
    expect(await secondaries()).toEqual([token])
    for (const each of [token, await primary()]) await verifyToken(world.main, sub.sid, each ?? '')
  })

  it.each([
    ['its answer is lost', 'after'],
    ['the request is lost', 'before'],
  ] as const)('is made where %s: one that nobody has seen is deleted, and never given to an app', async (_, when) => {
    world.sandbox.faults.add({...MAKE, when, do: {drop: true}})
    expect(await secondaries()).toEqual([])
    const token = await createSecondaryToken(sub)
    expect(await secondaries()).toEqual([token])
  })

  it('that somebody else made is left alone', async () => {
    const theirs = await createSecondaryToken(sub)
    await expect(createSecondaryToken(sub)).rejects.toMatchObject({twilio: {code: 70002}})
    expect(await secondaries()).toEqual([theirs])
  })

  it('is given up after a few tries, with none left behind', async () => {
    world.sandbox.faults.add({...MAKE, when: 'after', times: Infinity, do: {drop: true}})
    await expect(createSecondaryToken(sub)).rejects.toMatchObject({code: 'OUTCOME_UNKNOWN', exitCode: 7})
    expect(
      world.sandbox.requests.filter(({path, method}) => method === 'POST' && path.includes('Secondary')),
    ).toHaveLength(4)
  })

  it('may be deleted twice', async () => {
    await createSecondaryToken(sub)
    for (let time = 1; time <= 2; time++) await ensureSecondaryDeleted(sub)
    expect(await secondaries()).toEqual([])
    world.sandbox.faults.add({method: 'DELETE', when: 'before', do: {status: 403}})
    await expect(ensureSecondaryDeleted(sub)).rejects.toMatchObject({twilio: {status: 403}})
  })
})

describe('the promotion of a token', () => {
  it('makes it the only one', async () => {
    const token = await createSecondaryToken(sub)
    await ensurePromoted(world.main, sub.sid, token)
    expect([await primary(), await secondaries()]).toEqual([token, []])
  })

  it.each(['before', 'after'] as const)('happens once where its answer is lost (%s it took effect)', async (when) => {
    const token = await createSecondaryToken(sub)
    world.sandbox.faults.add({...PROMOTE, when, do: {drop: true}})
    await ensurePromoted(world.main, sub.sid, token)
    expect([await primary(), promotions()]).toEqual([token, when === 'after' ? 1 : 2])
  })

  it('is not believed from the answer alone', async () => {
    const token = await createSecondaryToken(sub)
    const body = JSON.stringify({
      account_sid: sub.sid,
      auth_token: token,
      date_created: null,
      date_updated: null,
      url: 'x',
    })
    world.sandbox.faults.add({...PROMOTE, when: 'before', do: {status: 200, body}})
    await expect(ensurePromoted(world.main, sub.sid, token)).rejects.toMatchObject({
      code: 'TOKEN_NOT_PROMOTED',
      exitCode: 7,
    })
  })
})

describe('a token', () => {
  it('that is new may take a moment to work', async () => {
    world.sandbox.faults.add({method: 'GET', when: 'before', times: 2, do: {status: 401}})
    await verifyToken(world.main, sub.sid, (await primary()) ?? '')
    expect(world.waits.length).toBeGreaterThan(0)
  })

  it('that does not work in the end is refused', async () => {
    await expect(verifyToken(world.main, sub.sid, 'e'.repeat(32))).rejects.toMatchObject({twilio: {status: 401}})
  })
})
