import {beforeEach, describe, expect, it} from '@jest/globals'

import {readConfigVars} from '../../../../src/lib/akkeris/config-vars.js'
import {applyChange, type Applying} from '../../../../src/lib/number/change/apply.js'
import {APP, buyIn, numbersIn} from '../../../support/in-process-addon.js'
import {asHeld, type ChangeInProcess, startChange} from '../../../support/in-process-change.js'

const next = '+18015550123'
const purchase = {from: 'Twilio', candidates: [next]} as const

let world: ChangeInProcess
beforeEach(async () => {
  world = await startChange()
})

/** Does what is left of the change that was begun, as the next run does. */
async function apply(applying?: Applying) {
  return applyChange(world.context, await world.lease(), applying ?? (await found()))
}

async function found(): Promise<Applying> {
  const vars = await readConfigVars(world.akkeris, APP)
  return {account: world.sub.account, vars, created: {bought: []}, isResumed: false}
}

/** What was changed since then, but for the registry. */
const changes = (from: number) =>
  world.sandbox.requests
    .slice(from)
    .filter(({method, path}) => method !== 'GET' && !path.includes('/Items'))
    .map(({method, path}) => `${method} ${path.split('/').at(method === 'PATCH' ? -1 : -2) ?? ''}`)
const sent = () => world.sandbox.requests.length
const number = async () => (await world.record())?.phoneNumber?.e164

describe('a change of a number', () => {
  it('buys, tells the app, and only then gives up the old number; the record has the new one', async () => {
    await world.begin(purchase)
    const from = sent()
    expect(await apply()).toMatchObject({oldIs: 'released'})
    expect(changes(from)).toEqual([`POST ${world.sub.account.sid}`, 'PATCH config-vars', 'DELETE IncomingPhoneNumbers'])
    expect([await number(), (await world.configVars()).TWILIO_PHONE_NUMBER]).toEqual([next, next])
    expect(await numbersIn(world)).toEqual({main: [], sub: [next]})
  })

  it('restores what is missing of the other config vars in the same request, so that the app restarts once', async () => {
    await world.begin(purchase)
    await world.sandbox.change(
      ({apps}) => void Reflect.deleteProperty(apps[APP]?.configVars ?? {}, 'TWILIO_AUTH_TOKEN'),
    )
    const from = sent()
    await apply()
    expect(changes(from).filter((each) => each.startsWith('PATCH'))).toHaveLength(1)
    expect(await world.configVars()).toMatchObject({TWILIO_AUTH_TOKEN: world.sub.account.authToken})
  })

  it('keeps the old number where the app does not come up with the new one, and says how to wait longer', async () => {
    await world.begin(purchase)
    const body = JSON.stringify([{id: 'new', type: 'web', state: 'crashed'}])
    world.sandbox.faults.add({path: 'dynos$', nth: 2, when: 'before', times: Infinity, do: {status: 200, body}})
    const applying = await found()
    await expect(apply(applying)).rejects.toMatchObject({
      code: 'APP_NOT_RESTARTED',
      exitCode: 7,
      message: expect.stringContaining(`${world.old.e164} was not given up yet`),
    })
    expect((await numbersIn(world)).sub).toEqual([world.old.e164, next])
    // The app has it: there is only the way forward.
    expect(applying.undoable).toBeUndefined()
    expect(await number()).toBe(next)
  })

  it('does not believe a config var that was written, until it shows', async () => {
    await world.begin(purchase)
    world.sandbox.faults.add({method: 'PATCH', when: 'before', do: {status: 200, body: '{}'}})
    const applying = await found()
    await expect(apply(applying)).rejects.toMatchObject({code: 'CONFIG_VAR_NOT_APPLIED', exitCode: 7})
    expect((await numbersIn(world)).sub).toContain(world.old.e164)
    expect(applying.undoable).toBeDefined()
  })

  it('releases a second number that a lost request bought for it, and none that it knows nothing of', async () => {
    const [kept, duplicate, other] = [await buyHere(), await buyHere(), await buyHere()]
    await world.begin({from: 'Twilio', candidates: [kept.e164, duplicate.e164]})
    await apply()
    expect((await numbersIn(world)).sub).toEqual([kept.e164, other.e164])
  })
})

describe('a change that another run began', () => {
  it('is finished without another restart where the app has the number already', async () => {
    const {sid, e164} = await buyHere()
    await world.begin(purchase, {number: {sid, e164, transferred: false}, source: {from: 'Twilio', candidates: [e164]}})
    await world.setConfigVars({TWILIO_PHONE_NUMBER: e164})
    const [from, applying] = [sent(), await found()]
    expect(await apply(applying)).toMatchObject({oldIs: 'released'})
    expect(changes(from)).toEqual(['DELETE IncomingPhoneNumbers'])
    expect(applying.undoable).toBeUndefined()
  })

  it.each([
    ['the app has the new one', (e164: string) => world.setConfigVars({TWILIO_PHONE_NUMBER: e164})],
    [
      'the old one is gone',
      () =>
        world.sandbox.change((state) => {
          state.incomingNumbers = state.incomingNumbers.filter(({sid}) => sid !== world.old.sid)
        }),
    ],
  ])('cannot be rolled back once %s', async (_, happens) => {
    const {e164} = await buyHere()
    await world.begin({from: 'Twilio', candidates: [e164]})
    await happens(e164)
    const applying = await found()
    world.sandbox.faults.add({path: 'config-vars', when: 'before', times: Infinity, do: {status: 422}})
    await expect(apply(applying)).rejects.toMatchObject({code: 'AKKERIS_REFUSED'})
    expect(applying.undoable).toBeUndefined()
    expect((await numbersIn(world)).sub).toContain(e164)
  })
})

const buyHere = async () => asHeld(await buyIn(world, world.sub.account.sid))
