import {stripVTControlCharacters} from 'node:util'

import {afterEach, beforeEach, expect, it} from '@jest/globals'

import {configVars, expectOneOfEach, expectStopAtPurchase, snapshot, STACK} from '../commands/support.js'
import {inTurn} from '../support/runs.js'
import {CTRL_C, describeOnTerminal, ENTER, onTerminal, type Terminal} from '../support/terminal.js'
import {addonsOf, giveAddon, platformAddon} from './platform.js'
import {type Machine, startMachine} from './support.js'

// eslint-disable-next-line no-control-regex
const COLOUR = /\u001B\[[\d;]*m/

describeOnTerminal('aka on a terminal', () => {
  let machine: Machine
  let open: Terminal[]
  beforeEach(async () => {
    open = []
    machine = await startMachine()
  })
  afterEach(async () => {
    for (const terminal of open) terminal.stop()
    await machine.close()
  })

  function aka(args: string, env: Readonly<Record<string, string | undefined>> = {}): Terminal {
    const terminal = onTerminal([machine.bin, args], {cwd: machine.home, env: {...machine.env, ...env}})
    open.push(terminal)
    return terminal
  }

  inTurn(it)("asks for what no flag gave, under the core's name as well, and does what was answered", async () => {
    const {world} = machine
    await machine.aka('addons:create twilio:small -a api-dev')
    const before = await snapshot(world)
    const asked = async (command: string, keys: string) => {
      const terminal = aka(command)
      await terminal.shows(/for good[^]*Type api-dev to continue:/)
      terminal.type(keys)
      return terminal
    }
    const [wrong, left] = await Promise.all([
      asked('addons:destroy twilio -a api-dev', `api${ENTER}`),
      asked('twilio:destroy -a api-dev', CTRL_C),
    ])
    expect([await wrong.ended, await left.ended]).toEqual([2, 130])
    expect(wrong.shown() + left.shown()).not.toMatch(STACK)
    expect(await snapshot(world)).toEqual(before)

    const right = await asked('addon:remove twilio -a api-dev', `api-dev${ENTER}`)
    await right.shows(/was destroyed/)
    expect(await right.ended).toBe(0)
    expect(configVars(await snapshot(world), 'api-dev')).toEqual({})
  })

  inTurn(it)('asks for the login and hides the token', async () => {
    const noTwilio = {TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined}
    const {accountSid, authToken} = machine.world
    const terminal = aka('twilio:login', noTwilio)
    await terminal.shows(/Account SID:/)
    terminal.type(accountSid + ENTER)
    await terminal.shows(/Auth token:/)
    terminal.type(authToken)
    await terminal.shows(/\*{32}/)
    terminal.type(ENTER)
    await terminal.shows(/Logged in to/)
    expect(await terminal.ended).toBe(0)
    expect(stripVTControlCharacters(terminal.shown())).not.toContain(authToken)
    expect(await machine.aka('twilio:whoami', {env: noTwilio})).toMatchObject({exitCode: 0})
  })

  inTurn(it)('stops a run at Ctrl-C between two changes (exit 130), and the next goes on', async () => {
    await expectStopAtPurchase(machine.world, aka('addons:create twilio:small -a api-dev'))
    expect(await machine.aka('addons:create twilio:small -a api-dev --no-wait')).toMatchObject({exitCode: 0})
    await expectOneOfEach(machine.world)
  })

  inTurn(it)('leaves the asking to the core for a platform add-on called twilio', async () => {
    await giveAddon(machine.world, 'own-dev', platformAddon('twilio:small'))
    const terminal = aka('addons:destroy twilio -a own-dev')
    await terminal.shows(/Type twilio to go on[^]*> /)
    terminal.type(`twilio${ENTER}`)
    await terminal.shows(/is gone from own-dev/)
    expect(await terminal.ended).toBe(0)
    expect(await addonsOf(machine.world, 'own-dev')).toEqual([])
  })

  it.each([
    ['colours', {AKA_NO_COLORS: undefined}, true],
    ['none with AKA_NO_COLORS=1', {AKA_NO_COLORS: '1'}, false],
    ['none with NO_COLOR=1', {AKA_NO_COLORS: undefined, NO_COLOR: '1'}, false],
  ])('shows %s', async (_, env, expected) => {
    const create = aka('addons:create twilio:small -a api-dev', env)
    const failure = aka('twilio:create twilio:huge -a api-dev', env)
    const prompt = aka('twilio:destroy -a api-dev', env)
    await prompt.shows(/to continue:/)
    prompt.type(CTRL_C)
    expect([await create.ended, await failure.ended, await prompt.ended]).toEqual([0, 2, 130])
    const coloured = [create, failure, prompt].map((terminal) => COLOUR.test(terminal.shown()))
    expect(coloured).toEqual([expected, expected, expected])
  })
})
