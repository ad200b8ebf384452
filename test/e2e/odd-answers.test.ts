import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../support/cli.js'
import {expectOneAddon, look} from '../support/faults.js'

const CREATE = 'addons:create twilio:small -a api-default --json'

/** Answers that a proxy in between, or a Twilio that changed a little, may give. */
describe('an odd answer', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close({oddAnswers: true}))

  it.each([
    ['the subaccount that was made', 'POST', 'Accounts.json'],
    ['the number that was bought', 'POST', 'IncomingPhoneNumbers.json'],
    ['the config vars that were written', 'PATCH', 'config-vars'],
  ])('that is empty, for %s, is looked into: nothing is made twice, and nothing elsewhere', async (_, method, path) => {
    world.sandbox.faults.add({method, path, when: 'after', do: {status: 201, body: ''}})
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    await expectOneAddon(world)
  })

  it.each(
    ['null', '[]', '"yes"', '7', '{"ok": true}'].flatMap((body) => [
      ['the item that was written first', 'Items$', body],
      ['the item that was changed', 'Items/api-default$', body],
      ['the subaccount that was made', 'Accounts.json$', body],
      ['the number that was bought', 'IncomingPhoneNumbers.json$', body],
    ]),
  )('for %s (%s) that is %s says nothing: what became of it is looked for', async (_, path, body) => {
    world.sandbox.faults.add({method: 'POST', path, when: 'after', do: {status: 201, body}})
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    await expectOneAddon(world)
  })

  it.each(['null', '[]', '"yes"'])(
    'of %s to a question is no bug of ours: exit 7, with where it came from',
    async (body) => {
      const path = String.raw`/Accounts/AC\w+\.json$`
      world.sandbox.faults.add({method: 'GET', path, when: 'after', times: 99, do: {status: 200, body}})
      const run = await world.aka('twilio:whoami --json')
      expect(json(run)).toMatchObject({
        error: {code: 'TWILIO_RESPONSE_INVALID', exitCode: 7, message: expect.stringMatching(/api\.twilio\.com/)},
      })
    },
  )

  it.each([
    ['an account without a status', 'GET', String.raw`/Accounts/AC\w+\.json$`, 'status', null, 'twilio:whoami --json'],
    [
      'another account',
      'GET',
      String.raw`/Accounts/AC\w+\.json$`,
      'sid',
      `AC${'f'.repeat(32)}`,
      'twilio:whoami --json',
    ],
    ['a list without its array', 'GET', '/Accounts.json$', 'accounts', null, 'twilio:doctor --json'],
    ['items without a revision', 'GET', '/Items/api-default$', 'revision', null, 'addons:info -a api-default --json'],
    ['prices without a currency', 'GET', '/Countries/US$', 'price_unit', null, 'twilio:number:search --json'],
    ['numbers without a number', 'GET', '/Local.json$', 'available_phone_numbers', [{}], 'twilio:number:search --json'],
  ])('with %s is exit 7, and tells what is odd', async (_, method, path, field, value, command) => {
    await world.aka(CREATE)
    let usual = 'nothing'
    world.sandbox.onExchange((request, response) => {
      if (request.method === method && new RegExp(path).test(new URL(request.url).pathname)) usual = response.body
    })
    expect(await world.aka(command)).toMatchObject({exitCode: 0})
    const body = JSON.stringify({...(JSON.parse(usual) as object), [field]: value})
    world.sandbox.faults.add({method, path, when: 'after', times: 99, do: {status: 200, body}})
    const run = await world.aka(command)
    expect(run.exitCode).toBe(7)
    expect(run.stdout + run.stderr).toMatch(new RegExp(`unexpected: .*${field === 'sid' ? 'about' : ''}`))
  })

  it('that is empty is not taken for an app without config vars', async () => {
    await world.aka(CREATE)
    await world.sandbox.change((state) => {
      const app = state.apps['api-default']
      if (app) app.configVars.TWILIO_SID = 'ACffffffffffffffffffffffffffffffff'
    })
    world.sandbox.faults.add({
      method: 'GET',
      path: 'config-vars',
      when: 'after',
      times: 99,
      do: {status: 200, body: ''},
    })
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 7})
    expect((await look(world)).vars).toMatchObject({TWILIO_SID: 'ACffffffffffffffffffffffffffffffff'})
  })

  it('with its error code as a string means the same', async () => {
    const body = JSON.stringify({code: '21422', message: 'taken', status: 400})
    world.sandbox.faults.add({
      method: 'POST',
      path: 'IncomingPhoneNumbers.json',
      when: 'before',
      do: {status: 400, body},
    })
    expect(await world.aka(CREATE)).toMatchObject({exitCode: 0})
    await expectOneAddon(world)
  })

  it('of 409 to acquiring the lease without a code of Twilio’s means that somebody has it', async () => {
    await world.aka(CREATE)
    const body = JSON.stringify({message: 'conflict', status: 409})
    world.sandbox.faults.add({method: 'POST', path: 'Items$', when: 'before', do: {status: 409, body}})
    const again = await world.aka(CREATE)
    expect({...again, ...json(again)}).toMatchObject({exitCode: 0, created: false})
  })
})

describe('a number that was transferred for an add-on that was never finished', () => {
  it('goes back to the main account when the add-on is destroyed, asked or not', async () => {
    const world = await startWorld()
    await world.aka('addons:create twilio:small -a first-default')
    const kept = json(
      await world.aka('addons:destroy twilio -a first-default --confirm first-default --keep-number --json'),
    )
    const number = String(kept.keptNumber)

    const body = JSON.stringify({code: 400, message: 'no', status: 400})
    world.sandbox.faults.add({method: 'PATCH', path: 'config-vars', when: 'before', do: {status: 422, body}})
    const create = ['addons:create', 'twilio:small', '-a', 'api-default', '--phone-number', number, '--keep-on-failure']
    expect(await world.aka(create)).toMatchObject({exitCode: 1})
    const gone = await world.aka('addons:destroy twilio -a api-default --confirm api-default --json')
    expect({...gone, ...json(gone)}).toMatchObject({exitCode: 0, keptNumber: number})
    const held = await world.sandbox.read(({incomingNumbers}) => incomingNumbers.map(({accountSid}) => accountSid))
    expect(held).toEqual([world.accountSid])
    await world.close({oddAnswers: true})
  })
})
